/// The words that a project knows: what a beginning may become.
struct Lexicon: Equatable, Sendable {
  /// Words, the commonest first.
  private(set) var words: [String]
  /// Speakers' labels, in the order of the keys that insert them.
  private(set) var speakers: [String]

  /// - Parameters:
  ///   - words: the commonest first; each once.
  ///   - speakers: each once.
  init(_ words: [String] = [], speakers: [String] = []) {
    (self.words, self.speakers) = (words, speakers)
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
}
