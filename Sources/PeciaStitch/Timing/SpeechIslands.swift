import Foundation

/// The stretches of a sound that are loud enough to be speech, by their energy alone.
struct SpeechIslands {
  /// Frames a second of the energy: one each 10 ms.
  static let frame = 160

  /// Decibels of each 10 ms, smoothed over three frames.
  var decibels: [Float]
  /// The 8th and the 95th percentile of `decibels`.
  var low: Float
  var high: Float

  /// Measures `samples` at 16 kHz, in −1…1.
  init(of samples: [Float]) { self.init(energies: Self.energies(of: samples)) }

  /// Takes what `energies(of:)` gave for a sound, or for its pieces one behind the other.
  init(energies: [Float]) {
    decibels = energies.indices.map { index in
      let near = energies[max(index - 1, 0)...min(index + 1, energies.count - 1)]
      return 10 * log10(near.reduce(0, +) / Float(near.count) + 1e-10)
    }
    let sorted = decibels.sorted()
    low = sorted.isEmpty ? 0 : sorted[Int(Float(sorted.count - 1) * 0.08)]
    high = sorted.isEmpty ? 0 : sorted[Int(Float(sorted.count - 1) * 0.95)]
  }

  /// The mean square of each 10 ms after a pre-emphasis of 0.9.
  static func energies(of samples: [Float]) -> [Float] {
    samples.withUnsafeBufferPointer { samples in
      (0..<samples.count / frame).map { index in
        var sum: Float = 0
        for place in max(index * frame, 1)..<(index + 1) * frame {
          let value = samples[place] - 0.9 * samples[place - 1]
          sum += value * value
        }
        return sum / Float(frame)
      }
    }
  }

  /// How far pauses and speech lie apart, in decibels: under some 20 the islands mean little.
  var contrast: Float { high - low }

  /// The islands in seconds, in order; the whole sound where none is left.
  ///
  /// - `gap`: shorter pauses, in seconds, are filled.
  func ranges(fillingUnder gap: Double = 0.18) -> [Range<Double>] {
    let whole = 0..<max(Double(decibels.count) / 100, 0.01)
    let threshold = low + max(6, 0.32 * (high - low))
    var islands: [Range<Int>] = []
    var start: Int?
    for index in 0...decibels.count {
      let isLoud = index < decibels.count && decibels[index] > threshold
      if isLoud, start == nil { start = index }
      if !isLoud, let first = start {
        start = nil
        if let last = islands.last, Double(first - last.upperBound) < gap * 100 {
          islands[islands.count - 1] = last.lowerBound..<index
        } else {
          islands.append(first..<index)
        }
      }
    }
    let kept = islands.filter { $0.count >= 8 }.map { island in
      Double(max(island.lowerBound - 2, 0)) / 100..<Double(
        min(island.upperBound + 2, decibels.count)) / 100
    }
    return kept.isEmpty ? [whole] : kept
  }

  /// Of the first `count` frames, which lie in islands.
  func frames(_ count: Int) -> [Bool] {
    var found = [Bool](repeating: false, count: count)
    for range in ranges() {
      let first = Int((range.lowerBound * 100).rounded())
      for frame in first..<max(first, min(Int((range.upperBound * 100).rounded()), count)) {
        found[frame] = true
      }
    }
    return found
  }
}
