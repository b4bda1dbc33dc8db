public import PeciaCore

/// Captions as a file holds them: cues with their markup, and what stands around them.
public struct Captions: Hashable, Sendable {
  /// A cue with what its text looks like.
  public struct Entry: Hashable, Sendable {
    public var cue: Cue
    /// The cue's text in stretches of one look; empty where it is plain.
    public var spans: [Span]
    /// The end as the file states it, where that lies before the cue's start; else nil.
    public var statedEnd: Timestamp?

    public init(_ cue: Cue, spans: [Span] = []) {
      self.cue = cue
      self.spans = spans
    }

    /// What a file has as the cue's end.
    public var end: Timestamp { statedEnd ?? cue.range.upperBound }
  }

  /// A language code; nil where the file states none.
  public var language: String?
  /// What the file calls itself.
  public var title: String?
  public var entries: [Entry]
  /// WebVTT's `STYLE` blocks, as they stand in the file.
  public var styles: [String]
  /// WebVTT's regions: the settings of each, as they stand in the file.
  public var regions: [String]
  /// Comments, each with the place of the cue that it stands before.
  public var notes: [Note]

  public struct Note: Hashable, Sendable {
    public var before: Int
    public var text: String

    public init(before: Int, text: String) {
      self.before = before
      self.text = text
    }
  }

  public init(
    language: String? = nil, title: String? = nil, entries: [Entry] = [], styles: [String] = [],
    regions: [String] = [], notes: [Note] = []
  ) {
    self.language = language
    self.title = title
    self.entries = entries
    self.styles = styles
    self.regions = regions
    self.notes = notes
  }

  public init(_ cues: [Cue], language: String? = nil, title: String? = nil) {
    self.init(language: language, title: title, entries: cues.map { Entry($0) })
  }

  public var cues: [Cue] { entries.map(\.cue) }

  /// Whether there is more than words, times and speakers: markup, settings, notes.
  public var isMarked: Bool {
    !styles.isEmpty || !regions.isEmpty || !notes.isEmpty
      || entries.contains { $0.isMarked || $0.cue.settings != nil }
  }
}

/// A stretch of a cue's text that looks and speaks alike.
public struct Span: Hashable, Sendable {
  public struct Style: OptionSet, Hashable, Sendable {
    public var rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    public static let bold = Style(rawValue: 1)
    public static let italic = Style(rawValue: 2)
    public static let underline = Style(rawValue: 4)
    /// The words that stand beside others and say how to read them.
    public static let rubyText = Style(rawValue: 8)
    /// The words that a ruby text stands beside.
    public static let rubyBase = Style(rawValue: 16)
  }

  /// Without markup; lines are parted by `\n`.
  public var text: String
  public var style: Style
  /// WebVTT's classes, in order.
  public var classes: [String]
  public var voice: String?
  public var language: String?
  /// When the text is said, where a time mark stands before it.
  public var time: Timestamp?

  public init(
    _ text: String, style: Style = [], classes: [String] = [], voice: String? = nil,
    language: String? = nil, time: Timestamp? = nil
  ) {
    self.text = text
    self.style = style
    self.classes = classes
    self.voice = voice
    self.language = language
    self.time = time
  }

  /// Whether there is more to it than a voice and bold, italic or underlined letters.
  var hasMoreThanLooks: Bool {
    !classes.isEmpty || language != nil || time != nil
      || !style.isDisjoint(with: [.rubyBase, .rubyText])
  }

  /// Whether the text looks like any other.
  var isPlain: Bool {
    style.isEmpty && classes.isEmpty && voice == nil && language == nil && time == nil
  }
}
