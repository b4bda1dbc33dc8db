/// `conditional`: where one thing stands, another must stand too.
struct ConditionalCheck: Check {
  static let key = "conditional"
  private enum Where: String, CaseIterable { case next, before, behind, anywhere }
  private let first: WordList
  private let then: Pattern
  private let place: Where
  var phrases: [(number: Int, text: String)] { first.phrases }

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    place = try fields.choice("where") ?? .anywhere
    var first = WordList(scope: context.scope)
    for entry in fields.optional("words")?.entries ?? [] {
      try first.add(try entry.string("words"), number: 0, at: entry)
    }
    for entry in fields.optional("pattern")?.entries ?? [] {
      try first.add(
        pattern: try entry.string("pattern"), number: 0, at: entry,
        ignoresCase: try fields.bool("ignoreCase") ?? true)
    }
    guard !first.isEmpty else {
      throw fields.entry.wrong("the rule has no condition", "write ‘words: […]’ or ‘pattern: …’")
    }
    self.first = first
    let then = try fields.required("then")
    let text = try then.string("then")
    self.then = try then.pattern(place == .next ? "\\A(?:\(text))" : text)
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let found = first.hits(in: reading, hits)
    guard !found.isEmpty else { return [] }
    let all = place == .next ? [] : then.matches(in: reading.codes)
    return found.filter { hit in
      switch place {
      case .next:
        // What must come next comes soon: no need to look through the whole text.
        let end = min(reading.codes.count, hit.range.upperBound + 200)
        return !then.matches(any: reading.codes, in: hit.range.upperBound..<end)
      case .before: return !all.contains { $0.range.upperBound <= hit.range.lowerBound }
      case .behind: return !all.contains { $0.range.lowerBound >= hit.range.upperBound }
      case .anywhere: return all.isEmpty
      }
    }.map { Violation(range: $0.range) }
  }
}
