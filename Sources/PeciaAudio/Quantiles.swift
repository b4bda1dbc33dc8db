import Foundation

/// Values that given shares of a window lie below, for windows that begin half a second apart.
struct Quantiles {
  /// For each share, a value for each window.
  private var values: [[Float]]

  /// - Parameters:
  ///   - values: every other of them is counted.
  ///   - base: what is not told apart from lower values; above it, half decibels are.
  ///   - shares: from 0 to 1.
  ///   - window: how many values a window holds.
  init(of values: [Float], above base: Float, shares: [Double], window: Int) {
    let last = max(0, values.count - window)
    let buckets = values.map { UInt8(max(0, min(255, ($0 - base) * 2))) }
    self.values = shares.map { _ in [] }
    var counts = [Int](repeating: 0, count: 256)
    var counted = 0..<0
    for start in stride(from: 0, to: last + Background.step, by: Background.step) {
      let next = min(start, last) & ~1..<min(values.count, min(start, last) + window)
      for index in stride(
        from: counted.upperBound + counted.upperBound % 2, to: next.upperBound, by: 2)
      {
        counts[Int(buckets[index])] += 1
      }
      for index in stride(from: counted.lowerBound, to: next.lowerBound, by: 2) {
        counts[Int(buckets[index])] -= 1
      }
      counted = next
      let all = (next.upperBound + 1) / 2 - next.lowerBound / 2
      for (place, share) in shares.enumerated() {
        var rest = Int(Double(all) * share)
        let bucket = counts.firstIndex {
          rest -= $0
          return rest < 0
        }
        self.values[place].append(base + Float(bucket ?? 255) / 2)
      }
    }
  }

  /// The value of a share in the window at `start`, or the nearest that lies inside.
  func value(_ share: Int, from start: Int) -> Float {
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
