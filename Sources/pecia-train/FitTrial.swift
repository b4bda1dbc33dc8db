import Foundation
import PeciaCore
import PeciaStitch

/// Tries the check of a text against its sound: on honest texts, and on texts made wrong.
struct FitTrial: CustomStringConvertible {
  /// What is done to a stretch's text.
  enum Wrong: String, CaseIterable {
    case none = "honest"
    case swapped = "another stretch's text"
    case same = "another one of the same length"
    case quarter = "a quarter of the words missing"
    case doubled = "a sentence twice"
  }
  /// How many texts of each kind were doubted, of how many.
  private(set) var doubted: [Wrong: (found: Int, of: Int)] = [:]

  /// Tries all stretches of `sounds`, each among the honest other ones of its recording.
  init(of sounds: [LabelledSound], timedBy table: TimingTable) {
    let timer = WordTimer(language: table.language, table: table)
    guard let limits = timer.limits else { return }
    var random = SplitMix64(seed: 1)
    let all = sounds.flatMap { sound in
      [9.0, 14, 25].flatMap { sound.pieces(under: $0) }
    }
    let fits = all.map { timer.fit(of: $0.spoken, in: $0.samples) }
    for (index, piece) in all.enumerated() {
      let others = all.indices.filter { $0 != index && all[$0].name == piece.name }
        .compactMap { fits[$0] }
      for wrong in Wrong.allCases {
        guard let words = Self.words(of: index, in: all, made: wrong, using: &random),
          let fit = wrong == .none
            ? fits[index] : timer.fit(of: words, in: piece.samples),
          fit.speech >= FitLimits.shortest
        else { continue }
        let isDoubted = limits.doubt(about: fit, among: others) != nil
        let known = doubted[wrong] ?? (0, 0)
        doubted[wrong] = (known.found + (isDoubted ? 1 : 0), known.of + 1)
      }
    }
  }

  /// The text of a stretch, made wrong; nil where it is too short for that.
  private static func words(
    of index: Int, in all: [LabelledSound], made wrong: Wrong, using random: inout SplitMix64
  ) -> [SpokenWord]? {
    let own = all[index].spoken
    func length(_ words: [SpokenWord]) -> Int { words.reduce(0) { $0 + $1.text.count + 1 } }
    let strange = all.filter {
      $0.name != all[index].name || $0.words.first?.w != all[index].words.first?.w
    }
    switch wrong {
    case .none: return own
    case .swapped: return strange.randomElement(using: &random)?.spoken
    case .same:
      return strange.filter {
        abs(Double(length($0.spoken)) / Double(length(own)) - 1) < 0.1
      }.randomElement(using: &random)?.spoken
    case .quarter:
      let count = Int((Double(own.count) / 4).rounded(.up))
      guard own.count >= 8 else { return nil }
      let first = Int.random(in: 0...own.count - count, using: &random)
      return Array(own[..<first] + own[(first + count)...])
    case .doubled:
      let count = own.count / 2
      guard own.count >= 8 else { return nil }
      let first = Int.random(in: 0...own.count - count, using: &random)
      return Array(own[..<(first + count)] + own[first...])
    }
  }

  var description: String {
    Wrong.allCases.compactMap { wrong in
      guard let (found, of) = doubted[wrong] else { return nil }
      let share = Double(found) / Double(of) * 100
      return "\(wrong.rawValue): \(found) of \(of) doubted (\(String(format: "%.1f", share)) %)"
    }.joined(separator: "\n")
  }
}
