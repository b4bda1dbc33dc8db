import Foundation

/// Tells words from pauses by how five bands stand out from their background, half a second around.
///
/// One hidden layer whose weights stand in `Tables/speech.table`; `Tables/README.md` says what they
/// were fitted to. It hears a word's weak end under noise, and a closure inside a word for what it
/// is, because it knows what comes before and behind.
package struct SpeechModel: Sendable {
  /// What is averaged: bins from a place, and how many to each side of that.
  private static let pools: [(offset: Int, reach: Int)] = [
    (0, 0), (-2, 1), (2, 1), (-5, 1), (5, 1), (-9, 2), (9, 2), (-15, 3), (15, 3), (-24, 5), (24, 5),
    (-40, 10), (40, 10),
  ]
  private static let reach = 50
  /// Steps of height in a decibel, and the most that a height counts.
  private static let scale: Float = 64
  private static let heights: ClosedRange<Float> = -8...32

  /// Odds whose logarithm is more are certain.
  private static let sure: Float = 4

  /// For each pool, the weights of its bands; then those of the bands' spreads, and of their levels.
  private let weights: [SIMD16<Float>]
  private let bias: SIMD16<Float>
  private let outer: SIMD16<Float>
  private let outerBias: Float

  /// The one that the program ships.
  package static let shipped = SpeechModel(EmbeddedTexts.all["speech.table"] ?? "")

  /// How many numbers it judges a bin by.
  package static let inputs = (pools.count + 2) * LoudnessMeter.bands

  /// Reads rows of 16 numbers: the weights, the bias, the outer weights; then the outer bias alone.
  ///
  /// Lines that begin with `//` say nothing. The text must be whole.
  package init(_ text: String) {
    let numbers = text.split(separator: "\n").filter { !$0.hasPrefix("//") }
      .flatMap { $0.split(separator: " ") }.compactMap { Float($0) }
    let inputs = Self.inputs
    precondition(numbers.count == 16 * (inputs + 2) + 1, "speech.table is not whole")
    let rows = (0..<inputs + 2).map { SIMD16(numbers[16 * $0..<16 * $0 + 16]) }
    (weights, bias, outer) = (Array(rows[..<inputs]), rows[inputs], rows[inputs + 1])
    outerBias = numbers[numbers.count - 1]
  }

  /// For each bin, the natural logarithm of the odds that its start lies in a word, on any channel.
  func odds(_ background: Background) -> [Float] {
    var odds = [Float](repeating: -20, count: background.excess.count)
    guard !odds.isEmpty else { return odds }
    let pools = Self.pools.map {
      Span(
        start: Self.reach + $0.offset - $0.reach, end: Self.reach + $0.offset + $0.reach + 1,
        scale: 1 / (Self.scale * Float(2 * $0.reach + 1)))
    }
    for (heights, floors) in zip(background.heights, background.floors) {
      let (sums, biases) = (sums(of: heights), biases(of: floors))
      sums.withUnsafeBufferPointer { sums in
        weights.withUnsafeBufferPointer { weights in
          pools.withUnsafeBufferPointer { pools in
            func look(_ left: Int, _ right: Int) -> SIMD2<Float> {
              let bias = (biases[left / Background.step], biases[right / Background.step])
              return values(at: left, right, sums, weights, pools, bias)
            }
            // Every fourth bin, two at a time: that keeps the processor busier.
            var fourths = [Float](repeating: 0, count: (odds.count + 3) / 4)
            for place in stride(from: 0, to: fourths.count, by: 2) {
              let other = min(place + 1, fourths.count - 1)
              let both = look(4 * place, 4 * other)
              (fourths[place], fourths[other]) = (both.x, place == other ? both.x : both.y)
            }
            for (index, left) in fourths.enumerated() {
              let bin = 4 * index
              let right = index + 1 < fourths.count ? fourths[index + 1] : left
              // Between two places that certainly lie in a word lies no pause.
              let isSure = min(left, right) > Self.sure || bin + 2 >= odds.count
              let middle = isSure ? (left + right) / 2 : look(bin + 2, bin + 2).x
              let values = SIMD4(left, (left + middle) / 2, middle, (middle + right) / 2)
              for place in bin..<min(bin + 4, odds.count) {
                odds[place] = max(odds[place], values[place - bin])
              }
            }
          }
        }
      }
    }
    return odds
  }

  /// A pool, counted from a bin on in the sums.
  private struct Span {
    var start: Int
    var end: Int
    var scale: Float
  }

  @inline(__always)
  private func values(
    at left: Int, _ right: Int, _ sums: UnsafeBufferPointer<SIMD8<Int32>>,
    _ weights: UnsafeBufferPointer<SIMD16<Float>>, _ pools: UnsafeBufferPointer<Span>,
    _ bias: (SIMD16<Float>, SIMD16<Float>)
  ) -> SIMD2<Float> {
    var (one, two) = bias
    var input = 0
    for pool in pools {
      let first = SIMD8<Float>(sums[left + pool.end] &- sums[left + pool.start]) * pool.scale
      let second = SIMD8<Float>(sums[right + pool.end] &- sums[right + pool.start]) * pool.scale
      for band in 0..<LoudnessMeter.bands {
        one += weights[input + band] * first[band]
        two += weights[input + band] * second[band]
      }
      input += LoudnessMeter.bands
    }
    return SIMD2((positive(one) * outer).total, (positive(two) * outer).total) + outerBias
  }

  /// The sums of the heights before each bin, bands side by side; at both ends the outermost height
  /// goes on for `reach` bins.
  private func sums(of heights: [SIMD8<Float>]) -> [SIMD8<Int32>] {
    let count = heights.count
    var sum = SIMD8<Int32>.zero
    return [SIMD8<Int32>](unsafeUninitializedCapacity: count + 2 * Self.reach + 1) {
      sums, initialized in
      sums[0] = sum
      let bounds = Self.heights.lowerBound * Self.scale...Self.heights.upperBound * Self.scale
      for place in 0..<count + 2 * Self.reach {
        let bin = max(0, min(count - 1, place - Self.reach))
        sum &+= wholes(heights[bin] * Self.scale, in: bounds)
        sums[place + 1] = sum
      }
      initialized = count + 2 * Self.reach + 1
    }
  }

  /// The numbers that every `step`th bin of a sound's first channel is judged by, side by side:
  /// what the table is fitted to.
  package static func examples(of sound: Sound, every step: Int) -> [Float] {
    let (rows, channels) = sound.loudness
    let background = Background(rows: rows, channels: channels)
    let bands = 0..<LoudnessMeter.bands
    let sums = shipped.sums(of: background.heights[0])
    var examples: [Float] = []
    examples.reserveCapacity((background.excess.count / step + 1) * inputs)
    for bin in stride(from: 0, to: background.excess.count, by: step) {
      for pool in pools {
        let middle = bin + reach + pool.offset
        let sum = sums[middle + pool.reach + 1] &- sums[middle - pool.reach]
        for band in bands {
          examples.append(Float(sum[band]) / (scale * Float(2 * pool.reach + 1)))
        }
      }
      let floor = background.floors[0][bin / Background.step]
      examples += bands.map { max(0, min(8, floor.spread[$0])) }
      examples += bands.map { max(0, min(50, floor.level[$0])) }
    }
    return examples
  }

  /// What the layer begins with in each step.
  private func biases(of floors: [Background.Floor]) -> [SIMD16<Float>] {
    let inputs = Self.pools.count * LoudnessMeter.bands
    return floors.map { floor in
      var bias = bias
      for band in 0..<LoudnessMeter.bands {
        bias += weights[inputs + band] * max(0, min(8, floor.spread[band]))
        bias +=
          weights[inputs + LoudnessMeter.bands + band] * max(0, min(50, floor.level[band]))
      }
      return bias
    }
  }
}
