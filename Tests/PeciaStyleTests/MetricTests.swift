import PeciaCore
import PeciaStyle
import Testing

@Suite struct MetricTests {
  @Test(arguments: [
    ("words / sentences", "One two three. Four five six.", true),
    ("words / sentences", "One two. Three four.", false),
    ("(words + turns) * 2 - 4", "One two.", false), ("words / tags", "One two three four.", false),
    ("longWords * 100 / words", "Extraordinary", true),
  ])
  func `a metric is a sum of counts`(formula: String, text: String, found: Bool) throws {
    let guide = try Guide(
      yaml: """
        name: own
        rules:
          - id: measure.own
            message: "write less; {value} is more than {limit}"
            check: { metric: { formula: '\(formula)', most: 2.5 } }
            examples: { right: [One two.], wrong: [One two three four five.] }
        """, file: "own.yml")
    #expect(guide.findings(in: text, as: .transcript()).isEmpty != found)
  }
}
