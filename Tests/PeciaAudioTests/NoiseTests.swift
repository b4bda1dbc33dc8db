import Foundation
import PeciaAudio
import PeciaCore
import Simulation
import Support
import Testing

extension TestSound {
  /// `seconds` of words of −27 to −18 dBFS that begin and end softly, on a bed of −30 dBFS.
  fileprivate init(on bed: NoiseBed, seconds: Double, seed: UInt64) {
    self.init(noise: 0, seconds: seconds, rate: 8_000)
    var random = SplitMix64(seed: seed)
    var time = 0.4
    while time < seconds - 1 {
      let length = Double.random(in: 0.2...0.6, using: &random)
      var word = TestSound(noise: 0, seconds: length, rate: rate)
      word.addWord(
        from: 0, to: length, gain: 0.3 * pow(10, Float.random(in: -0.45...0, using: &random)))
      let start = Int(time * Double(rate))
      for (index, sample) in word.samples.enumerated() {
        let edge = Float(min(index, word.samples.count - index)) / Float(rate / 25)
        samples[start + index] += sample * min(1, edge)
      }
      words.append(time...time + length)
      let isLong = Int.random(in: 0..<4, using: &random) == 0
      time += length + Double.random(in: isLong ? 0.3...0.8 : 0.03...0.12, using: &random)
    }
    let under = bed.samples(20 * rate, rate: rate, seed: seed + 100)
    for index in samples.indices { samples[index] += 0.0316 * under[index % under.count] }
  }

  /// How much of `ranges` is speech, pauses under 0.1 s included, in seconds.
  fileprivate func speech(in ranges: [TimeRange]) -> Double {
    var filled: [ClosedRange<Double>] = []
    for word in words {
      if let last = filled.last, word.lowerBound - last.upperBound < 0.1 {
        filled[filled.count - 1] = last.lowerBound...word.upperBound
      } else {
        filled.append(word)
      }
    }
    return ranges.reduce(0) { sum, range in
      sum
        + filled.reduce(0) {
          $0
            + max(
              0,
              min($1.upperBound, range.upperBound.seconds)
                - max($1.lowerBound, range.lowerBound.seconds))
        }
    }
  }
}

/// Speech with something under it.
@Suite struct NoiseTests {
  private func survey(_ sound: TestSound) throws -> Survey {
    let folder = try TemporaryFolder()
    try sound.write(to: folder("sound.wav"))
    return try SoundSource(examining: folder("sound.wav")).survey(CutSettings())
  }

  /// The edges that lie inside a word, 40 ms from its ends or more.
  private func cut(_ survey: Survey, _ sound: TestSound) -> (edges: Int, inWords: [Double]) {
    let edges = survey.plan.clips.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
      .filter { $0 > .zero && $0 < survey.duration }
    return (
      edges.count,
      edges.map(\.seconds).filter { edge in
        sound.words.contains { $0.lowerBound + 0.04 < edge && edge < $0.upperBound - 0.04 }
      }
    )
  }

  @Test(arguments: NoiseBed.allCases)
  func `no edge lies in a word, and speech is counted within a tenth`(_ bed: NoiseBed) throws {
    let sound = TestSound(on: bed, seconds: 140, seed: 1)
    let survey = try survey(sound)
    let (edges, inWords) = cut(survey, sound)
    #expect(edges > 8)
    #expect(inWords == [])
    let counted = survey.plan.clips.reduce(0) { $0 + Double($1.speech) / 1000 }
    let speech = sound.speech(in: survey.plan.clips.map(\.range))
    #expect(abs(counted / speech - 1) < 0.1, "\(counted) s of \(speech) s")
  }

  @Test func `speakers on two channels are both heard above babble`() throws {
    let (left, right) = (
      TestSound(on: .syllables, seconds: 80, seed: 3),
      TestSound(on: .syllables, seconds: 80, seed: 4)
    )
    // They take turns of ten seconds.
    let turn = 10 * left.rate
    var both = TestSound(noise: 0, seconds: 0, rate: left.rate)
    both.channels = 2
    let quiet = NoiseBed.syllables.samples(turn, rate: left.rate, seed: 9).map { $0 * 0.0316 }
    for frame in left.samples.indices {
      let isLeft = frame / turn % 2 == 0
      both.samples.append(isLeft ? left.samples[frame] : quiet[frame % turn])
      both.samples.append(isLeft ? quiet[frame % turn] : right.samples[frame])
    }
    for (index, speaker) in [left, right].enumerated() {
      both.words += speaker.words.filter {
        Int($0.lowerBound / 10) % 2 == index && Int($0.upperBound / 10) % 2 == index
      }
    }
    let (edges, inWords) = cut(try survey(both), both)
    #expect(edges >= 4)
    #expect(inWords == [])
  }
}
