import Foundation

/// Turns sound of one rate into another by a windowed sinc of 16 zero crossings to each side.
///
/// A sample depends on its place on the recording's clock and nothing else, so both clips at a seam
/// get the same samples. Kaiser window, beta 9; the filter closes at 0.94 of the lower of both
/// halves of the rates.
struct Resampler: Sendable {
  /// Output frames a period, and input frames a period: the ratio in lowest terms.
  let up: Int
  let down: Int
  /// How many input frames to each side of a place a sample hears.
  let reach: Int
  private let phases: Int
  /// `phases` rows of `2 * reach` weights.
  private let weights: [Float]

  init(from rate: Int, to newRate: Int) {
    var (a, b) = (rate, newRate)
    while b > 0 { (a, b) = (b, a % b) }
    up = newRate / a
    down = rate / a
    let cutoff = 0.94 * min(1, Double(newRate) / Double(rate))
    reach = Int((16 / cutoff).rounded(.up)) + 1
    phases = min(up, 4096)
    var weights: [Float] = []
    weights.reserveCapacity(phases * 2 * reach)
    for phase in 0..<phases {
      let offset = Double(phase) / Double(phases)
      let row = (0..<2 * reach).map { [reach] tap in
        Self.weight(Double(tap - reach + 1) - offset, cutoff: cutoff)
      }
      let sum = row.reduce(0, +)
      weights += row.map { Float($0 / sum) }
    }
    self.weights = weights
  }

  private static func weight(_ distance: Double, cutoff: Double) -> Double {
    let x = distance * cutoff
    let position = x / 16
    guard abs(position) < 1 else { return 0 }
    let sinc = abs(x) < 1e-9 ? 1 : sin(.pi * x) / (.pi * x)
    return sinc * bessel(9 * (1 - position * position).squareRoot()) / bessel(9)
  }

  /// The modified Bessel function of order 0, by its series.
  private static func bessel(_ x: Double) -> Double {
    var (sum, term) = (1.0, 1.0)
    for k in 1..<40 {
      term *= (x / (2 * Double(k))) * (x / (2 * Double(k)))
      sum += term
    }
    return sum
  }

  /// How many output frames a sound of `frames` frames becomes.
  func frames(for frames: Int) -> Int { (frames * up + down / 2) / down }

  /// The input frames that the output frames `range` hear.
  func inputs(for range: Range<Int>) -> Range<Int> {
    let first = range.lowerBound * down / up - reach + 1
    let last = max(range.upperBound - 1, range.lowerBound) * down / up + reach
    return first..<last + 1
  }

  /// The output frames `range`, interleaved.
  ///
  /// `samples` begin at the input frame `start`; what lies outside them is silence.
  func resampled(_ samples: [Float], channels: Int, from start: Int, frames range: Range<Int>)
    -> [Float]
  {
    let available = samples.count / channels
    var output = [Float](repeating: 0, count: range.count * channels)
    samples.withUnsafeBufferPointer { samples in
      weights.withUnsafeBufferPointer { weights in
        for (index, frame) in range.enumerated() {
          let (whole, rest) = (frame * down).quotientAndRemainder(dividingBy: up)
          let row = rest * phases / up * 2 * reach
          let first = whole - reach + 1 - start
          let taps = max(0, -first)..<max(max(0, -first), min(2 * reach, available - first))
          for channel in 0..<channels {
            var sum: Float = 0
            for tap in taps {
              sum += weights[row + tap] * samples[(first + tap) * channels + channel]
            }
            output[index * channels + channel] = sum
          }
        }
      }
    }
    return output
  }
}
