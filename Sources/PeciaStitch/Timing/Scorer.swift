import Foundation

/// Scores frames against every row of a model: the same numbers, laid out for speed.
///
/// A Gaussian's log likelihood is a constant plus a linear and a quadratic form of the frame;
/// eight Gaussians are worked on side by side.
package struct Scorer: Sendable {
  private typealias Lanes = SIMD8<Float>
  private static let dimensions = AcousticModel.dimensions
  /// By what log likelihoods are multiplied: neighbouring frames say much the same.
  static let scale: Float = 0.35

  package let rows: Int
  /// The Gaussians of each row, from one number to the next.
  private let firsts: [Int]
  private let constants: [Lanes]
  /// By block of eight Gaussians and dimension: the factors of x and of x².
  private let factors: [(Lanes, Lanes)]

  package init(_ model: AcousticModel) {
    let all = model.rows.flatMap { $0 }
    rows = model.rows.count
    firsts = model.rows.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    let blocks = (all.count + 7) / 8
    var constants = [Lanes](repeating: Lanes(repeating: -1e9), count: blocks)
    var factors = [(Lanes, Lanes)](repeating: (.zero, .zero), count: blocks * Self.dimensions)
    for (index, gaussian) in all.enumerated() {
      let (block, lane) = (index / 8, index % 8)
      var constant = gaussian.logWeight
      for place in 0..<Self.dimensions {
        let (mean, precision) = (gaussian.means[place], 1 / gaussian.variances[place])
        constant -= 0.5 * (log(2 * Float.pi / precision) + mean * mean * precision)
        factors[block * Self.dimensions + place].0[lane] = mean * precision * Self.scale
        factors[block * Self.dimensions + place].1[lane] = -0.5 * precision * Self.scale
      }
      constants[block][lane] = constant * Self.scale
    }
    self.constants = constants
    self.factors = factors
  }

  /// The scaled score of each row, frame by frame: that of the row's best Gaussian.
  package func scores(of features: SpeechFeatures) -> [Float] {
    var scores = [Float](repeating: 0, count: features.frames * rows)
    var found = [Lanes](repeating: .zero, count: constants.count * 4)
    features.values.withUnsafeBufferPointer { values in
      scores.withUnsafeMutableBufferPointer { scores in
        found.withUnsafeMutableBufferPointer { found in
          for first in stride(from: 0, to: features.frames, by: 4) {
            score(values, frames: features.frames, from: first, into: found)
            for frame in first..<min(first + 4, features.frames) {
              reduce(found, lane: frame - first, into: scores, at: frame * rows)
            }
          }
        }
      }
    }
    return scores
  }

  /// All Gaussians at four frames; the last frame stands in where there are fewer.
  private func score(
    _ values: UnsafeBufferPointer<Float>, frames: Int, from first: Int,
    into found: UnsafeMutableBufferPointer<Lanes>
  ) {
    let places = (0..<4).map { min(first + $0, frames - 1) * Self.dimensions }
    let (place0, place1, place2, place3) = (places[0], places[1], places[2], places[3])
    factors.withUnsafeBufferPointer { factors in
      for block in constants.indices {
        var (sum0, sum1) = (constants[block], constants[block])
        var (sum2, sum3) = (sum0, sum0)
        for place in 0..<Self.dimensions {
          let (linear, square) = factors[block * Self.dimensions + place]
          let (x0, x1) = (values[place0 + place], values[place1 + place])
          let (x2, x3) = (values[place2 + place], values[place3 + place])
          sum0 += (linear + square * x0) * x0
          sum1 += (linear + square * x1) * x1
          sum2 += (linear + square * x2) * x2
          sum3 += (linear + square * x3) * x3
        }
        found[block * 4] = sum0
        found[block * 4 + 1] = sum1
        found[block * 4 + 2] = sum2
        found[block * 4 + 3] = sum3
      }
    }
  }

  private func reduce(
    _ found: UnsafeMutableBufferPointer<Lanes>, lane: Int,
    into scores: UnsafeMutableBufferPointer<Float>, at place: Int
  ) {
    for row in 0..<rows {
      var best = -Float.infinity
      for index in firsts[row]..<firsts[row + 1] {
        best = max(best, found[index / 8 * 4 + lane][index % 8])
      }
      scores[place + row] = best
    }
  }
}
