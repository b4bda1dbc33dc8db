import PeciaCore

/// What two texts may differ in when they are scored.
public enum ScoreForm: Sendable {
  /// Everything counts as it was typed; blanks part the words.
  case raw
  /// Tags, time marks, case, and punctuation but apostrophes do not count; hyphens are blanks.
  case words
  /// As `words`, and what agreement takes for the same: `3` and `three`, `Mr` and `mister`.
  case lenient

  /// The words of `text` that count, in order; with `labels`, `Name:` at the start of a line is
  /// among them.
  public func words(of text: String, labels: Bool = true) -> [String] {
    if case .raw = self { return text.split(whereSeparator: \.isWhitespace).map(String.init) }
    let normaliser = Normaliser(Normalisation())
    return MarkedText(text).pieces.flatMap { piece -> [String] in
      switch piece.kind {
      case .tag, .mark: []
      case .label where !labels: []
      case .label, .word:
        if case .lenient = self {
          normaliser.parts(of: String(piece.text)).map(\.word)
        } else {
          Normaliser.cleaned(String(piece.text))
        }
      }
    }
  }
}
