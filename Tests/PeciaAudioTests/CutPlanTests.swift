import Foundation
import PeciaAudio
import PeciaCore
import Support
import Testing

/// The plan of a made-up sound.
private func plan(of sound: TestSound, _ settings: CutSettings = CutSettings()) throws -> Survey {
  let folder = try TemporaryFolder()
  try sound.write(to: folder("sound.wav"))
  return try SoundSource(examining: folder("sound.wav")).survey(settings)
}

/// Checks what holds for every plan.
private func expectSound(_ survey: Survey, _ settings: CutSettings) {
  let clock = FrameClock(rate: survey.format.rate)
  var covered = Timestamp.zero
  var stretches = survey.plan.clips.map { ($0.range, true) }
  stretches += survey.plan.gaps.map { ($0, false) }
  stretches.sort { $0.0.lowerBound < $1.0.lowerBound }
  for (index, (range, isClip)) in stretches.enumerated() {
    #expect(range.lowerBound <= covered, "a hole before \(range.lowerBound)")
    #expect(range.upperBound > covered, "nothing new in \(range)")
    if isClip {
      #expect(range.milliseconds <= settings.longest)
      let frames = clock.frame(at: range.upperBound) - clock.frame(at: range.lowerBound)
      #expect(frames * 1000 <= settings.longest * survey.format.rate)
      if index > 0, stretches[index - 1].1 {
        #expect(covered - range.lowerBound >= settings.overlap)
      }
    } else {
      #expect(range.lowerBound == covered)
    }
    covered = range.upperBound
  }
  #expect(covered == survey.duration)
}

@Suite struct CutPlanTests {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `clips and gaps cover everything, within the limits`(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let target = Int.random(in: 3_000...25_000, using: &random)
    let settings = CutSettings(
      target: target, longest: target + Int.random(in: 0...10_000, using: &random),
      overlap: Int.random(in: 0...(target / 2 - 400), using: &random),
      skipSilence: Int.random(in: 0...12_000, using: &random))
    let rate = [8_000, 11_025, 16_000, 22_050].randomElement(using: &random) ?? 8_000
    var sound = TestSound(seconds: 0.01, rate: rate)
    for _ in 0..<4 {
      let seconds = Double.random(in: 2...40, using: &random)
      sound =
        sound
        + (Int.random(in: 0..<3, using: &random) == 0
          ? TestSound(noise: 0.002, seconds: seconds, rate: rate, seed: seed)
          : TestSound(seconds: seconds, rate: rate, seed: seed))
    }
    expectSound(try plan(of: sound, settings), settings)
  }

  @Test(arguments: [Float(1), 0.1, 0.01])
  func `edges lie in pauses, whatever the level`(_ gain: Float) throws {
    var sound = TestSound(seconds: 120, noise: 0.004, seed: 5)
    sound.samples = sound.samples.map { $0 * gain }
    let survey = try plan(of: sound)
    expectSound(survey, CutSettings())
    for edge in survey.plan.clips.flatMap({ [$0.range.lowerBound, $0.range.upperBound] }) {
      #expect(!sound.words.contains { $0.contains(edge.seconds) }, "an edge in a word at \(edge)")
    }
  }

  @Test func `neighbours share speech`() throws {
    let sound = TestSound(seconds: 120, seed: 9)
    let clips = try plan(of: sound).plan.clips
    for (left, right) in zip(clips, clips.dropFirst()) {
      let shared = right.range.lowerBound.seconds...left.range.upperBound.seconds
      #expect(
        sound.words.contains { shared.contains($0.lowerBound) && shared.contains($0.upperBound) })
    }
  }

  @Test func `long silence is a gap, and speech is in none`() throws {
    let sound =
      TestSound(seconds: 30) + TestSound(noise: 0.002, seconds: 15)
      + TestSound(seconds: 20, seed: 3)
      + TestSound(noise: 0.002, seconds: 8) + TestSound(seconds: 10, seed: 4)
      + TestSound(noise: 0.002, seconds: 14)
    let survey = try plan(of: sound)
    expectSound(survey, CutSettings())
    #expect(survey.plan.gaps.count == 2)
    for gap in survey.plan.gaps {
      #expect(gap.milliseconds > 12_000)
      #expect(
        !sound.words.contains {
          $0.upperBound > gap.lowerBound.seconds && $0.lowerBound < gap.upperBound.seconds
        })
    }
    let whole = try plan(of: sound, CutSettings(skipSilence: 0))
    #expect(whole.plan.gaps.isEmpty)
    expectSound(whole, CutSettings(skipSilence: 0))
  }

  @Test func `a silent recording is one gap`() throws {
    let survey = try plan(of: TestSound(noise: 0, seconds: 12))
    #expect(survey.plan.clips.isEmpty)
    #expect(survey.plan.gaps.map(\.milliseconds) == [12_000])
  }

  @Test func `speech on one channel is found`() throws {
    let sound = TestSound(seconds: 60, seed: 2)
    let one = try plan(of: sound.on(channel: 1, of: 2))
    for edge in one.plan.clips.flatMap({ [$0.range.lowerBound, $0.range.upperBound] }) {
      #expect(!sound.words.contains { $0.contains(edge.seconds) })
    }
  }

  @Test func `seconds of speech are counted`() throws {
    let sound = TestSound(seconds: 28, seed: 6)
    let clips = try plan(of: sound).plan.clips
    #expect(clips.count == 1)
    // Pauses under 100 ms are part of speech.
    var spoken = 0.0
    var end = -1.0
    for word in sound.words {
      spoken += word.upperBound - (word.lowerBound - end < 0.1 ? end : word.lowerBound)
      end = word.upperBound
    }
    #expect(abs(Double(clips[0].speech) / 1000 / spoken - 1) < 0.05)
  }
}
