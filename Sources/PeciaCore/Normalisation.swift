/// What two texts may differ in and still say the same: a guide decides, agreement obeys.
///
/// Case, punctuation, the form of quotes and dashes, blanks, time marks and Unicode form never
/// count; words always do.
public struct Normalisation: Hashable, Codable, Sendable {
  /// A language code (`en`): chooses number words and spellings.
  public var language: String
  /// Words that are left out before comparing (`um`, `uh`), in lower case.
  public var ignoredWords: Set<String>
  /// Whether the same word or phrase twice in a row counts once (stutters, repeats).
  public var ignoresRepeats: Bool
  /// Whether `3` and `three` are the same.
  public var ignoresNumberForm: Bool
  /// Spellings that count as the same: each maps a form to the one it stands for, in lower case.
  public var sameSpellings: [String: String]
  /// Whether tags (`[laughs]`) are left out.
  public var ignoresTags: Bool

  public init(
    language: String = "en", ignoredWords: Set<String> = [], ignoresRepeats: Bool = false,
    ignoresNumberForm: Bool = true, sameSpellings: [String: String] = [:],
    ignoresTags: Bool = true
  ) {
    self.language = language
    self.ignoredWords = ignoredWords
    self.ignoresRepeats = ignoresRepeats
    self.ignoresNumberForm = ignoresNumberForm
    self.sameSpellings = sameSpellings
    self.ignoresTags = ignoresTags
  }
}
