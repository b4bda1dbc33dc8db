import Foundation

/// How far a sound stands out from its background, bin by bin.
struct Background {
  /// Bins in half a second: how closely floors and levels follow the sound.
  static let step = 50
  /// A floor is what the sound comes back to in 54 s; a level counts in two minutes.
  private static let floorWindow = 54 * 100
  private static let levelWindow = 120 * 100

  /// What the sound around a step comes back to, in one band of one channel; all in decibels.
  struct Floor: Hashable {
    /// What 6 % of the loudness lie below.
    var floor: Float
    /// How far above that lie 15 % and 95 %.
    var spread: Float
    var level: Float
  }

  /// Loudness above the floor of each bin, for each of the meter's columns.
  private(set) var heights: [[Float]] = []
  /// For each column, what each step lies on.
  private(set) var floors: [[Floor]] = []
  /// Of the band and channel that stand out most, in decibels above the floor; never negative.
  private(set) var excess: [Float]
  /// For each step, what speech reaches in the minute before and behind.
  private var level: [Float] = []

  /// - Parameters:
  ///   - rows: the meter's rows.
  ///   - width: values in a row.
  init(rows: [Float], width: Int) {
    let count = rows.count / width
    excess = [Float](repeating: 0, count: count)
    for column in 0..<width {
      let loudness = smoothed((0..<count).map { rows[$0 * width + column] }, reach: 1)
      let floors = Self.floors(of: loudness)
      let heights = loudness.indices.map { loudness[$0] - floors[$0 / Self.step].floor }
      for bin in 0..<count { excess[bin] = max(excess[bin], heights[bin]) }
      self.heights.append(heights)
      self.floors.append(floors)
    }
    let levels = Quantiles(of: excess, above: 0, shares: [0.95], window: Self.levelWindow)
    level = stride(from: 0, to: count, by: Self.step).map {
      levels.value(0, from: $0 - Self.levelWindow / 2)
    }
  }

  /// The level around a bin.
  func level(at bin: Int) -> Float { level[bin / Self.step] }

  /// The higher of the floors behind and before each step, each with 4 s on its other side.
  private static func floors(of loudness: [Float]) -> [Floor] {
    let quantiles = Quantiles(
      of: loudness, above: LoudnessMeter.silence, shares: [0.06, 0.15, 0.95], window: floorWindow)
    return stride(from: 0, to: loudness.count, by: step).map { start in
      let values = (0..<3).map { share in
        max(
          quantiles.value(share, from: start - floorWindow + 400),
          quantiles.value(share, from: start - 400))
      }
      return Floor(floor: values[0], spread: values[1] - values[0], level: values[2] - values[0])
    }
  }
}
