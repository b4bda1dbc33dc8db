/// `spelling`: words that stand in a hunspell dictionary, where the system has one.
struct SpellingCheck: Check {
  static let key = "spelling"
  private let dictionary: SpellingDictionary?
  private let name: String
  private let known: Set<String>

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let entry = try fields.required("dictionary")
    name = try entry.string("dictionary")
    guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || "_-".contains($0) }) else {
      throw entry.wrong("‘\(name)’ is no dictionary’s name", "write a name such as en_US")
    }
    dictionary = SpellingDictionary.found(name)
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
    var judged: [String: Bool] = [:]
    return reading.words.compactMap { word in
      guard !reading.plain[word.range].contains(where: \.isDigit) else { return nil }
      let text = reading.string(word.range)
      let right = judged[text] ?? (known.contains(text.lowercased()) || dictionary.knows(text))
      judged[text] = right
      return right ? nil : Violation(range: word.range)
    }
  }
}
