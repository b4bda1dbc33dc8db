/// One caption: a text that stands on the screen for a stretch of time.
public struct Cue: Hashable, Sendable {
  /// The cue's own identifier; nil where it has none.
  public var id: String?
  public var range: TimeRange
  /// Plain text without markup, its lines parted by `\n`.
  public var text: String
  public var speaker: String?
  /// The form's own settings as they stand in the file (`line:0 align:start`), if any.
  public var settings: String?
  /// The words and their times, where they are known.
  public var words: [TimedWord]

  public init(
    id: String? = nil, range: TimeRange, text: String, speaker: String? = nil,
    settings: String? = nil, words: [TimedWord] = []
  ) {
    self.id = id
    self.range = range
    self.text = text
    self.speaker = speaker
    self.settings = settings
    self.words = words
  }

  public var lines: [Substring] {
    text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
  }
}
