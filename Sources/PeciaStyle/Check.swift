/// A kind of check that rules are made of, as the YAML under `check:` states it.
///
/// To add a kind: a file in `Checks/`, and a line in `Checks.all`.
protocol Check: Sendable {
  /// The key under `check:`.
  static var key: String { get }
  /// What a message may hold in braces beside `{match}` and `{fix}`.
  static var placeholders: Set<String> { get }
  /// Whether the check knows fixes of its own (`fix: yes`).
  static var knowsFixes: Bool { get }
  /// Whether its fixes may change tags, labels and times.
  static var changesMarks: Bool { get }

  init(_ fields: inout Fields, _ context: RuleContext) throws
  /// Whether it holds for texts of every language: it looks at no words, and at no signs that
  /// languages use differently.
  var isForAnyLanguage: Bool { get }
  /// The words and phrases to look up in every text, numbered; exceptions are negative.
  var phrases: [(number: Int, text: String)] { get }
  /// What in `reading` breaks the rule, in any order; `hits` are the places of `phrases`.
  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation]
}

extension Check {
  static var placeholders: Set<String> { [] }
  static var knowsFixes: Bool { false }
  static var changesMarks: Bool { false }
  var phrases: [(number: Int, text: String)] { [] }
  var isForAnyLanguage: Bool { false }
}

/// What a check may need to know of its rule and guide.
struct RuleContext {
  var scope: Scope
  var vocabulary: Vocabulary
  var language: String
}

/// Words of the job: they belong to the project, and the rules know them.
struct Vocabulary: Hashable, Sendable {
  /// Words that are right as they are.
  var words: [String] = []
  /// Names of people and places.
  var names: [String] = []
  /// Tags allowed beside the guide's own, without brackets.
  var tags: [String] = []
  /// The speakers' labels, without colon; empty where any label will do.
  var speakers: [String] = []
}

/// The stretches of a text that a rule looks at, each by itself.
enum Scope: String, CaseIterable, Sendable {
  case text, line, sentence, turn, tag, label, cue
  /// The whole text, but only of a worker's clip.
  case clip
  /// The whole text with its tags and labels, but never of a clip.
  case transcript
  /// All characters, tags and labels included.
  case raw
}

/// A place that breaks a rule.
struct Violation: Hashable, Sendable {
  /// Unicode scalars from the text's start.
  var range: Range<Int>
  /// What to put there.
  var fix: String?
  /// What to change in fact, where tidy work needs more than `range`: blanks, a capital.
  var edit: Edit?
  /// What the message's braces stand for.
  var values: [String: String] = [:]
}

/// A change of a text, in Unicode scalars.
struct Edit: Hashable, Sendable {
  var range: Range<Int>
  var text: String
  /// Whether its rule is about tags, labels or times, and so may make new ones.
  var isAboutMarks = false
}

extension Reading {
  /// The stretches that `scope` names, in order.
  func stretches(_ scope: Scope) -> [Range<Int>] {
    switch scope {
    case .text, .raw: [text]
    case .clip: kind.isClip ? [text] : []
    case .transcript: kind.isClip ? [] : [text]
    case .line: lines
    case .sentence: sentences
    case .turn: turns.map(\.body)
    case .tag: marks(.tag).map { $0.range.lowerBound + 1..<$0.range.upperBound - 1 }
    case .label: marks(.label).map(\.range)
    case .cue: cues.map { range(ofLines: $0.lines) }
    }
  }

  /// The characters that a pattern of `scope` sees.
  func characters(_ scope: Scope) -> [Code] {
    switch scope {
    case .tag, .label, .raw, .transcript: codes
    default: plain
    }
  }

  /// From the first line's start to the last line's end.
  func range(ofLines numbers: Range<Int>) -> Range<Int> {
    guard let first = numbers.first, let last = numbers.last else {
      let place =
        lines.indices.contains(numbers.lowerBound)
        ? lines[numbers.lowerBound].lowerBound : codes.count
      return place..<place
    }
    return lines[first].lowerBound..<lines[last].upperBound
  }
}
