public import PeciaCore

extension Sound {
  /// Where somebody speaks, in order: by how far loudness stands out from the floor around it.
  ///
  /// The same measure that clips are cut by; bounds are whole hundredths of a second.
  public var speech: [TimeRange] {
    guard frames > 0 else { return [] }
    let (rows, channels) = loudness
    let flags = SpeechActivity(rows: rows, channels: channels).speech
    var ranges: [TimeRange] = []
    var start: Int?
    for (bin, isSpeech) in (flags + [false]).enumerated() where isSpeech != (start != nil) {
      if let begun = start {
        ranges.append(
          Timestamp(
            milliseconds: begun * LoudnessMeter.bin)..<Timestamp(
              milliseconds: bin * LoudnessMeter.bin))
      }
      start = isSpeech ? bin : nil
    }
    return ranges
  }

  /// How a file that holds this sound would be cut.
  package func plan(_ settings: CutSettings, by model: SpeechModel = .shipped) -> CutPlan {
    var (rows, channels) = loudness
    var planner = CutPlanner(settings: settings, rate: rate, channels: channels, model: model)
    planner.add(&rows)
    return planner.finish(at: FrameClock(rate: rate).time(of: frames))
  }

  /// The meter's rows, and how many there are for each bin.
  var loudness: (rows: [SIMD8<Float>], channels: Int) {
    var meter = LoudnessMeter(rate: rate, channels: channels, fullScale: Float.fullScale)
    samples.withUnsafeBufferPointer { samples in
      if let first = samples.baseAddress { meter.add(first, frames) }
    }
    meter.finish()
    return (meter.rows, channels)
  }
}
