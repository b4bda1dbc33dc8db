public import PeciaCore

extension Sound {
  /// Where somebody speaks, in order: by how far loudness stands out from the floor around it.
  ///
  /// The same measure that clips are cut by; bounds are whole hundredths of a second.
  public var speech: [TimeRange] {
    guard frames > 0 else { return [] }
    let (rows, width) = loudness
    let flags = SpeechActivity(rows: rows, width: width).speech
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
    var (rows, width) = loudness
    var planner = CutPlanner(settings: settings, rate: rate, width: width, model: model)
    planner.add(&rows)
    return planner.finish(at: FrameClock(rate: rate).time(of: frames))
  }

  /// The meter's rows, and how many values each has.
  var loudness: (rows: [Float], width: Int) {
    var meter = LoudnessMeter(rate: rate, channels: channels, fullScale: Float.fullScale)
    samples.withUnsafeBufferPointer { samples in
      if let first = samples.baseAddress { meter.add(first, frames) }
    }
    meter.finish()
    return (meter.rows, meter.width)
  }
}
