/// A worker's text in its pieces: speaker labels, words, tags and time marks.
///
/// `Name:` at the start of a line names the speaker, `[lower case]` is a tag, `<12.48>` is a time
/// mark; all else between blanks is a word, with its punctuation. Every character that is not
/// blank belongs to exactly one piece.
public struct MarkedText: Hashable, Sendable {
  public struct Piece: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      case word
      /// `[laughs]`, with any punctuation that touches it.
      case tag
      /// `<12.48>`: seconds from the clip's start.
      case mark(Timestamp)
      /// `Ana:`; the name is without the colon.
      case label(name: String)
    }
    public var kind: Kind
    public var text: Substring
    /// The line that it stands on, from 0.
    public var line: Int
    /// Grapheme clusters from the text's start.
    public var range: Range<Int>
  }

  public var text: String
  /// In the order of the text.
  public var pieces: [Piece]

  public init(_ text: String) {
    self.text = text
    pieces = []
    var scanner = Scanner(text: text)
    while let piece = scanner.next() { pieces.append(piece) }
  }

  /// The words and tags with the speaker that holds for each; nil before the first label.
  public var spoken: [(piece: Piece, speaker: String?)] {
    var speaker: String?
    return pieces.compactMap { piece in
      switch piece.kind {
      case .label(let name):
        speaker = name
        return nil
      case .mark: return nil
      case .word, .tag: return (piece, speaker)
      }
    }
  }
}

extension MarkedText {
  /// Walks the text once, left to right.
  private struct Scanner {
    let text: String
    var index: String.Index
    var offset = 0
    var line = 0
    var atLineStart = true

    init(text: String) {
      self.text = text
      index = text.startIndex
    }

    mutating func next() -> Piece? {
      while index < text.endIndex, text[index].isWhitespace {
        if text[index].isNewline {
          line += 1
          atLineStart = true
        }
        text.formIndex(after: &index)
        offset += 1
      }
      guard index < text.endIndex else { return nil }
      defer { atLineStart = false }
      if atLineStart, let (name, end) = label() { return take(.label(name: name), until: end) }
      if let (time, end) = mark() { return take(.mark(time), until: end) }
      if let end = tag() { return take(.tag, until: end) }
      return take(.word, until: wordEnd(from: index))
    }

    private mutating func take(_ kind: Piece.Kind, until end: String.Index) -> Piece {
      let piece = text[index..<end]
      let length = piece.count
      defer {
        index = end
        offset += length
      }
      return Piece(kind: kind, text: piece, line: line, range: offset..<offset + length)
    }

    /// The blank behind the word, or the time mark that touches its end.
    private func wordEnd(from start: String.Index) -> String.Index {
      var end = start
      while end < text.endIndex, !text[end].isWhitespace {
        if text[end] == "<", end > start, mark(at: end) != nil { break }
        text.formIndex(after: &end)
      }
      return end
    }

    private func mark() -> (Timestamp, String.Index)? { mark(at: index) }

    private func mark(at start: String.Index) -> (Timestamp, String.Index)? {
      guard text[start] == "<" else { return nil }
      let inside = text[text.index(after: start)...].prefix { $0 != ">" && !$0.isWhitespace }
      guard inside.endIndex < text.endIndex, text[inside.endIndex] == ">",
        let time = Timestamp(decimalSeconds: inside)
      else { return nil }
      return (time, text.index(after: inside.endIndex))
    }

    /// The end of a bracketed tag that begins here, the punctuation that touches it included.
    private func tag() -> String.Index? {
      guard text[index] == "[" else { return nil }
      let inside = text[text.index(after: index)...].prefix {
        !"[]".contains($0) && !$0.isNewline
      }
      guard !inside.isEmpty, inside.endIndex < text.endIndex, text[inside.endIndex] == "]"
      else { return nil }
      let behind = text.index(after: inside.endIndex)
      let rest = text[behind...].prefix { !$0.isWhitespace && !"[<".contains($0) }
      return rest.contains { $0.isLetter || $0.isNumber } ? behind : rest.endIndex
    }

    /// A label of one to four words that begins with a capital, a digit or a letter without case,
    /// and ends in a colon with a blank or the line's end behind it.
    private func label() -> (String, String.Index)? {
      let first = text[index]
      guard first.isUppercase || first.isDigit || (first.isLetter && !first.isCased) else {
        return nil
      }
      let name = text[index...].prefix(61).prefix {
        $0.isLetter || $0.isNumber || " .'’-_&#".contains($0)
      }
      guard name.count <= 60, name.last?.isWhitespace == false, name.endIndex < text.endIndex,
        text[name.endIndex] == ":", !name.allSatisfy({ $0.isNumber }),
        name.split(separator: " ").count <= 4
      else { return nil }
      let behind = text.index(after: name.endIndex)
      guard behind == text.endIndex || text[behind].isWhitespace else { return nil }
      return (String(name), behind)
    }
  }
}

extension MarkedText {
  /// Whether a tag says that nothing is said.
  public static func saysSilence(_ tag: some StringProtocol) -> Bool {
    ["[silence]", "[silent]", "[no speech]"].contains(tag.lowercased())
  }
}
