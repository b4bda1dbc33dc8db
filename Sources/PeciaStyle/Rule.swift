public import PeciaCore

/// One rule of a style guide, as its YAML states it.
public struct Rule: Sendable {
  /// Texts that keep the rule, and texts that break it.
  public struct Examples: Hashable, Sendable {
    public struct Example: Hashable, Sendable {
      public var text: String
      /// How long the clip of the text is; nil where the rule does not ask.
      public var duration: Timestamp?
    }
    public var right: [Example] = []
    public var wrong: [Example] = []
    /// What the fix makes of each wrong text; nil where it leaves it alone, empty without a fix.
    public var fixed: [String?] = []
  }
  enum Fix: Hashable, Sendable {
    case none
    /// As the check knows it.
    case own
    case remove
    /// Put this there; `$1` stands for the pattern’s first group.
    case with(String)
  }

  /// `section.name`: the part before the point is the heading that it stands under.
  public let id: String
  public let level: Finding.Level
  public let message: Message
  /// Why the rule is there; empty where it speaks for itself.
  public let reason: String
  public let examples: Examples
  /// Whether the examples come from a guide that this one extends.
  public let isInherited: Bool
  /// The words that the rule names.
  let lists: [NamedList]
  let scope: Scope
  let fix: Fix
  let check: any Check
  /// The rule’s place in its file.
  let place: StyleError.Place

  /// The name of the check, as it stands under `check:`.
  public var checkName: String { type(of: check).key }
  /// Whether findings come with a text to put in place.
  public var fixes: Bool { fix != .none }

  /// How the rule’s examples are read: as clips, captions, or whole transcripts.
  public func kind(of example: Examples.Example) -> TextKind {
    if scope == .clip || example.duration != nil {
      return .submission(duration: example.duration)
    }
    return scope == .cue || check is any CaptionCheck
      ? .captions : .transcript(duration: example.duration)
  }
}

/// A check that looks at captions and at nothing else.
protocol CaptionCheck: Check {}

/// A rule's message with places in braces: `write ‘{fix}’`.
public struct Message: Hashable, Sendable {
  public let template: String

  /// The names in braces.
  var placeholders: [String] {
    template.split(separator: "{", omittingEmptySubsequences: false).dropFirst()
      .compactMap { part in part.firstIndex(of: "}").map { String(part[..<$0]) } }
  }

  func filled(_ values: [String: String]) -> String { Self.fill(template, values) }

  /// The message as a rule for any text: what it says of one text alone (`; it stands {value} s`)
  /// is left out.
  func general(_ values: [String: String]) -> String {
    let clauses = template.split(separator: "; ")
    let kept = clauses.filter { !$0.contains("{value}") || $0.contains("{limit}") }
    return Self.fill((kept.isEmpty ? clauses : kept).joined(separator: "; "), values)
  }

  private static func fill(_ template: String, _ values: [String: String]) -> String {
    guard template.contains("{") else { return template }
    return values.reduce(template) { $0.replacing("{\($1.key)}", with: $1.value) }
  }
}

extension Rule {
  /// Words that a rule looks for, allows or leaves alone.
  struct NamedList: Hashable, Sendable {
    /// What they are to the rule: `allowed`.
    var label: String
    var items: [String]
  }

  /// The lists under `check:`, in the order of the file.
  static func lists(in check: Entry) -> [NamedList] {
    let labels = [
      "words": "words", "swap": "instead", "either": "pairs", "known": "allowed",
      "exact": "written", "notAfter": "not last", "except": "but not",
    ]
    let fields = check.pairs?.first?.value.pairs ?? []
    return fields.compactMap { field in
      guard let label = field.key.text.flatMap({ labels[$0] }) else { return nil }
      let items =
        field.value.pairs?.map { "\($0.key.text ?? "") → \($0.value.shown)" }
        ?? field.value.list?.map(\.shown) ?? []
      return items.isEmpty ? nil : NamedList(label: label, items: items)
    }
  }
}

extension Entry {
  /// A scalar, or a list's scalars with strokes between.
  fileprivate var shown: String { text ?? (list ?? []).compactMap(\.text).joined(separator: " / ") }
}
