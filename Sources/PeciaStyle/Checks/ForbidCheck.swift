/// `forbid`: words, phrases or patterns that must not stand in a text.
struct ForbidCheck: PatternCheck {
  static let key = "forbid"
  let list: WordList
  var phrases: [(number: Int, text: String)] { list.phrases }
  /// The group of the pattern that is the finding; 0 for the whole match.
  private let group: Int
  /// The words as the guide lists them, without patterns.
  let words: [String]

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    var list = WordList(scope: context.scope)
    let ignoresCase = try fields.bool("ignoreCase") ?? true
    let wordsEntry = fields.optional("words")
    let patterns = fields.optional("pattern")
    let exceptions = fields.optional("except")
    let exceptPatterns = fields.optional("exceptPattern")
    group = try fields.int("group", in: 0...9) ?? 0
    var number = 0
    for entry in wordsEntry?.entries ?? [] {
      try list.add(try entry.string("words"), number: number, at: entry)
      number += 1
    }
    for entry in patterns?.entries ?? [] {
      try list.add(
        pattern: try entry.string("pattern"), number: number, at: entry, ignoresCase: ignoresCase)
      number += 1
    }
    words = try wordsEntry?.entries.map { try $0.string("words") } ?? []
    // Names belong to the project: without any the rule waits for them.
    let wantsNames = try fields.bool("names") ?? false
    if wantsNames {
      for name in context.vocabulary.names {
        try list.add(name, number: number, at: fields.entry)
        number += 1
      }
    }
    guard number > 0 || wantsNames else {
      throw fields.entry.wrong("the rule forbids nothing", "write ‘words: […]’ or ‘pattern: …’")
    }
    for entry in exceptions?.entries ?? [] {
      let text = try entry.string("except")
      if words.contains(where: { $0.lowercased() == text.lowercased() }) {
        throw entry.wrong(
          "‘\(text)’ is forbidden and excepted in one rule, so the rule never fires for it",
          "leave it in one of the two")
      }
      try list.add(text, number: -1, at: entry)
    }
    for entry in exceptPatterns?.entries ?? [] {
      try list.add(
        pattern: try entry.string("exceptPattern"), number: -1, at: entry,
        ignoresCase: ignoresCase)
    }
    self.list = list
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    list.hits(in: reading, hits).map { hit in
      var values: [String: String] = [:]
      for (number, group) in hit.groups.enumerated() {
        values["$\(number + 1)"] = group.map { reading.string($0) } ?? ""
      }
      let marked = hit.groups.indices.contains(group - 1) ? hit.groups[group - 1] : nil
      return Violation(range: marked ?? hit.range, values: values)
    }
  }
}
