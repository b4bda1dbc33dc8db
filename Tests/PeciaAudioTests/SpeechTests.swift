import PeciaAudio
import PeciaCore
import Testing

@Suite struct SpeechTests {
  /// Bursts of a buzz over faint noise: where they are is where somebody speaks.
  @Test(arguments: [1, 2])
  func `speech is found where it stands out from the noise`(channels: Int) throws {
    var random = SplitMix64(seed: 3)
    var samples: [Float] = []
    for frame in 0..<(16_000 * 12) {
      let time = Double(frame) / 16_000
      let speaks = (2.0..<4.5).contains(time) || (7.0..<9.0).contains(time)
      let buzz = Float(frame % 107) / 107 - 0.5
      let value = (speaks ? buzz * 0.4 : 0) + Float.random(in: -0.002...0.002, using: &random)
      samples += Array(repeating: value, count: channels)
    }
    let speech = Sound(rate: 16_000, channels: channels, samples: samples).speech
    #expect(speech.count == 2)
    for (found, truth) in zip(speech, [2000..<4500, 7000..<9000]) {
      #expect(abs(found.lowerBound.milliseconds - truth.lowerBound) <= 50)
      #expect(abs(found.upperBound.milliseconds - truth.upperBound) <= 50)
    }
  }

  @Test func `no sound holds no speech`() {
    #expect(Sound(rate: 16_000, channels: 1, samples: []).speech == [])
    let silence = Sound(rate: 8000, channels: 1, samples: Array(repeating: 0, count: 80_000))
    #expect(silence.speech == [])
  }
}
