import Foundation
import PeciaCore

/// A mixture of Gaussians with diagonal variances, fitted to frames.
///
/// Dempster, Laird and Rubin, “Maximum likelihood from incomplete data via the EM algorithm”,
/// 1977; begun from frames drawn at random.
struct MixtureFit {
  private(set) var gaussians: [AcousticModel.Gaussian]

  init(of frames: [ArraySlice<Float>], components: Int, rounds: Int = 6, seed: UInt64) {
    let dimensions = SpeechFeatures.dimensions
    guard let first = frames.first else {
      gaussians = [
        AcousticModel.Gaussian(
          logWeight: 0, means: Array(repeating: 0, count: dimensions),
          variances: Array(repeating: 1, count: dimensions))
      ]
      return
    }
    let one = Sums(of: frames, dimensions: dimensions).gaussian(of: Float(frames.count))
    var random = SplitMix64(seed: seed)
    gaussians =
      components == 1
      ? [one]
      : (0..<components).map { _ in
        AcousticModel.Gaussian(
          logWeight: -log(Float(components)),
          means: Array(frames.randomElement(using: &random) ?? first), variances: one.variances)
      }
    guard components > 1 else { return }
    for _ in 0..<rounds { improve(frames, dimensions: dimensions) }
  }

  private mutating func improve(_ frames: [ArraySlice<Float>], dimensions: Int) {
    var sums = gaussians.map { _ in Sums(dimensions: dimensions) }
    for frame in frames {
      for (index, share) in gaussians.responsibilities(for: frame).enumerated() where share > 1e-3 {
        sums[index].add(frame, share: share)
      }
    }
    for index in gaussians.indices where sums[index].weight > 3 {
      gaussians[index] = sums[index].gaussian(of: Float(frames.count))
    }
  }

  /// Weighted sums of frames and of their squares.
  private struct Sums {
    var weight: Float = 0
    var sum: [Float]
    var squares: [Float]

    init(dimensions: Int) {
      sum = Array(repeating: 0, count: dimensions)
      squares = sum
    }

    init(of frames: [ArraySlice<Float>], dimensions: Int) {
      self.init(dimensions: dimensions)
      for frame in frames { add(frame, share: 1) }
    }

    mutating func add(_ frame: ArraySlice<Float>, share: Float) {
      weight += share
      frame.withUnsafeBufferPointer { frame in
        for place in frame.indices {
          sum[place] += share * frame[place]
          squares[place] += share * frame[place] * frame[place]
        }
      }
    }

    func gaussian(of count: Float) -> AcousticModel.Gaussian {
      let means = sum.map { $0 / weight }
      let variances = zip(squares, means).map { max(0.05, $0 / weight - $1 * $1) + 0.03 }
      return AcousticModel.Gaussian(
        logWeight: log(weight / count), means: means, variances: variances)
    }
  }
}
