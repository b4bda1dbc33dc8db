import PeciaAudio
import PeciaCore

/// What a survey has to say: clips that stand fast before its end, and in the end all of it.
enum SurveyStep: Sendable {
  case some(Survey)
  case whole(Survey)
}

extension SplitJob {
  /// Surveys a recording, and tells `feed` of clips as soon as they can be written.
  func survey(
    _ source: SoundSource, _ index: Int,
    into feed: AsyncThrowingStream<SurveyStep, any Error>.Continuation
  ) async {
    do {
      let whole = try await permits.run {
        try source.survey(CutSettings(cutting)) {
          done.surveyed($0, of: source, index)
        } planned: {
          // Where reading cannot start anywhere, clips are written in few long runs.
          if source.startsAnywhere { feed.yield(.some($0)) }
        }
      }
      feed.yield(.whole(whole))
      feed.finish()
    } catch {
      feed.finish(throwing: error)
    }
  }

  /// Writes the clips in runs, side by side, while the survey goes on.
  ///
  /// - Returns: the whole survey, and its clips in order.
  func write(
    _ surveys: AsyncThrowingStream<SurveyStep, any Error>, as format: ClipFormat,
    _ target: SplitFolder, _ purpose: String, _ index: Int
  ) async throws -> (Survey, [Clip]) {
    func name(_ place: Int) -> String {
      let digits = String(place + 1)
      return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "."
        + format.form.rawValue
    }
    return try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
      var digests: [Int: [String]] = [:]
      var planned = 0
      var source: SoundSource?
      func begin(_ clips: ArraySlice<PlannedClip>, _ survey: Survey) {
        let writer = ClipWriter(of: survey, format: format)
        let total = max(survey.duration, expected(survey.source))
        let length =
          survey.source.startsAnywhere ? 2 : max(1, (clips.count + request.jobs - 1) / request.jobs)
        for start in stride(from: clips.startIndex, to: clips.endIndex, by: length) {
          let run = clips[start..<min(clips.endIndex, start + length)]
          let place = planned
          planned += run.count
          let orders = run.enumerated().map {
            ClipWriter.Order(
              range: $1.range, path: target.url.appending(path: name(place + $0)).path)
          }
          group.addTask {
            try await permits.run {
              (place, try writer.write(orders) { done.written($0, of: total, index) })
            }
          }
        }
      }
      for try await step in surveys {
        switch step {
        case .some(let survey):
          if planned == 0 { try target.begin(purpose) }
          source = survey.source
          begin(survey.plan.clips[...], survey)
        case .whole(let survey):
          if planned == 0 { try target.begin(purpose) }
          if let source, source != survey.source {
            // Damaged inside: what was written holds other sound.
            try await group.waitForAll()
            try target.keep(only: [])
            planned = 0
          }
          begin(survey.plan.clips[planned...], survey)
          for try await (place, found) in group { digests[place] = found }
          try target.keep(only: Set(survey.plan.clips.indices.map(name)))
          let sums = digests.sorted { $0.key < $1.key }.flatMap(\.value)
          let clips = zip(survey.plan.clips, sums).enumerated().map { place, clip in
            Clip(
              recording: target.url.lastPathComponent, number: place + 1, range: clip.0.range,
              file: "clips/\(target.url.lastPathComponent)/\(name(place))", speech: clip.0.speech,
              sha256: clip.1)
          }
          return (survey, clips)
        }
      }
      throw CancellationError()
    }
  }

  /// How long the recording says that it is.
  private func expected(_ source: SoundSource) -> Timestamp {
    FrameClock(rate: source.format.rate).time(of: source.expectedFrames ?? 0)
  }
}
