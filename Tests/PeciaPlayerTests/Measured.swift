import Foundation

@testable import PeciaPlayer

/// Sounds that tests make, and what they measure of sounds.
enum Measured {
  static func tone(
    _ hertz: Double, seconds: Double, rate: Int = 16_000, channels: Int = 1, level: Float = 0.5
  )
    -> ClipSound
  {
    var samples: [Float] = []
    for frame in 0..<Int(seconds * Double(rate)) {
      let value = level * Float(sin(2 * .pi * hertz * Double(frame) / Double(rate)))
      for channel in 0..<channels { samples.append(channel == 0 ? value : -value / 2) }
    }
    return ClipSound(rate: rate, channels: channels, samples: samples)
  }

  /// Something like a voice: a buzz with a moving pitch and moving resonances, in syllables.
  static func voice(seconds: Double, rate: Int = 16_000, hertz: Double = 130) -> ClipSound {
    var samples: [Float] = []
    var phase = 0.0
    for frame in 0..<Int(seconds * Double(rate)) {
      let time = Double(frame) / Double(rate)
      phase += hertz * (1 + 0.05 * sin(2 * .pi * 0.7 * time)) / Double(rate)
      var value = 0.0
      for partial in 1...20 {
        let formant = exp(-pow((Double(partial) * hertz - 700 - 300 * sin(3 * time)) / 500, 2))
        value +=
          (0.1 + formant) * sin(2 * .pi * phase * Double(partial)) / Double(partial).squareRoot()
      }
      let syllable = max(0, sin(2 * .pi * 2 * time)).squareRoot()
      samples.append(Float(value * syllable * 0.12))
    }
    return ClipSound(rate: rate, channels: 1, samples: samples)
  }

  /// All that a playback gives until it stops, and what fades after it.
  static func heard(_ playback: inout Playback, block: Int = 160, limit: Int = 100_000_000)
    -> [Float]
  {
    var output: [Float] = []
    while playback.isPlaying || playback.isFading, output.count < limit {
      output += playback.render(block)
    }
    return output
  }

  /// The pitch of a tone by its rising zero crossings, in hertz.
  static func pitch(of samples: ArraySlice<Float>, rate: Int) -> Double {
    var first: Double?
    var (last, count) = (0.0, 0)
    for index in samples.indices.dropFirst() where samples[index - 1] < 0 && samples[index] >= 0 {
      let part = Double(samples[index - 1] / (samples[index - 1] - samples[index]))
      last = Double(index - 1) + part
      if first == nil { first = last } else { count += 1 }
    }
    guard let first, last > first else { return 0 }
    return Double(count) * Double(rate) / (last - first)
  }

  /// The pitch of a voice by the peak of its autocorrelation around `time`, in hertz.
  static func voicePitch(of samples: [Float], at frame: Int, rate: Int) -> Double? {
    let window = rate / 16
    guard frame >= 0, frame + 2 * window < samples.count else { return nil }
    func correlation(_ lag: Int) -> Double {
      var (product, left, right) = (0.0, 1e-9, 1e-9)
      for index in frame..<(frame + window) {
        let (a, b) = (Double(samples[index]), Double(samples[index + lag]))
        product += a * b
        left += a * a
        right += b * b
      }
      return left < 0.05 ? 0 : product / (left * right).squareRoot()
    }
    let lags = (rate / 300)...(rate / 80)
    guard let best = lags.max(by: { correlation($0) < correlation($1) }), correlation(best) > 0.8
    else { return nil }
    let (a, b, c) = (correlation(best - 1), correlation(best), correlation(best + 1))
    return Double(rate) / (Double(best) + 0.5 * (a - c) / (a - 2 * b + c))
  }

  /// The greatest step from one sample to the next.
  static func greatestStep(_ samples: [Float]) -> Float {
    zip(samples, samples.dropFirst()).reduce(0) { max($0, abs($1.1 - $1.0)) }
  }
}
