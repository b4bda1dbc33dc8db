/// The loudest sample of each of many stretches of a clip, for drawing.
struct Waveform: Equatable, Sendable {
  /// Peaks from 0 to 1, 5 ms each.
  let peaks: [Float]
  static let milliseconds = 5

  init(_ sound: ClipSound) {
    let width = max(sound.rate * Self.milliseconds / 1000, 1) * max(sound.channels, 1)
    peaks = sound.samples.withUnsafeBufferPointer { samples in
      stride(from: 0, to: samples.count, by: width).map { start in
        var peak: Float = 0
        for index in start..<min(start + width, samples.count) {
          peak = max(peak, abs(samples[index]))
        }
        return peak
      }
    }
  }

  /// The peaks of `count` equal parts of the first `milliseconds`, scaled so that the loudest is 1.
  func columns(_ count: Int, of milliseconds: Int) -> [Float] {
    let total = max(milliseconds / Self.milliseconds, 1)
    let top = max(peaks.max() ?? 0, 0.02)
    return (0..<max(count, 0)).map { column in
      let start = column * total / count
      let end = max((column + 1) * total / count, start + 1)
      guard start < peaks.count else { return 0 }
      return (peaks[start..<min(end, peaks.count)].max() ?? 0) / top
    }
  }
}
