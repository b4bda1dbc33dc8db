import Foundation
import PeciaAudio
import PeciaCore
import Simulation

/// What is learnt from: every fourth bin of recordings that are made up of voices and noise.
struct MadeUpLessons {
  /// `SpeechModel.inputs` numbers for each bin.
  private(set) var inputs: [Float] = []
  /// Whether the bin lies in a word.
  private(set) var isWord: [Bool] = []
  var count: Int { isWord.count }

  private static let every = 4

  init(of voices: [SpokenTurn.Voice], count: Int, seconds: Int = 180, seed: UInt64) {
    let samples = voices.map { $0.pieces.flatMap(\.samples) }
    for index in 0..<count {
      var random = SplitMix64(seed: seed &* 1_000_003 &+ UInt64(index))
      var turn = Self.speech(of: voices, seconds: seconds, using: &random)
      Self.addNoise(to: &turn, voices: samples, using: &random)
      Self.spoil(&turn.samples, using: &random)
      add(
        turn,
        rate: [8_000, 16_000, 16_000, 16_000, 22_050, 44_100].randomElement(using: &random) ?? 0)
    }
  }

  private mutating func add(_ turn: SpokenTurn, rate: Int) {
    var sound = Sound(rate: SpokenTurn.rate, channels: 1, samples: turn.samples)
    if rate != sound.rate { sound = Sound(rate: rate, channels: 1, samples: sound.mono(at: rate)) }
    let width = SpeechModel.inputs
    let examples = SpeechModel.examples(of: sound, every: Self.every)
    for place in 0..<examples.count / width {
      let bin = place * Self.every
      // The start of a bin is judged, so both that it parts must be of one kind.
      guard bin > 0, bin < turn.labels.count, turn.labels[bin] == turn.labels[bin - 1],
        turn.labels[bin] != .unsure
      else { continue }
      inputs += examples[place * width..<(place + 1) * width]
      isWord.append(turn.labels[bin] == .word)
    }
  }

  /// Turns of one voice after the other, at levels of their own.
  private static func speech(
    of voices: [SpokenTurn.Voice], seconds: Int, using random: inout SplitMix64
  ) -> SpokenTurn {
    var sum = SpokenTurn(samples: [], labels: [])
    func rest(_ time: Double) {
      let bins = max(0, Int(time * 100))
      sum.samples += [Float](repeating: 0, count: bins * SpokenTurn.bin)
      sum.labels += [SpokenTurn.Label](repeating: .pause, count: bins)
    }
    while sum.samples.count < seconds * SpokenTurn.rate {
      guard let voice = voices.randomElement(using: &random), !voice.pieces.isEmpty else { break }
      let level = pow(10, Float.random(in: -29 ... -15, using: &random) / 20)
      let isBreathless = Int.random(in: 0..<5, using: &random) == 0
      let first = Int.random(in: voice.pieces.indices, using: &random)
      for place in 0..<Int.random(in: 3...10, using: &random) {
        let piece = voice.pieces[(first + place) % voice.pieces.count]
        let bins = min(piece.labels.count, piece.samples.count / SpokenTurn.bin)
        let gain = level / max(piece.level, 1e-4)
        sum.samples += piece.samples[..<(bins * SpokenTurn.bin)].map { $0 * gain }
        sum.labels += piece.labels[..<bins]
        if !voice.isBreathed {
          rest(Double.random(in: isBreathless ? 0...0.1 : 0.1...0.9, using: &random))
        }
      }
      if Int.random(in: 0..<3, using: &random) == 0 {
        rest(Double.random(in: 0.5...4, using: &random))
      }
    }
    return sum
  }

  /// A bed of −30 dBFS, or 4 to 24 dB below the speech; faint noise always.
  private static func addNoise(
    to turn: inout SpokenTurn, voices: [[Float]], using random: inout SplitMix64
  ) {
    let faint = pow(10, Float.random(in: -80 ... -45, using: &random) / 20)
    let length = 30 * SpokenTurn.rate
    let seed = random.next()
    func add(_ bed: [Float], _ level: Float) {
      for index in turn.samples.indices { turn.samples[index] += level * bed[index % bed.count] }
    }
    add(NoiseBed.pink.samples(length, rate: SpokenTurn.rate, seed: seed), faint)
    let kind = Int.random(in: 0..<12, using: &random)
    let isFixed = Bool.random(using: &random)
    let below = pow(10, -Float.random(in: 4...24, using: &random) / 20)
    let level = isFixed ? pow(10, -1.5) : turn.level * below
    let beds: [NoiseBed] = [.white, .white, .pink, .pink, .music, .music, .hum]
    if kind < beds.count {
      add(beds[kind].samples(length, rate: SpokenTurn.rate, seed: seed &+ 1), level)
    } else if kind < 11 {
      let readers = Int.random(in: 4...8, using: &random)
      add(NoiseBed.babble(of: voices, readers: readers, length * 2, using: &random), level)
    }
  }

  /// Telephone, tilt, offset, gain, clipping, and 16 bits.
  private static func spoil(_ samples: inout [Float], using random: inout SplitMix64) {
    if Int.random(in: 0..<6, using: &random) == 0 {
      // About 300 to 3,400 Hz.
      var (low, high): (Float, Float) = (0, 0)
      for index in samples.indices {
        low += 0.11 * (samples[index] - low)
        high += 0.74 * (samples[index] - low - high)
        samples[index] = high
      }
    }
    if Int.random(in: 0..<4, using: &random) == 0 {
      let tilt = Float.random(in: -0.7...0.5, using: &random)
      var last: Float = 0
      for index in samples.indices {
        (last, samples[index]) = (samples[index], samples[index] + tilt * last)
      }
    }
    let offset =
      Int.random(in: 0..<10, using: &random) == 0 ? Float.random(in: -0.1...0.1, using: &random) : 0
    let gain = pow(10, Float.random(in: -28...6, using: &random) / 20)
    let bound: Float = Int.random(in: 0..<10, using: &random) == 0 ? 0.2 * gain : 1
    for index in samples.indices {
      let value = max(-bound, min(bound, samples[index] * gain)) + offset
      samples[index] = (max(-1, min(1, value)) * 32_767).rounded() / 32_768
    }
  }
}

extension SpokenTurn {
  /// The root mean square of what lies in words.
  fileprivate var level: Float {
    var (sum, count): (Float, Float) = (0, 0)
    for (place, label) in labels.enumerated() where label == .word {
      for sample in samples[place * Self.bin..<(place + 1) * Self.bin] { sum += sample * sample }
      count += Float(Self.bin)
    }
    return (sum / max(1, count)).squareRoot()
  }
}
