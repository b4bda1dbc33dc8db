/// `edge`: what must not stand at the first and last place of a worker's clip.
struct EdgeCheck: Check {
  static let key = "edge"
  static let knowsFixes = true
  private let forbidden: Set<Code>
  private let mayBeEmpty: Bool

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    forbidden = Set(try fields.string("marks")?.codes ?? [])
    mayBeEmpty = try fields.bool("empty") ?? true
    guard context.scope == .clip else {
      throw fields.entry.wrong("only clips have edges", "write ‘scope: clip’ in the rule")
    }
    guard !forbidden.isEmpty || !mayBeEmpty else {
      throw fields.entry.wrong("the rule forbids nothing", "write ‘marks: \"—…\"’ or ‘empty: no’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    guard reading.kind.isClip else { return [] }
    let content = reading.trimmed(reading.text)
    guard !content.isEmpty else {
      return mayBeEmpty ? [] : [Violation(range: 0..<reading.codes.count)]
    }
    guard !forbidden.isEmpty else { return [] }
    var violations: [Violation] = []
    var start = content.lowerBound
    while start < content.upperBound, isMark(start, reading) { start += 1 }
    if start > content.lowerBound, !reading.kind.opens, start < content.upperBound {
      var end = start
      while end < content.upperBound, reading.plain[end].isBlank { end += 1 }
      violations.append(Violation(range: content.lowerBound..<end, fix: ""))
    }
    var end = content.upperBound
    while end > start, isMark(end - 1, reading) { end -= 1 }
    if end < content.upperBound, !reading.kind.closes, end > start {
      while end > start, reading.plain[end - 1].isBlank { end -= 1 }
      violations.append(Violation(range: end..<content.upperBound, fix: ""))
    }
    return violations
  }

  /// Whether a dash or an ellipsis stands at `index`: a single full stop is neither.
  private func isMark(_ index: Int, _ reading: Reading) -> Bool {
    let code = reading.plain[index]
    guard forbidden.contains(code) else { return false }
    guard code == 46 || code == 45 else { return true }
    return reading.plain(at: index - 1) == code || reading.plain(at: index + 1) == code
  }
}
