import Foundation
import PeciaAudio
import PeciaCore
import Testing

@testable import pecia_train

/// The fit of the speech table, on voices that are made up.
@Suite struct TrainSpeechTests {
  /// Words of a buzzing tone that wanders, with pauses between them.
  private static func voice(pitch: Float, seconds: Int, seed: UInt64) -> [Float] {
    var random = SplitMix64(seed: seed)
    var samples: [Float] = []
    var phase: Float = 0
    while samples.count < seconds * SpokenTurn.rate {
      let length = Int.random(in: 3_000..<9_000, using: &random)
      let tone = pitch * Float.random(in: 0.8...1.25, using: &random)
      let formant = Int.random(in: 3...9, using: &random)
      for place in 0..<length {
        phase += tone / Float(SpokenTurn.rate)
        let edge = min(1, Float(min(place, length - place)) / 400)
        var sum: Float = 0
        for harmonic in 1...16 {
          let strength = 1 / Float(1 + abs(harmonic - formant) + harmonic / 2)
          sum += strength * sin(2 * .pi * Float(harmonic) * phase)
        }
        samples.append(0.15 * edge * sum)
      }
      samples += [Float](repeating: 0, count: Int.random(in: 1_500..<10_000, using: &random))
    }
    return samples
  }

  private static func turn(pitch: Float, seed: UInt64) -> SpokenTurn.Voice {
    SpokenTurn.Voice(
      pieces: (0..<4).map { SpokenTurn(clean: voice(pitch: pitch, seconds: 4, seed: seed + $0)) },
      isBreathed: false, name: "\(pitch)")
  }

  private static func fit(seed: UInt64) -> NetworkFit {
    let voices = [
      turn(pitch: 90, seed: 10), turn(pitch: 140, seed: 20), turn(pitch: 210, seed: 30),
    ]
    let lessons = MadeUpLessons(of: voices, count: 8, seconds: 30, seed: seed)
    var fit = NetworkFit(scaledBy: lessons, seed: seed)
    for round in 0..<4 {
      fit.improve(on: lessons, from: Float(round) / 4, to: Float(round + 1) / 4)
    }
    return fit
  }

  /// Seconds of speech that a table finds in a sound, under white noise of −45 dBFS.
  private static func speech(in samples: [Float], by table: String) -> Double {
    var random = SplitMix64(seed: 5)
    let noisy = samples.map { $0 + 0.01 * Float.random(in: -1...1, using: &random) }
    let sound = Sound(rate: SpokenTurn.rate, channels: 1, samples: noisy)
    let settings = CutSettings(target: 20_000, longest: 30_000, overlap: 1_000, skipSilence: 0)
    return sound.plan(settings, by: SpeechModel(table)).clips.reduce(0) {
      $0 + Double($1.speech) / 1000
    }
  }

  @Test func `a table fitted to a few voices tells another voice from noise`() {
    let table = Self.fit(seed: 1).text
    let samples = Self.voice(pitch: 170, seconds: 20, seed: 77)
    let spoken = SpokenTurn(clean: samples).labels.count { $0 == .word }
    let found = Self.speech(in: samples, by: table)
    #expect(abs(found / (Double(spoken) / 100) - 1) < 0.15, "\(found) s of \(spoken) bins")
    #expect(Self.speech(in: samples.map { _ in 0 }, by: table) < 0.5)
  }

  @Test func `the same seed gives the same table, another seed another`() {
    let table = Self.fit(seed: 2).text
    #expect(Self.fit(seed: 2).text == table)
    #expect(Self.fit(seed: 3).text != table)
  }
}
