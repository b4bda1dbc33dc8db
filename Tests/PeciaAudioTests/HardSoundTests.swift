import Foundation
import PeciaAudio
import PeciaCore
import Support
import Testing

/// Recordings that mislead whoever listens for pauses.
@Suite struct HardSoundTests {
  private func survey(_ sound: TestSound) throws -> Survey {
    let folder = try TemporaryFolder()
    try sound.write(to: folder("sound.wav"))
    return try SoundSource(examining: folder("sound.wav")).survey(CutSettings())
  }

  private func expectNoWordCut(_ survey: Survey, _ sound: TestSound, _ what: String) {
    let words = sound.words
    let edges = survey.plan.clips.flatMap {
      [$0.range.lowerBound.seconds, $0.range.upperBound.seconds]
    }
    #expect(edges.count > 4, "\(what)")
    for edge in edges {
      #expect(
        !words.contains { $0.lowerBound + 0.02 < edge && edge < $0.upperBound - 0.02 },
        "\(what): an edge in a word at \(edge)")
    }
    for gap in survey.plan.gaps {
      #expect(
        !words.contains {
          $0.upperBound > gap.lowerBound.seconds && $0.lowerBound < gap.upperBound.seconds
        }, "\(what): a word in a gap")
    }
  }

  enum Spoiling: CaseIterable { case slams, offset, clipped, zeros, level }

  @Test(arguments: Spoiling.allCases)
  func `no word is cut or lost in spoilt sound`(_ spoiling: Spoiling) throws {
    var sound = TestSound(seconds: 80, rate: 8_000, seed: 12)
    let rate = Double(sound.rate)
    switch spoiling {
    case .slams:
      // A door every 17 s, as loud as can be, and its echo.
      for start in stride(from: 5.0, to: 78, by: 17) {
        var random = SplitMix64(seed: UInt64(start))
        for index in 0..<Int(0.4 * rate) {
          let fall = exp(-Float(index) / Float(rate) * 14)
          sound.samples[Int(start * rate) + index] +=
            Float.random(in: -1...1, using: &random) * fall
        }
      }
    case .offset: for index in sound.samples.indices { sound.samples[index] += 0.25 }
    case .clipped:
      for index in sound.samples.indices {
        sound.samples[index] = max(-0.06, min(0.06, sound.samples[index]))
      }
    case .zeros:
      // A recorder that writes nothing at all between the words.
      var end = 0
      for word in sound.words {
        for index in end..<Int(word.lowerBound * rate) { sound.samples[index] = 0 }
        end = Int(word.upperBound * rate)
      }
    case .level:
      // From the middle on the speaker sits far away.
      for index in sound.samples.indices.suffix(sound.samples.count / 2) {
        sound.samples[index] *= 0.05
      }
    }
    expectNoWordCut(try survey(sound), sound, "\(spoiling)")
  }

  @Test func `one speaker on each channel, and no word of either is cut`() throws {
    let (left, right) = (
      TestSound(seconds: 90, rate: 8_000, seed: 21), TestSound(seconds: 90, rate: 8_000, seed: 22)
    )
    var both = TestSound(noise: 0, seconds: 0, rate: 8_000)
    both.channels = 2
    // They take turns of six seconds; who listens is not heard, but for the channel's noise.
    let rest = TestSound(noise: 0.002, seconds: 90, rate: 8_000, seed: 23)
    let turn = 6 * left.rate
    for frame in left.samples.indices {
      let isLeft = frame / turn % 2 == 0
      both.samples.append(isLeft ? left.samples[frame] : rest.samples[frame])
      both.samples.append(isLeft ? rest.samples[frame] : right.samples[frame])
    }
    for (index, speaker) in [left, right].enumerated() {
      both.words += speaker.words.filter {
        Int($0.lowerBound / 6) % 2 == index && Int($0.upperBound / 6) % 2 == index
      }
    }
    expectNoWordCut(try survey(both), both, "two speakers")
  }

  @Test func `where nobody breathes for 26 s, clips keep to the limit, and no word is cut`() throws
  {
    var sound = TestSound(seconds: 30, rate: 8_000, seed: 31)
    var breathless = TestSound(noise: 0.002, seconds: 26, rate: 8_000, seed: 32)
    var random = SplitMix64(seed: 33)
    var time = 0.0
    while time < 25.5 {
      let length = Double.random(in: 0.2...0.5, using: &random)
      breathless.addWord(from: time, to: min(26, time + length))
      time += length + Double.random(in: 0.08...0.16, using: &random)
    }
    sound = sound + breathless + TestSound(seconds: 40, rate: 8_000, seed: 34)
    let survey = try survey(sound)
    #expect(survey.plan.gaps.isEmpty)
    var end = Timestamp.zero
    for clip in survey.plan.clips {
      #expect(clip.range.milliseconds <= 30_000)
      #expect(clip.range.lowerBound <= end)
      end = clip.range.upperBound
    }
    #expect(end == survey.duration)
    // Its edges lie in the pauses around the stretch, or in the short ones within.
    let edges = survey.plan.clips.flatMap {
      [$0.range.lowerBound.seconds, $0.range.upperBound.seconds]
    }
    for edge in edges {
      #expect(
        !sound.words.contains { $0.lowerBound + 0.05 < edge && edge < $0.upperBound - 0.05 },
        "an edge in a word at \(edge)")
    }
  }
}
