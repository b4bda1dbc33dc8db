import PeciaCore

/// A text as the words by which it is compared with others.
///
/// Case, signs at the ends of words, and what the guide ignores do not count.
struct ComparedWords: Equatable, Sendable {
  let characters: [Character]
  private(set) var keys: [String] = []
  /// Where each word stands, in characters of the text.
  private(set) var ranges: [Range<Int>] = []

  init(_ text: String, _ normalisation: Normalisation) {
    characters = Array(text)
    for piece in MarkedText(text).pieces {
      guard let key = Self.key(of: piece, normalisation) else { continue }
      keys.append(key)
      ranges.append(piece.range)
    }
  }

  /// Words one by one; the range of each is its number.
  init(words: [String], _ normalisation: Normalisation) {
    characters = []
    for (number, word) in words.enumerated() {
      let isTag = word.hasPrefix("[") && normalisation.ignoresTags
      guard !isTag, let key = Self.key(of: word, normalisation) else { continue }
      keys.append(key)
      ranges.append(number..<number + 1)
    }
  }

  private static func key(of piece: MarkedText.Piece, _ normalisation: Normalisation) -> String? {
    switch piece.kind {
    case .mark: return nil
    case .label(let name): return "\(name.lowercased()):"
    case .tag: return normalisation.ignoresTags ? nil : piece.text.lowercased()
    case .word: return key(of: piece.text, normalisation)
    }
  }

  private static func key(of word: some StringProtocol, _ normalisation: Normalisation) -> String? {
    let plain = word.lowercased().filter { $0.isLetter || $0.isNumber }
    let key = normalisation.sameSpellings[plain] ?? plain
    return key.isEmpty || normalisation.ignoredWords.contains(key) ? nil : key
  }

  /// The characters that the words `span` take; of no words, what lies between their neighbours.
  func range(of span: Range<Int>) -> Range<Int> {
    if let first = span.first, let last = span.last {
      return ranges[first].lowerBound..<ranges[last].upperBound
    }
    let start = span.lowerBound > 0 ? ranges[span.lowerBound - 1].upperBound : 0
    let end =
      span.lowerBound < ranges.count ? ranges[span.lowerBound].lowerBound : characters.count
    return start..<max(end, start)
  }

  /// What was typed for the words `span`.
  func text(of span: Range<Int>) -> String {
    span.isEmpty ? "" : String(characters[range(of: span)])
  }

  /// For each word the one of `other` that it stands for, along a longest common run; nil where
  /// `other` lacks it.
  func matches(in other: ComparedWords) -> [Int?] {
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in other.keys.difference(from: keys) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var there = other.keys.indices.lazy.filter { !inserted.contains($0) }.makeIterator()
    return keys.indices.map { removed.contains($0) ? nil : there.next() }
  }

  /// The characters of this text that belong to words which `other` lacks.
  func differing(from other: ComparedWords) -> Set<Int> {
    Set(zip(ranges, matches(in: other)).filter { $1 == nil }.flatMap { $0.0 })
  }
}
