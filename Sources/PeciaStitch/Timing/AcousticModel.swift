import Foundation

/// How units sound: one mixture of Gaussians with diagonal variances a row.
package struct AcousticModel: Sendable {
  static let dimensions = SpeechFeatures.dimensions
  /// One Gaussian of a mixture.
  package struct Gaussian: Sendable {
    package var logWeight: Float
    package var means: [Float]
    package var variances: [Float]

    package init(logWeight: Float, means: [Float], variances: [Float]) {
      self.logWeight = logWeight
      self.means = means
      self.variances = variances
    }
  }

  package var rows: [[Gaussian]]
  package var isEmpty: Bool { rows.isEmpty }

  package init(rows: [[Gaussian]]) { self.rows = rows }
}

extension AcousticModel {
  /// Steps of one in a byte: means and log variances in 1/32, log weights in 1/16.
  private static let (fine, coarse): (Float, Float) = (32, 16)
  private static let bytesEach = 1 + 2 * dimensions

  /// Reads rows from their bytes; nil where a length is wrong.
  init?(bytes: [Data]) {
    rows = []
    for data in bytes {
      guard !data.isEmpty, data.count % Self.bytesEach == 0 else { return nil }
      let values = data.map { Float(Int8(bitPattern: $0)) }
      rows.append(
        stride(from: 0, to: values.count, by: Self.bytesEach).map { from in
          let means = values[from + 1..<from + 1 + Self.dimensions]
          let variances = values[from + 1 + Self.dimensions..<from + Self.bytesEach]
          return Gaussian(
            logWeight: values[from] / Self.coarse, means: means.map { $0 / Self.fine },
            variances: variances.map { exp($0 / Self.fine) })
        })
    }
  }

  /// The model as a table keeps it: its numbers rounded to what a byte holds.
  package var asStored: AcousticModel {
    AcousticModel(bytes: rows.indices.map { bytes(ofRow: $0) }) ?? self
  }

  func bytes(ofRow row: Int) -> Data {
    func byte(_ value: Float) -> UInt8 {
      UInt8(bitPattern: Int8(max(-128, min(127, value.rounded()))))
    }
    return Data(
      rows[row].flatMap { gaussian in
        [byte(gaussian.logWeight * Self.coarse)] + gaussian.means.map { byte($0 * Self.fine) }
          + gaussian.variances.map { byte(log($0) * Self.fine) }
      })
  }
}
