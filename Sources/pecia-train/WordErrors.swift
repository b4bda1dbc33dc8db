import Foundation
import PeciaStitch
import Simulation

/// How far word starts lie from where they should, in milliseconds.
struct WordErrors: CustomStringConvertible {
  private(set) var starts: [Int] = []

  init() {}

  init(of sounds: [LabelledSound], timedBy table: TimingTable) {
    let timer = WordTimer(language: table.language, table: table)
    for sound in sounds {
      let found = timer.times(of: sound.spoken, in: sound.samples).ranges
      starts += zip(found, sound.words).map {
        abs($0.lowerBound.milliseconds - Int(($1.start * 1000).rounded()))
      }
    }
  }

  static func += (lhs: inout Self, rhs: Self) { lhs.starts += rhs.starts }

  var description: String {
    guard !starts.isEmpty else { return "no words" }
    let sorted = starts.sorted()
    return "\(sorted.count) word starts, median \(sorted[sorted.count / 2]) ms, "
      + "mean \(sorted.reduce(0, +) / sorted.count) ms, "
      + "95th percentile \(sorted[(sorted.count - 1) * 95 / 100]) ms"
  }
}
