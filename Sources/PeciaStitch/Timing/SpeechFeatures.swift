import Foundation

/// What the ear keeps of a sound: mel-frequency cepstra and their change, each 10 ms.
///
/// Davis and Mermelstein, “Comparison of parametric representations for monosyllabic word
/// recognition”, 1980; the deltas are the regression over five frames of the HTK book.
package struct SpeechFeatures: Sendable {
  /// Samples a second that the features are made for.
  package static let rate = 16_000
  static let cepstra = 13
  /// Numbers a frame: cepstra, their deltas, and the deltas of these.
  package static let dimensions = 39
  /// Samples between frames, and in one.
  static let (hop, window) = (160, 400)
  static let framesPerSecond = 100

  package var frames: Int
  /// Frame by frame, each dimension with mean 0 and deviation 1.
  package var values: [Float]

  /// The numbers of a frame.
  package subscript(frame: Int) -> ArraySlice<Float> {
    values[frame * Self.dimensions..<(frame + 1) * Self.dimensions]
  }

  /// Measures `samples` at 16 kHz, in −1…1; at least one frame, however short they are.
  package init(of samples: [Float]) {
    let spectra = MelSpectra(of: samples)
    frames = spectra.frames
    values = Self.withDeltas(spectra.cepstra(), frames: frames)
  }

  /// Cepstra, normalised, with deltas behind them, normalised likewise.
  private static func withDeltas(_ cepstra: [Float], frames: Int) -> [Float] {
    var values = [Float](repeating: 0, count: frames * dimensions)
    for frame in 0..<frames {
      for index in 0..<Self.cepstra {
        values[frame * dimensions + index] = cepstra[frame * Self.cepstra + index]
      }
    }
    normalise(&values, frames: frames, from: 0)
    for from in [0, Self.cepstra] {
      addDeltas(to: &values, frames: frames, from: from)
      normalise(&values, frames: frames, from: from + Self.cepstra)
    }
    return values
  }

  private static func addDeltas(to values: inout [Float], frames: Int, from: Int) {
    values.withUnsafeMutableBufferPointer { values in
      for frame in 0..<frames {
        let before2 = max(frame - 2, 0) * dimensions + from
        let before = max(frame - 1, 0) * dimensions + from
        let after = min(frame + 1, frames - 1) * dimensions + from
        let after2 = min(frame + 2, frames - 1) * dimensions + from
        let place = frame * dimensions + from + cepstra
        for index in 0..<cepstra {
          values[place + index] =
            (2 * (values[after2 + index] - values[before2 + index]) + values[after + index]
              - values[before + index]) / 10
        }
      }
    }
  }

  /// Takes 13 dimensions to mean 0 and deviation 1 over all frames.
  private static func normalise(_ values: inout [Float], frames: Int, from: Int) {
    var sums = [Double](repeating: 0, count: cepstra)
    var squares = [Double](repeating: 0, count: cepstra)
    values.withUnsafeMutableBufferPointer { values in
      for frame in 0..<frames {
        for index in 0..<cepstra {
          let value = Double(values[frame * dimensions + from + index])
          sums[index] += value
          squares[index] += value * value
        }
      }
      for index in 0..<cepstra {
        let mean = sums[index] / Double(frames)
        let deviation = max(squares[index] / Double(frames) - mean * mean, 0).squareRoot()
        let (offset, scale) = (Float(mean), Float(1 / (deviation + 0.001)))
        for frame in 0..<frames {
          let place = frame * dimensions + from + index
          values[place] = (values[place] - offset) * scale
        }
      }
    }
  }
}
