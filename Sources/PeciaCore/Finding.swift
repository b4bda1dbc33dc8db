/// What a style rule says of a text: a value, collected, shown and stored, never thrown.
public struct Finding: Hashable, Codable, Sendable {
  /// How much a finding weighs: an error refuses a submission.
  public enum Level: String, Codable, CaseIterable, Comparable, Sendable {
    case suggestion, warning, error

    private var rank: Int {
      switch self {
      case .suggestion: 0
      case .warning: 1
      case .error: 2
      }
    }
    public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }
  }

  /// The rule's `id`.
  public var rule: String
  public var level: Level
  /// One sentence that tells the worker what to write.
  public var message: String
  /// The stretch of the text, in grapheme clusters from its start.
  public var range: Range<Int>
  /// Where the stretch begins and ends; lines and columns count from 1, columns in grapheme
  /// clusters, and the end is the place behind the last character.
  public var start: TextPlace
  public var end: TextPlace
  /// The text of the stretch.
  public var text: String
  /// What to put in its place; nil where no fix is safe.
  public var fix: String?
  /// The fix with the blank and the comma that go with it; nil where the fix alone is all.
  public var tidy: Change?

  /// A change of a text.
  public struct Change: Hashable, Codable, Sendable {
    /// In grapheme clusters from the text’s start.
    public var range: Range<Int>
    public var text: String

    public init(range: Range<Int>, text: String) {
      self.range = range
      self.text = text
    }
  }

  public init(
    rule: String, level: Level, message: String, range: Range<Int>, start: TextPlace,
    end: TextPlace, text: String, fix: String? = nil, tidy: Change? = nil
  ) {
    self.rule = rule
    self.level = level
    self.message = message
    self.range = range
    self.start = start
    self.end = end
    self.text = text
    self.fix = fix
    self.tidy = tidy
  }
}

/// A place in a text; both count from 1, columns in grapheme clusters.
public struct TextPlace: Hashable, Codable, Sendable, Comparable {
  public var line: Int
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  public static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.line, lhs.column) < (rhs.line, rhs.column)
  }
}
