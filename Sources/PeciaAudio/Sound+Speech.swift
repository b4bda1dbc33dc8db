public import PeciaCore

extension Sound {
  /// Where somebody speaks, in order: by how far loudness stands out from the floor around it.
  ///
  /// The same measure that clips are cut by; bounds are whole hundredths of a second.
  public var speech: [TimeRange] {
    guard frames > 0 else { return [] }
    var meter = LoudnessMeter(rate: rate, channels: channels, fullScale: Float.fullScale)
    samples.withUnsafeBufferPointer { samples in
      if let first = samples.baseAddress { meter.add(first, frames) }
    }
    meter.finish()
    let flags = SpeechActivity(rows: meter.rows, width: meter.width).speech
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
}
