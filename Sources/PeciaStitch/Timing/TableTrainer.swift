import Foundation
import PeciaCore

/// A sound with the words that are said in it.
public struct SpokenSound: Sendable {
  public var words: [SpokenWord]
  /// 16 kHz, one channel.
  public var samples: [Float]

  public init(words: [SpokenWord], samples: [Float]) {
    self.words = words
    self.samples = samples
  }
}

/// Trains the mixtures of a table: a flat start by the pauses, then fit and align by turns.
package struct TableTrainer {
  package var table: TimingTable
  /// Gaussians in each mixture.
  package var components = 4
  /// In how many first rounds a unit has one Gaussian.
  package var plainRounds = 3
  package var rounds = 12
  package var seed: UInt64 = 1

  package init(table: TimingTable) { self.table = table }

  /// A sound with its features and units.
  private struct Lesson {
    var features: SpeechFeatures
    var words: [SpeechLattice.Word]
    /// The row of each frame, as now believed.
    var rows: [Int]
  }

  /// Trains on `sounds`; `each` hears the table of each round.
  package mutating func train(
    on sounds: [SpokenSound], each: (Int, TimingTable) -> Void = { _, _ in }
  ) {
    let aligner = SoundAligner(table)
    let pause = table.units[table.silenceUnit].rows.lowerBound
    var lessons = sounds.map { sound in
      let features = SpeechFeatures(of: sound.samples)
      let words = aligner.words(of: sound.words)
      return Lesson(
        features: features, words: words.filter { !$0.units.isEmpty },
        rows: flatRows(sound, words: words, frames: features.frames, pause: pause))
    }
    for round in 0..<rounds {
      let count = round < plainRounds ? 1 : components
      table.model = fitted(to: lessons, components: count, pause: pause, round: round)
      each(round, table)
      var aligner = SoundAligner(table)
      aligner.fillerCost = 1e6
      for index in lessons.indices {
        guard
          let found = aligner.align(lessons[index].words, in: lessons[index].features)
        else { continue }
        lessons[index].rows = found.path.map {
          let column = Int(found.lattice.columns[$0])
          return column < table.model.rows.count ? column : pause
        }
      }
    }
    table.model = fitted(to: lessons, components: components, pause: pause, round: rounds)
    each(rounds, table)
  }

  /// Each frame's row when words lie where the pauses put them, and share their frames evenly.
  private func flatRows(
    _ sound: SpokenSound, words: [SpeechLattice.Word], frames: Int, pause: Int
  ) -> [Int] {
    var rows = [Int](repeating: pause, count: frames)
    let times = WordTimer.byPauses(sound.words, in: sound.samples)
    for (word, time) in zip(words, times) {
      let states = word.units.flatMap { Array(table.units[Int($0)].rows) }
      guard !states.isEmpty else { continue }
      let from = time.lowerBound.milliseconds / 10
      let length = time.milliseconds / 10
      for place in 0..<length where from + place < frames {
        rows[from + place] = states[place * states.count / length]
      }
    }
    return rows
  }

  private func fitted(
    to lessons: [Lesson], components: Int, pause: Int, round: Int
  ) -> AcousticModel {
    var frames = [[ArraySlice<Float>]](repeating: [], count: table.rowCount)
    for lesson in lessons {
      for (frame, row) in lesson.rows.enumerated() { frames[row].append(lesson.features[frame]) }
    }
    let all = MixtureFit(of: frames.flatMap { $0 }, components: 1, seed: seed).gaussians
    let model = AcousticModel(
      rows: frames.enumerated().map { row, own in
        guard own.count >= 12 else { return all }
        let wanted = row == pause ? max(components, min(4, self.components)) : components
        let count = min(wanted, max(1, own.count / 25))
        return MixtureFit(of: own, components: count, seed: seed &+ UInt64(row)).gaussians
      })
    return model.asStored
  }
}
