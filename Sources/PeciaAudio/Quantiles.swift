import Foundation

/// Values that given shares of a window lie below, for windows that begin half a second apart.
///
/// Every lane has its own; those of unused lanes mean nothing.
struct Quantiles {
  /// For each share, values for each window.
  private var values: [[SIMD8<Float>]]

  /// - Parameters:
  ///   - values: every other of them is counted.
  ///   - lanes: which of them are used.
  ///   - base: what is not told apart from lower values; above it, half decibels are.
  ///   - shares: from 0 to 1.
  ///   - window: how many values a window holds.
  init(
    of values: [SIMD8<Float>], lanes: Range<Int>, above base: Float, shares: [Double], window: Int
  ) {
    let last = max(0, values.count - window)
    self.values = shares.map { _ in [] }
    // What each lane has in each bucket, lanes side by side.
    var counts = [SIMD8<Int16>](repeating: .zero, count: 256)
    var counted = 0..<0
    for start in stride(from: 0, to: last + Background.step, by: Background.step) {
      let next = min(start, last) & ~1..<min(values.count, min(start, last) + window)
      let new = counted.upperBound + counted.upperBound % 2
      Self.count(values, from: new, to: next.upperBound, lanes, base, by: 1, into: &counts)
      Self.count(
        values, from: counted.lowerBound, to: next.lowerBound, lanes, base, by: -1, into: &counts)
      counted = next
      let all = (next.upperBound + 1) / 2 - next.lowerBound / 2
      let limits = shares.map { Int16(Double(all) * $0) }
      for (place, bucket) in Self.buckets(of: counts, beyond: limits).enumerated() {
        self.values[place].append(base + SIMD8<Float>(bucket) / 2)
      }
    }
  }

  /// Counts every other of the values between two places.
  private static func count(
    _ values: [SIMD8<Float>], from start: Int, to end: Int, _ lanes: Range<Int>, _ base: Float,
    by step: Int16, into counts: inout [SIMD8<Int16>]
  ) {
    counts.withUnsafeMutableBytes { counts in
      let counts = counts.assumingMemoryBound(to: Int16.self)
      for index in stride(from: start, to: end, by: 2) {
        let buckets = wholes((values[index] - base) * 2 - 0.5, in: 0...255)
        for lane in lanes { counts[8 * Int(buckets[lane]) + lane] += step }
      }
    }
  }

  /// For each limit, in each lane the first bucket up to which there are more values than that.
  private static func buckets(of counts: [SIMD8<Int16>], beyond limits: [Int16]) -> [SIMD8<Int16>] {
    limits.map { limit in
      var sum = SIMD8<Int16>(repeating: ~limit)
      var bucket = SIMD8<Int16>.zero
      for count in counts.dropLast() {
        sum &+= count
        // The sign, shifted down, is −1 as long as there are not.
        bucket &-= sum &>> 15
      }
      return bucket
    }
  }

  /// The values of a share in the window at `start`, or the nearest that lies inside.
  func value(_ share: Int, from start: Int) -> SIMD8<Float> {
    values[share][max(0, min(values[share].count - 1, start / Background.step))]
  }
}

/// The mean over `reach` values to each side; at the ends over those that there are.
func smoothed(_ values: [Float], reach: Int) -> [Float] {
  let count = values.count
  let inner = reach..<max(reach, count - reach)
  let scale = 1 / Float(2 * reach + 1)
  return [Float](unsafeUninitializedCapacity: count) { means, initialized in
    values.withUnsafeBufferPointer { values in
      var sum: Float = values[..<min(count, 2 * reach)].reduce(0, +)
      for index in inner {
        sum += values[index + reach]
        means[index] = sum * scale
        sum -= values[index - reach]
      }
      for index in [0..<min(reach, count), max(min(reach, count), count - reach)..<count].joined() {
        let near = values[max(0, index - reach)..<min(count, index + reach + 1)]
        means[index] = near.reduce(0, +) / Float(near.count)
      }
    }
    initialized = count
  }
}
