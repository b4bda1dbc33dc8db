import Foundation
import PeciaCore
import Simulation

/// Speech of one voice, with where it is.
struct SpokenTurn: Sendable {
  static let rate = 16_000
  /// Samples in a bin of 10 ms.
  static let bin = rate / 100

  enum Label: Sendable { case word, pause, unsure }

  var samples: [Float]
  /// One for each bin.
  var labels: [Label]

  /// A voice's pieces, in order.
  struct Voice: Sendable {
    var pieces: [SpokenTurn]
    /// Whether the pieces follow each other with the pauses that they had.
    var isBreathed: Bool
    /// Voices of one name are one.
    var name: String

    /// With the pieces of voices of one name together, in the order of names.
    static func joined(_ voices: [Self]) -> [Self] {
      Dictionary(grouping: voices, by: \.name).sorted { $0.key < $1.key }.map { name, voices in
        Self(pieces: voices.flatMap(\.pieces), isBreathed: voices[0].isBreathed, name: name)
      }
    }
  }
}

extension SpokenTurn {
  /// A reader's sound by its word times.
  ///
  /// What lies within 20 ms of a word's end is unsure, unless the next one follows at once; and so
  /// is what an aligner calls a word and is silent for 120 ms.
  init(_ sound: LabelledSound) {
    samples = sound.samples
    let active = Self.activity(of: sound.samples, least: 12)
    labels = [Label](repeating: .pause, count: active.count)
    var last = -1.0
    for word in sound.words {
      let start = word.start - last < 0.06 ? last : word.start
      last = max(last, word.end)
      for bin in max(0, Int(start * 100) - 2)..<max(0, min(labels.count, Int(last * 100) + 3)) {
        let time = Double(bin) / 100
        let isInside = start + 0.02 <= time && time <= last - 0.02
        labels[bin] =
          labels[bin] == .word || (isInside && active[bin]) ? .word : .unsure
      }
    }
    for bin in labels.indices where labels[bin] == .pause && active[bin] {
      labels[bin] = .unsure
    }
  }

  /// A synthesiser's clean sound, by where it is above −50 dBFS.
  init(clean samples: [Float]) {
    self.samples = samples
    labels = Self.activity(of: samples, least: 10).map { $0 ? .word : .pause }
  }

  /// Where bins are above −50 dBFS, pauses of fewer than `least` bins filled.
  private static func activity(of samples: [Float], least: Int) -> [Bool] {
    var bins = (0..<samples.count / bin).map { place in
      let power = samples[place * bin..<(place + 1) * bin].reduce(0) { $0 + $1 * $1 }
      return power / Float(bin) > 1e-5
    }
    var last: Int?
    for place in bins.indices where bins[place] {
      if let last, place - last <= least { for quiet in last..<place { bins[quiet] = true } }
      last = place
    }
    return bins
  }
}

extension SpokenTurn.Voice {
  init(reader sound: LabelledSound) {
    pieces = sound.pieces(under: 12).map { SpokenTurn($0) }
    isBreathed = true
    name = sound.voice
  }
}
