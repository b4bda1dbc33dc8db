import Foundation

/// How far a sound stands out from its background, bin by bin.
///
/// Bands stand side by side in the first lanes of a vector, as in the meter's rows.
struct Background {
  /// Bins in half a second: how closely floors and levels follow the sound.
  static let step = 50
  /// A floor is what the sound comes back to in 54 s; a level counts in two minutes.
  private static let floorWindow = 54 * 100
  private static let levelWindow = 120 * 100

  /// What the sound around a step comes back to, in the bands of one channel; all in decibels.
  struct Floor: Hashable {
    /// What 6 % of the loudness lie below.
    var floor: SIMD8<Float>
    /// How far above that lie 15 % and 95 %.
    var spread: SIMD8<Float>
    var level: SIMD8<Float>
  }

  /// Loudness above the floor of each bin, for each channel.
  private(set) var heights: [[SIMD8<Float>]] = []
  /// For each channel, what each step lies on.
  private(set) var floors: [[Floor]] = []
  /// Of the band and channel that stand out most, in decibels above the floor; never negative.
  private(set) var excess: [Float]
  /// For each step, what speech reaches in the minute before and behind.
  private var level: [Float] = []

  /// - Parameters:
  ///   - rows: the meter's rows.
  ///   - channels: how many rows there are for each bin.
  init(rows: [SIMD8<Float>], channels: Int) {
    let count = rows.count / channels
    excess = [Float](repeating: 0, count: count)
    for channel in 0..<channels {
      var heights = Self.smoothed(rows, channel, of: channels)
      let floors = Self.floors(of: heights)
      for (step, floor) in floors.enumerated() {
        for bin in step * Self.step..<min(count, (step + 1) * Self.step) {
          let height = heights[bin] - floor.floor
          heights[bin] = height
          for band in 0..<LoudnessMeter.bands { excess[bin] = max(excess[bin], height[band]) }
        }
      }
      self.heights.append(heights)
      self.floors.append(floors)
    }
    // The excess stands in for another band, in a lane that holds none.
    let lane = LoudnessMeter.bands
    for bin in 0..<count { heights[0][bin][lane] = excess[bin] }
    let levels = Quantiles(
      of: heights[0], lanes: lane..<lane + 1, above: 0, shares: [0.95], window: Self.levelWindow)
    level = stride(from: 0, to: count, by: Self.step).map {
      levels.value(0, from: $0 - Self.levelWindow / 2)[lane]
    }
  }

  /// The level around a bin.
  func level(at bin: Int) -> Float { level[bin / Self.step] }

  /// The loudness of one channel, each bin with one to each side; at the ends with those there are.
  private static func smoothed(_ rows: [SIMD8<Float>], _ channel: Int, of channels: Int)
    -> [SIMD8<Float>]
  {
    let count = rows.count / channels
    return [SIMD8<Float>](unsafeUninitializedCapacity: count) { means, initialized in
      for bin in 0..<count {
        let here = bin * channels + channel
        var sum = rows[here]
        var near: Float = 1
        if bin > 0 { (sum, near) = (sum + rows[here - channels], near + 1) }
        if bin + 1 < count { (sum, near) = (sum + rows[here + channels], near + 1) }
        means[bin] = sum * (1 / near)
      }
      initialized = count
    }
  }

  /// The higher of the floors behind and before each step, each with 4 s on its other side.
  private static func floors(of loudness: [SIMD8<Float>]) -> [Floor] {
    let quantiles = Quantiles(
      of: loudness, lanes: 0..<LoudnessMeter.bands, above: LoudnessMeter.silence,
      shares: [0.06, 0.15, 0.95], window: floorWindow)
    return stride(from: 0, to: loudness.count, by: step).map { start in
      let values = (0..<3).map { share in
        let (behind, before) = (
          quantiles.value(share, from: start - floorWindow + 400),
          quantiles.value(share, from: start - 400)
        )
        return behind + positive(before - behind)
      }
      return Floor(floor: values[0], spread: values[1] - values[0], level: values[2] - values[0])
    }
  }
}
