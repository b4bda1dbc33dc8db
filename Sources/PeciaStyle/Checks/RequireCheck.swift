/// `require`: what every stretch of the rule's scope must hold.
struct RequireCheck: Check {
  static let key = "require"
  private enum Where: String, CaseIterable { case start, end, anywhere }
  private let pattern: Pattern
  private let place: Where
  private let once: Bool
  private let scope: Scope

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    place = try fields.choice("at") ?? .anywhere
    once = try fields.bool("once") ?? false
    scope = context.scope
    let ignoresCase = try fields.bool("ignoreCase") ?? false
    let entry = try fields.required("pattern")
    let text = try entry.string("pattern")
    _ = try entry.pattern(text, ignoresCase: ignoresCase)
    switch place {
    case .start: pattern = try entry.pattern("\\A(?:\(text))", ignoresCase: ignoresCase)
    case .end: pattern = try entry.pattern("(?:\(text))\\z", ignoresCase: ignoresCase)
    case .anywhere: pattern = try entry.pattern(text, ignoresCase: ignoresCase)
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    reading.stretches(scope).flatMap { stretch -> [Violation] in
      let range = reading.trimmed(stretch)
      guard !range.isEmpty else { return [] }
      let matches = pattern.matches(in: reading.codes, range: range)
      if once, matches.count > 1 { return matches.dropFirst().map { Violation(range: $0.range) } }
      guard matches.isEmpty else { return [] }
      let words = reading.words(in: range)
      let near = place == .end ? words.last : words.first
      return [Violation(range: near?.range ?? range)]
    }
  }
}
