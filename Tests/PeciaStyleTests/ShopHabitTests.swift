import PeciaStyle
import Testing

/// Habits that shops differ in, as rules of one's own.
@Suite struct ShopHabitTests {
  @Test(arguments: [
    (
      "speakers: { want: onChange }", "Ana: Yes.\\nBob: No.\\nAna: So.", "Ana: Yes.\\nAna: No.",
      "Ana:"
    ),
    (
      "speakers: { want: everyParagraph }", "Ana: Yes.\\n\\nAna: No.", "Ana: Yes.\\n\\nNo, so.",
      "No"
    ),
    (
      "times: { want: everyTurn }", "Ana: [00:00:10] Yes.\\nBob: <12.5> No.",
      "Ana: [00:00:10] Yes.\\nBob: No.", "No"
    ),
    ("times: { want: none }", "Ana: [laughs] Yes.", "Ana: [laughs 00:00:10] Yes.", "00:00:10"),
  ])
  func `a habit is one line`(check: String, right: String, wrong: String, place: String) throws {
    let guide = try Guide(
      yaml: """
        name: ours
        rules:
          - id: ours.habit
            message: do as we do
            check: { \(check) }
            examples: { right: ["\(right)"], wrong: ["\(wrong)"] }
        """, file: "ours.yml")
    #expect(guide.exampleFailures.map(\.description) == [])
    let text = wrong.replacing("\\n", with: "\n")
    #expect(guide.findings(in: text, as: .transcript()).map(\.text) == [place])
  }
}
