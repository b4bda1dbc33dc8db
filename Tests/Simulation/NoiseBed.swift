import Foundation
public import PeciaCore

/// What lies under the speech; all are made here, from a seed.
public enum NoiseBed: String, CaseIterable, Sendable {
  case white, pink, music, hum
  /// Eight voices that say syllables without end.
  case syllables

  /// `count` samples with a mean square of 1.
  public func samples(_ count: Int, rate: Int, seed: UInt64) -> [Float] {
    var random = SplitMix64(seed: seed)
    let bed =
      switch self {
      case .white: (0..<count).map { _ in Float.random(in: -1...1, using: &random) }
      case .pink: Self.pink(count, &random)
      case .syllables: Self.syllables(count, rate, &random)
      case .music: Self.music(count, rate, &random)
      case .hum:
        (0..<count).map { index in
          let time = Float(index) / Float(rate) * 2 * .pi * 50
          return sin(time) + 0.6 * sin(2 * time) + 0.4 * sin(3 * time) + 0.1 * sin(6 * time)
        }
      }
    return Self.levelled(bed)
  }

  /// `count` samples of as many readers at once, from random places of `voices`, with a mean square
  /// of 1; each begins anew where it ends.
  public static func babble(
    of voices: [[Float]], readers: Int = 6, _ count: Int, using random: inout SplitMix64
  ) -> [Float] {
    var bed = [Float](repeating: 0, count: count)
    for _ in 0..<readers {
      guard let voice = voices.randomElement(using: &random), !voice.isEmpty else { continue }
      let power = voice.reduce(0) { $0 + $1 * $1 } / Float(voice.count)
      let scale = 1 / max(power, 1e-12).squareRoot()
      var place = Int.random(in: voice.indices, using: &random)
      for index in bed.indices {
        bed[index] += scale * voice[place]
        place = place + 1 == voice.count ? 0 : place + 1
      }
    }
    return levelled(bed)
  }

  private static func levelled(_ bed: [Float]) -> [Float] {
    let power = bed.reduce(0) { $0 + $1 * $1 } / Float(max(1, bed.count))
    let scale = 1 / max(power, 1e-12).squareRoot()
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
  private static func syllables(_ count: Int, _ rate: Int, _ random: inout SplitMix64) -> [Float] {
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
