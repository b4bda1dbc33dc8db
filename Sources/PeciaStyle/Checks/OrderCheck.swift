/// `order`: headings that stand once each, in the order of the list.
struct OrderCheck: Check {
  static let key = "order"
  static let placeholders: Set<String> = ["first"]
  private let steps: [(pattern: Pattern, source: String)]

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let entry = try fields.required("patterns")
    let ignoresCase = try fields.bool("ignoreCase") ?? false
    steps = try entry.entries.map {
      let text = try $0.string("patterns")
      return (try $0.pattern(text, ignoresCase: ignoresCase), text)
    }
    guard steps.count > 1 else {
      throw entry.wrong("an order needs two things at least", "list the patterns in their order")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var found: [(step: Int, range: Range<Int>)] = []
    for (number, step) in steps.enumerated() {
      found += step.pattern.matches(in: reading.codes).map { (number, $0.range) }
    }
    found.sort { ($0.range.lowerBound, $0.step) < ($1.range.lowerBound, $1.step) }
    var violations: [Violation] = []
    var last: (step: Int, text: String)?
    for (step, range) in found {
      if let last, last.step >= step {
        violations.append(Violation(range: range, values: ["first": last.text]))
      } else {
        last = (step, reading.string(range))
      }
    }
    return violations
  }
}
