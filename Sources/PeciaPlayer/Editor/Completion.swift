/// The words that a project knows: what a beginning may become, and how names are spelled.
struct Lexicon: Equatable, Sendable {
  /// Words, the commonest first.
  private(set) var words: [String]
  /// By small letters, for those that hold a capital: `kowalski` → `Kowalski`.
  private var names: [String: String] = [:]
  private var known: Set<String> = []

  /// - Parameter words: The commonest first; each once.
  init(_ words: [String] = []) {
    self.words = words
    for word in words {
      known.insert(word)
      let small = word.lowercased()
      if small != word, names[small] == nil { names[small] = word }
    }
    // A word that is also written small is no name.
    for word in words where word == word.lowercased() { names[word] = nil }
  }

  /// The words that `beginning` may become, the commonest first; words of the text count too.
  func completions(of beginning: String, also text: [String] = [], limit: Int = 9) -> [String] {
    guard !beginning.isEmpty else { return [] }
    let small = beginning.lowercased()
    var seen: Set<String> = []
    var found: [String] = []
    for word in words + text where word.count > beginning.count {
      guard word.lowercased().hasPrefix(small), seen.insert(word).inserted else { continue }
      found.append(word)
      if found.count == limit { break }
    }
    return found
  }

  /// How the project spells `word`, where it is a name spelled otherwise; nil where it is right
  /// or not known.
  func spelling(of word: String) -> String? {
    guard word.count > 2, !known.contains(word) else { return nil }
    return names[word.lowercased()].flatMap { $0 == word ? nil : $0 }
  }
}
