public import PeciaCore

/// What one pass over a recording finds out: its true length, and where to cut it.
public struct Survey: Hashable, Sendable {
  /// The recording as it is read: what is damaged inside is left out.
  public var source: SoundSource
  /// The frames that the file really gives.
  public var frames: Int
  public var duration: Timestamp
  public var plan: CutPlan
  /// What is wrong with the file, one sentence each.
  public var warnings: [String]

  public var format: SoundFormat { source.format }
}

extension SoundSource {
  /// Reads the recording once from end to end and plans its cuts; memory does not grow with it.
  ///
  /// - Parameters:
  ///   - settings: what clips are wished for.
  ///   - progress: hears how many frames are done, every few seconds of sound.
  ///   - planned: gets clips as soon as they stand fast, in order, each once, with what has been read
  ///     by then. They do not hold where the survey returned is of another source: then the
  ///     recording is damaged inside and was read anew.
  /// - Returns: the true length, the plan, and what is wrong with the file.
  /// - Throws: `AudioError`, and `CancellationError` where the task is cancelled.
  public func survey(
    _ settings: CutSettings, progress: (Int) -> Void = { _ in },
    planned: (Survey) -> Void = { _ in }
  ) throws -> Survey {
    switch format.depth {
    case .eight, .sixteen, .aLaw, .muLaw: try survey(settings, as: Int16.self, progress, planned)
    case .twentyFour, .thirtyTwo: try survey(settings, as: Int32.self, progress, planned)
    case .float, .coded: try survey(settings, as: Float.self, progress, planned)
    case .double: try survey(settings, as: Double.self, progress, planned)
    }
  }

  private func survey<S: Sample>(
    _ settings: CutSettings, as type: S.Type, _ progress: (Int) -> Void,
    _ planned: (Survey) -> Void
  )
    throws -> Survey
  {
    var reader = try reader()
    var meter = LoudnessMeter(
      rate: format.rate, channels: format.channels, fullScale: S.fullScale)
    var planner = CutPlanner(settings: settings, rate: format.rate, channels: format.channels)
    let block = 16_384
    var told = 0
    try withUnsafeTemporaryAllocation(of: S.self, capacity: block * format.channels) { samples in
      guard let base = samples.baseAddress else { return }
      var got = block
      while got == block {
        try Task.checkCancellation()
        got = try reader.read(base, block)
        meter.add(base, got)
        if meter.rows.count > 1_000 * format.channels || got < block {
          if got < block { meter.finish() }
          planner.add(&meter.rows)
          progress(reader.position)
          let fast = planner.plan.clips[told...].dropLast()
          if !fast.isEmpty {
            told += fast.count
            planned(survey(of: fast, read: reader.position))
          }
        }
      }
    }
    let frames = reader.position
    guard frames > 0 else {
      throw AudioError.unreadable(path: name, reason: "there is no sound behind its header")
    }
    if let mended = mended(beyond: frames) {
      return try mended.survey(settings, progress: progress)
    }
    let duration = FrameClock(rate: format.rate).time(of: frames)
    guard duration > .zero else {
      throw AudioError.unreadable(path: name, reason: "less than a millisecond of sound is left")
    }
    return Survey(
      source: self, frames: frames, duration: duration, plan: planner.finish(at: duration),
      warnings: warnings + lengthWarnings(read: frames))
  }

  /// What is known when `clips` stand fast and `frames` have been read.
  private func survey(of clips: ArraySlice<PlannedClip>, read frames: Int) -> Survey {
    Survey(
      source: self, frames: frames, duration: FrameClock(rate: format.rate).time(of: frames),
      plan: CutPlan(clips: Array(clips)), warnings: [])
  }

  /// Says what the file promises and does not give.
  private func lengthWarnings(read frames: Int) -> [String] {
    guard let declaredFrames, declaredFrames - frames > tolerance else { return [] }
    let missing = FrameClock(rate: format.rate).time(of: declaredFrames - frames)
    return [
      "‘\(name)’ is damaged or cut off: \(missing) s of \(FrameClock(rate: format.rate).time(of: declaredFrames)) s are missing"
    ]
  }

  /// The recording with silence for what is damaged inside it, so that times behind that stay; nil
  /// where it gives no more than `frames`.
  private func mended(beyond frames: Int) -> SoundSource? {
    guard parts == [Part(range: nil)], let declaredFrames, frames < declaredFrames,
      let found = FLACFrames(path: path)
    else { return nil }
    let rows = found.rows.filter { $0.frames.upperBound <= declaredFrames }
    guard rows.reduce(0, { $0 + $1.frames.count }) > frames else { return nil }
    let clock = FrameClock(rate: format.rate)
    var mended = self
    var holes: [Range<Int>] = []
    var end = 0
    mended.parts = rows.map { row in
      if row.frames.lowerBound > end { holes.append(end..<row.frames.lowerBound) }
      defer { end = row.frames.upperBound }
      return Part(
        range: row.bytes, header: found.header(for: row), silence: row.frames.lowerBound - end)
    }
    mended.seeksExactly = false
    guard !holes.isEmpty else { return mended }
    let places = holes.prefix(3).map { clock.time(of: $0.lowerBound).description }
    let lost = clock.time(of: holes.reduce(0) { $0 + $1.count })
    mended.warnings.append(
      "‘\(name)’ is damaged at \(places.joined(separator: " s, ")) s"
        + (holes.count > 3 ? " and in \(holes.count - 3) more places" : "")
        + ": \(lost) s are missing there and stand as silence, so that times behind stay right")
    return mended
  }
}
