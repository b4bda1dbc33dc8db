import Foundation

/// How far a sound stands out from its background, bin by bin.
struct Prominence {
  /// Bins in half a second: how closely floors and levels follow the sound.
  static let step = 50
  /// A floor is what the sound comes back to in 54 s; a level counts in two minutes.
  private static let floorWindow = 54 * 100
  private static let levelWindow = 120 * 100

  /// Of the band and channel that stand out most, in decibels above the floor.
  ///
  /// With weights, in units of the floor's straying; never negative.
  private(set) var excess: [Float]
  /// The same in decibels and for each bin by itself.
  private(set) var sharp: [Float]
  /// For each step, what speech reaches in the minute before and behind.
  private(set) var level: [Float] = []

  /// - Parameters:
  ///   - rows: the meter's rows.
  ///   - width: values in a row.
  ///   - reach: over how many bins to each side loudness is averaged.
  ///   - share: of the bins around, how many lie below the floor.
  ///   - isWeighed: whether a band whose floor strays counts less.
  init(rows: [Float], width: Int, reach: Int, share: Double, isWeighed: Bool) {
    let count = rows.count / width
    excess = [Float](repeating: 0, count: count)
    sharp = excess
    let shares = isWeighed ? [share, share / 3] : [share]
    for column in 0..<width {
      let heard = (0..<count).map { rows[$0 * width + column] }
      let loudness = smoothed(heard, reach: reach)
      let floors = Quantiles(
        of: loudness, above: LoudnessMeter.silence, shares: shares, window: Self.floorWindow)
      for start in stride(from: 0, to: count, by: Self.step) {
        // The higher of the floors behind and before, each with 4 s on its other side.
        let windows = [start - Self.floorWindow + 400, start - 400]
        let floor = windows.map { floors.value(0, from: $0) }.max() ?? 0
        let lower = isWeighed ? windows.map { floors.value(1, from: $0) }.max() ?? 0 : floor
        let weight = isWeighed ? 1 / pow(max(1, min(6, floor - lower)), 0.7) : 1
        for bin in start..<min(count, start + Self.step) {
          excess[bin] = max(excess[bin], (loudness[bin] - floor) * weight)
          sharp[bin] = max(sharp[bin], heard[bin] - floor)
        }
      }
    }
    let levels = Quantiles(of: excess, above: 0, shares: [0.95], window: Self.levelWindow)
    level = stride(from: 0, to: count, by: Self.step).map {
      levels.value(0, from: $0 - Self.levelWindow / 2)
    }
  }

  /// The level around a bin.
  func level(at bin: Int) -> Float { level[bin / Self.step] }

  /// The excess around each bin: the wider a pause, the less.
  var pause: [Float] {
    let (near, far) = (smoothed(excess, reach: 9), smoothed(excess, reach: 20))
    let wide = smoothed(excess, reach: 36)
    return near.indices.map { 0.53 * near[$0] + 0.3 * far[$0] + 0.17 * wide[$0] }
  }
}

/// Values that given shares of a window lie below, for windows that begin half a second apart.
private struct Quantiles {
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
    for start in stride(from: 0, to: last + Prominence.step, by: Prominence.step) {
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
    values[share][max(0, min(values[share].count - 1, start / Prominence.step))]
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
