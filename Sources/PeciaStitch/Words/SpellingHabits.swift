import Foundation

/// Whether a job's texts rather write a word in two (`of course`) or in one (`tomorrow`).
struct SpellingHabits {
  /// By the word in two, what a text that writes it so weighs more than one that joins it.
  private var factors: [String: Double] = [:]

  /// How far the habit of all texts counts beside the votes on the place itself; tuned on dev-clean
  /// of CrowdSpeech.
  private static let power = 0.4
  /// Writings of each form that are taken for granted.
  private static let prior = 2.0

  init() {}

  /// Learns from all `texts` of a job how often they write the words that `JoinedWords` joined.
  init(of texts: [HeardText]) {
    var pairs: [String: String] = [:]
    for piece in texts.lazy.flatMap(\.pieces) where piece.tokens.count == 1 {
      if let parts = Self.parts(of: piece.text) {
        pairs[parts.joined()] = parts.joined(separator: " ")
      }
    }
    guard !pairs.isEmpty else { return }
    var counts: [String: Double] = [:]
    for text in texts {
      var before = ""
      for piece in text.pieces {
        for word in Normaliser.cleaned(piece.text) {
          if pairs[word] != nil { counts[word, default: 0] += 1 }
          if pairs[before + word] != nil { counts[before + " " + word, default: 0] += 1 }
          before = word
        }
      }
    }
    for (joined, parted) in pairs {
      let odds =
        (counts[parted, default: 0] + Self.prior) / (counts[joined, default: 0] + Self.prior)
      factors[parted] = pow(odds, Self.power)
    }
  }

  /// What the form of a word as it was typed weighs; 1 for one that nobody parts.
  func factor(of form: String) -> Double {
    guard !factors.isEmpty, let parts = Self.parts(of: form) else { return 1 }
    return factors[parts.joined(separator: " ")] ?? 1
  }

  /// Whether a form parts its word in two, by a blank or a hyphen: both ways back each other.
  static func isParted(_ form: String) -> Bool { parts(of: form) != nil }

  private static func parts(of form: String) -> [String]? {
    guard form.utf8.contains(where: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else {
      return nil
    }
    let parts = Normaliser.cleaned(form)
    return parts.count == 2 ? parts : nil
  }
}
