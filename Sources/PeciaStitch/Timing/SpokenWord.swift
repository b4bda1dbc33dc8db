public import PeciaCore

/// A word of a text whose time is looked for.
public struct SpokenWord: Hashable, Sendable {
  /// As it is written, with its punctuation.
  public var text: String
  /// Whether this is a tag (`[laughs]`): no speech is looked for under it.
  public var isTag: Bool
  /// A time mark that stands before the word, from the sound's start; nil without one.
  public var anchor: Timestamp?

  public init(text: String, isTag: Bool = false, anchor: Timestamp? = nil) {
    self.text = text
    self.isTag = isTag
    self.anchor = anchor
  }
}

extension SpokenWord {
  /// The words and tags of a text, in order; a time mark goes to the word behind it.
  public static func words(of text: MarkedText) -> [SpokenWord] {
    var anchor: Timestamp?
    return text.pieces.compactMap { piece in
      switch piece.kind {
      case .label: return nil
      case .mark(let time):
        anchor = time
        return nil
      case .word, .tag:
        defer { anchor = nil }
        return SpokenWord(text: String(piece.text), isTag: piece.kind == .tag, anchor: anchor)
      }
    }
  }
}

/// How strongly the punctuation behind a word asks for a pause.
enum Punctuation: Int, Comparable {
  case none, comma, stop

  static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// What the last sign of `word` says; closing quotes and brackets do not count.
  init(endOf word: some StringProtocol) {
    let closing: Set<Character> = ["\"", "'", "”", "’", "»", "«", "“", ")", "]", "}", "*", "_"]
    switch word.last(where: { !closing.contains($0) }) {
    case ".", "!", "?", "…", "。", "！", "？", "؟", "।": self = .stop
    case ",", ";", ":", "-", "–", "—", "、", "，", "；", "：", "،": self = .comma
    default: self = .none
    }
  }
}
