import Foundation
import PeciaAudio
import PeciaCore
import Support
import Testing

/// What lies under the speech; all are made here, from a seed.
enum Bed: CaseIterable {
  case white, pink, babble, music, hum

  /// `count` samples with a mean square of 1.
  func samples(_ count: Int, rate: Int, seed: UInt64) -> [Float] {
    var random = SplitMix64(seed: seed)
    let bed =
      switch self {
      case .white: (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
      case .pink: Self.pink(count, &random)
      case .babble: Self.babble(count, rate, &random)
      case .music: Self.music(count, rate, &random)
      case .hum:
        (0..<count).map { index in
          let time = Float(index) / Float(rate) * 2 * .pi * 50
          return sin(time) + 0.6 * sin(2 * time) + 0.4 * sin(3 * time) + 0.1 * sin(6 * time)
        }
      }
    let scale = 1 / (bed.reduce(0) { $0 + $1 * $1 } / Float(count)).squareRoot()
    return bed.map { $0 * scale }
  }

  /// White noise through three leaky sums.
  private static func pink(_ count: Int, _ random: inout SplitMix64) -> [Float] {
    var (slow, middle, fast): (Float, Float, Float) = (0, 0, 0)
    return (0..<count).map { _ in
      let white = Float.random(in: -1...1, using: &random)
      slow = 0.997 * slow + 0.1 * white
      middle = 0.963 * middle + 0.3 * white
      fast = 0.57 * fast + 1.08 * white
      return slow + middle + fast + 0.18 * white
    }
  }

  /// Eight voices that say syllables without end, each in its own pitch and at its own pace.
  private static func babble(_ count: Int, _ rate: Int, _ random: inout SplitMix64) -> [Float] {
    var bed = [Float](repeating: 0, count: count)
    for _ in 0..<8 {
      let pitch = Float.random(in: 90...230, using: &random)
      var place = 0
      while place < count {
        let length = Int.random(in: rate / 12...rate / 4, using: &random)
        let (loudness, formant) = (
          Float.random(in: 0.2...1, using: &random), Float.random(in: 3...9, using: &random)
        )
        for index in 0..<min(length, count - place) {
          let share = Float(index) / Float(length)
          let time = Float(place + index) / Float(rate) * 2 * .pi * pitch
          bed[place + index] +=
            loudness * sin(.pi * share)
            * (sin(time) + 0.5 * sin(formant.rounded() * time) + 0.2 * sin(17 * time))
        }
        place += length
      }
    }
    return bed
  }

  /// Plucked notes on a beat, chords under them, a drum between.
  private static func music(_ count: Int, _ rate: Int, _ random: inout SplitMix64) -> [Float] {
    var bed = [Float](repeating: 0, count: count)
    let beat = rate / 4
    for start in stride(from: 0, to: count, by: beat) {
      let key = Float([0, 3, 5, 7, 10].randomElement(using: &random) ?? 0)
      let note = 220 * exp2(key / 12)
      let chord = 110 * exp2(Float([0, 5, 7, 3][start / beat / 8 % 4]) / 12)
      let isDrum = start / beat % 2 == 1
      for index in 0..<min(2 * beat, count - start) {
        let time = Float(index) / Float(rate)
        let turn = time * 2 * .pi
        var sample = exp(-5 * time) * (sin(turn * note) + 0.5 * sin(2 * turn * note))
        sample += 0.4 * exp(-0.5 * time) * (sin(turn * chord) + sin(turn * chord * 1.5))
        if isDrum { sample += exp(-80 * time) * Float.random(in: -1...1, using: &random) }
        bed[start + index] += sample
      }
    }
    return bed
  }
}

extension TestSound {
  /// `seconds` of words of −27 to −18 dBFS that begin and end softly, on a bed of −30 dBFS.
  fileprivate init(on bed: Bed, seconds: Double, seed: UInt64) {
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

  @Test(arguments: Bed.allCases)
  func `no edge lies in a word, and speech is counted within a tenth`(_ bed: Bed) throws {
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
      TestSound(on: .babble, seconds: 80, seed: 3), TestSound(on: .babble, seconds: 80, seed: 4)
    )
    // They take turns of ten seconds.
    let turn = 10 * left.rate
    var both = TestSound(noise: 0, seconds: 0, rate: left.rate)
    both.channels = 2
    let quiet = Bed.babble.samples(turn, rate: left.rate, seed: 9).map { $0 * 0.0316 }
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
