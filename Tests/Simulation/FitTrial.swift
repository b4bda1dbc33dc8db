import Foundation
import PeciaCore
package import PeciaStitch

/// Tries the check of a text against its sound: on honest texts, and on texts made wrong.
package struct FitTrial: CustomStringConvertible {
  /// What is done to a stretch's text, and in two cases to its sound.
  package enum Wrong: String, CaseIterable {
    case none = "honest"
    case swapped = "another stretch's text"
    case same = "another one of the same length"
    case lorem = "lorem ipsum"
    case quarter = "a quarter of the words missing"
    case sentence = "a sentence missing"
    case end = "speech left out at the end"
    case doubled = "half of the text twice"
    case twice = "all of the text twice"
    case invented = "invented words over 6 s without speech at the end"
    case silence = "a text over 10 s without speech"
  }
  /// How many texts of each kind were doubted, of how many.
  package private(set) var doubted: [Wrong: (found: Int, of: Int)] = [:]

  /// Tries all stretches of `sounds`, each among the honest other ones of its recording.
  package init(of sounds: [LabelledSound], timedBy table: TimingTable) {
    let timer = WordTimer(language: table.language, table: table)
    guard let limits = timer.limits else { return }
    var random = SplitMix64(seed: 1)
    let all = sounds.flatMap { sound in
      [9.0, 14, 25].flatMap { sound.pieces(under: $0) }
    }
    let pauses = Dictionary(
      uniqueKeysWithValues: sounds.compactMap { sound in
        sound.longestPause.map { (sound.name, $0) }
      })
    let fits = all.map { timer.fit(of: $0.spoken, in: $0.samples) }
    for (index, piece) in all.enumerated() {
      let others = all.indices.filter { $0 != index && all[$0].name == piece.name }
        .compactMap { fits[$0] }
      for wrong in Wrong.allCases {
        guard let words = Self.words(of: index, in: all, made: wrong, using: &random) else {
          continue
        }
        var samples = piece.samples
        if let seconds = wrong.silence {
          guard let pause = pauses[piece.name] else { continue }
          samples = (wrong == .silence ? [] : samples) + Self.repeated(pause, for: seconds)
        }
        let fit = wrong == .none ? fits[index] : timer.fit(of: words, in: samples)
        // Only an honest stretch with little speech is no case.
        guard (fits[index]?.speech ?? 0) >= FitLimits.shortest else { continue }
        let isDoubted = fit.flatMap { limits.doubt(about: $0, among: others) } != nil
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
    case .lorem:
      return own.indices.map { SpokenWord(text: lorem[$0 % lorem.count]) }
    case .silence: return strange.randomElement(using: &random)?.spoken
    case .invented:
      guard let more = strange.randomElement(using: &random)?.spoken, more.count >= 8 else {
        return nil
      }
      return own + more.prefix(15)
    case .end: return own.count >= 8 ? own.dropLast(max(3, own.count / 4)) : nil
    case .sentence:
      // Of the sentences between two others, or at an edge, of four words at least.
      let stops = own.indices.filter { ".!?".contains(own[$0].text.last ?? " ") }.map { $0 + 1 }
      let edges = [0] + stops.filter { $0 < own.count } + [own.count]
      let sentences = zip(edges, edges.dropFirst()).filter { $1 - $0 >= 4 && $1 - $0 < own.count }
      guard let (from, to) = sentences.randomElement(using: &random) else { return nil }
      return Array(own[..<from] + own[to...])
    case .twice: return own.count >= 8 ? own + own : nil
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

  private static let lorem = """
    Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut \
    labore et dolore magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco \
    laboris nisi ut aliquip ex ea commodo consequat.
    """.split(separator: " ").map(String.init)

  private static func repeated(_ samples: ArraySlice<Float>, for seconds: Int) -> [Float] {
    (0..<seconds * WordTimer.sampleRate).map { samples[samples.startIndex + $0 % samples.count] }
  }

  package var description: String {
    Wrong.allCases.compactMap { wrong in
      guard let (found, of) = doubted[wrong] else { return nil }
      let share = Double(found) / Double(of) * 100
      return "\(wrong.rawValue): \(found) of \(of) doubted (\(String(format: "%.1f", share)) %)"
    }.joined(separator: "\n")
  }
}

extension FitTrial.Wrong {
  /// So many seconds without speech are put behind the sound, or in its place.
  fileprivate var silence: Int? {
    switch self {
    case .invented: 6
    case .silence: 10
    default: nil
    }
  }
}

extension LabelledSound {
  /// The middle of the longest pause between two words; nil where none lasts 0.3 s.
  fileprivate var longestPause: ArraySlice<Float>? {
    let pauses = zip(words, words.dropFirst()).map {
      $0.end + 0.1..<max($1.start - 0.1, $0.end + 0.1)
    }
    guard
      let longest = pauses.max(by: {
        $0.upperBound - $0.lowerBound < $1.upperBound - $1.lowerBound
      }),
      longest.upperBound - longest.lowerBound > 0.1
    else { return nil }
    let rate = Double(WordTimer.sampleRate)
    return samples[Int(longest.lowerBound * rate)..<Int(longest.upperBound * rate)]
  }
}
