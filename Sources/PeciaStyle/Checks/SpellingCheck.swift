/// `spelling`: words that stand in a hunspell dictionary, where the system has one.
struct SpellingCheck: Check {
  static let key = "spelling"
  static let placeholders: Set<String> = ["meant"]
  private let dictionary: SpellingDictionary?
  private let name: String
  private let known: Set<String>
  /// Whether the dictionary's language is written in Latin letters.
  private let isLatin: Bool

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let entry = try fields.required("dictionary")
    name = try entry.string("dictionary")
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-".contains($0) }) else {
      throw entry.wrong("‘\(name)’ is no dictionary’s name", "write a name such as en_US")
    }
    dictionary = SpellingDictionary.found(name)
    isLatin = dictionary?.isLatin ?? true
    known = Set(
      (try fields.strings("except") + context.vocabulary.words + context.vocabulary.names)
        .flatMap { $0.lowercased().split(separator: " ").map(String.init) })
  }

  /// What to tell the user where the check cannot run.
  var note: String? {
    dictionary == nil
      ? "spelling is not checked: the hunspell dictionary ‘\(name)’ is not installed" : nil
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    guard let dictionary else { return [] }
    // What is wrong, with the word that is meant; nil for what is right.
    var judged: [String: String?] = [:]
    return reading.words.compactMap { word in
      guard !reading.plain[word.range].contains(where: { $0.isDigit || $0 == 46 }),
        isOfItsScript(word, reading)
      else { return nil }
      let text = reading.string(word.range)
      let meant: String?
      if let known = judged[text] {
        meant = known
      } else {
        meant = knows(text, dictionary) ? nil : dictionary.meant(by: text) ?? Self.another
        judged[text] = .some(meant)
      }
      return meant.map { Violation(range: word.range, values: ["meant": $0]) }
    }
  }

  /// What a message says where no word is near.
  private static let another = "another word"

  private func knows(_ text: String, _ dictionary: SpellingDictionary) -> Bool {
    let small = text.lowercased().replacing("’", with: "'")
    if known.contains(small) || dictionary.knows(text) { return true }
    // Whose it is, and parts with hyphens, of the job's own words.
    return small.split(separator: "-").allSatisfy { part in
      let bare =
        part.hasSuffix("'s") ? part.dropLast(2) : part.hasSuffix("'") ? part.dropLast() : part
      return known.contains(String(bare)) || dictionary.knows(String(part))
    }
  }

  /// Whether a word is of letters that a dictionary may hold: not of another script than its own.
  private func isOfItsScript(_ word: Reading.Word, _ reading: Reading) -> Bool {
    !isLatin
      || reading.plain[word.range].allSatisfy { $0 < 0x250 || (0x2010...0x2019).contains($0) }
  }
}
