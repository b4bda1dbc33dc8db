/// `occurrence`: how often something may stand in a text, a sentence, so many words or a minute.
struct OccurrenceCheck: Check {
  static let key = "occurrence"
  static let placeholders: Set<String> = ["limit", "value"]
  private enum Per: String, CaseIterable { case stretch, clip, hundredWords, minute }
  private let list: WordList
  private let most: Double
  private let per: Per
  private let scope: Scope
  var phrases: [(number: Int, text: String)] { list.phrases }

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    scope = context.scope
    var list = WordList(scope: context.scope)
    for entry in fields.optional("words")?.entries ?? [] {
      try list.add(try entry.string("words"), number: 0, at: entry)
    }
    let ignoresCase = try fields.bool("ignoreCase") ?? true
    for entry in fields.optional("pattern")?.entries ?? [] {
      try list.add(
        pattern: try entry.string("pattern"), number: 0, at: entry, ignoresCase: ignoresCase)
    }
    per = try fields.choice("per") ?? .stretch
    guard let most = try fields.number("most", in: 0...10_000) else {
      throw fields.entry.wrong("the rule has no bound", "write ‘most: 3’")
    }
    self.most = most
    guard !list.isEmpty else {
      throw fields.entry.wrong("the rule counts nothing", "write ‘words: […]’ or ‘pattern: …’")
    }
    self.list = list
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let found = list.hits(in: reading, hits)
    guard !found.isEmpty else { return [] }
    let stretches = scope == .tag || scope == .label ? [reading.text] : reading.stretches(scope)
    return stretches.compactMap { stretch in
      let inside = found.filter { stretch.contains($0.range.lowerBound) }
      guard let allowed = allowed(in: stretch, reading), Double(inside.count) > allowed else {
        return nil
      }
      let first = inside[min(Int(allowed), inside.count - 1)]
      return Violation(
        range: first.range, values: ["limit": Self.shown(most), "value": "\(inside.count)"])
    }
  }

  /// How many the stretch may hold; nil where that cannot be said.
  private func allowed(in stretch: Range<Int>, _ reading: Reading) -> Double? {
    switch per {
    case .stretch: return most
    case .clip: return reading.kind.isClip ? most : nil
    case .hundredWords:
      let words = reading.words(in: stretch).count
      // A handful of words is too few for a rate.
      return words < 50 ? max(most, 3) : most * Double(words) / 100
    case .minute:
      guard let duration = reading.kind.duration else { return nil }
      return most * max(1, duration.seconds / 60)
    }
  }

  static func shown(_ number: Double) -> String {
    number == number.rounded() ? String(Int(number)) : String(number)
  }
}
