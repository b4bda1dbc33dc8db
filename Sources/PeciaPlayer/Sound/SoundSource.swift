/// What a clip sounds like with the chosen channels and loudness: one or two channels of frames.
///
/// Frames outside the clip are silence, so that stretching may read over its ends.
struct SoundSource: Equatable, Sendable {
  let sound: ClipSound
  var channels = Channels.all
  private(set) var decibels = 0.0
  private(set) var loudness: Loudness

  init(_ sound: ClipSound) {
    self.sound = sound
    loudness = Loudness(decibels: 0, of: sound)
  }

  mutating func setDecibels(_ decibels: Double) {
    guard decibels != self.decibels else { return }
    self.decibels = decibels
    loudness = Loudness(decibels: decibels, of: sound)
  }

  var rate: Int { max(sound.rate, 1) }
  var frames: Int { sound.frames }
  /// 1, or 2 for a sound of several channels.
  var outputs: Int { sound.channels > 1 ? 2 : 1 }

  /// Appends `count` frames from `start` on, interleaved.
  func read(_ count: Int, from start: Int, into output: inout [Float]) {
    let first = output.count
    output.append(contentsOf: repeatElement(0, count: count * outputs))
    let inside = max(start, 0)..<max(min(start + count, frames), max(start, 0))
    let (loudness, outputs, total) = (loudness, outputs, sound.channels)
    let offset = first - start * outputs
    sound.samples.withUnsafeBufferPointer { samples in
      output.withUnsafeMutableBufferPointer { output in
        for frame in inside {
          let gain = loudness.gain(at: frame)
          for channel in 0..<outputs {
            let sample = mix(samples, frame * total, channel)
            output[offset + frame * outputs + channel] = sample * gain
          }
        }
      }
    }
  }

  @inline(__always)
  private func mix(_ samples: UnsafeBufferPointer<Float>, _ start: Int, _ output: Int) -> Float {
    switch channels {
    case .only(let number): return samples[start + min(number, sound.channels - 1)]
    case .all:
      if sound.channels <= 2 { return samples[start + output] }
      var sum: Float = 0
      for channel in 0..<sound.channels { sum += samples[start + channel] }
      return sum / Float(sound.channels)
    }
  }
}
