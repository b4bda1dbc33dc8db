import PeciaCore
import PeciaStyle
import Testing

@Suite struct KeepTests {
  static func rules(_ text: String, as kind: TextKind = .transcript()) throws -> [String] {
    try Guide.named("clean-verbatim").findings(in: text, as: kind).map(\.rule)
  }

  @Test(arguments: [
    ("I um went.", ["words.fillers"]),
    ("I um [keep words.fillers: he spells it] went.", []),
    ("I um went, um. [keep words.fillers: the second is a name]", ["words.fillers"]),
    ("[keep words.fillers: a name] I um went.", []),
    ("I went. [keep words.fillers: nothing there]", ["keep.unused"]),
    ("I um [keep words.fillers:] went.", ["words.fillers", "keep.reason"]),
    ("I um [keep words.filers: a name] went.", ["words.fillers", "keep.rule"]),
    ("I um went.\n\nSo. [keep words.fillers: another line]", ["words.fillers", "keep.unused"]),
  ])
  func `one finding is silenced with a reason`(text: String, rules: [String]) throws {
    #expect(try Self.rules(text) == rules)
  }

  @Test func `what is silenced is not fixed either`() throws {
    let guide = try Guide.named("clean-verbatim")
    let text = "I gonna [keep words.slang: a name] go, gonna go."
    #expect(
      guide.fixed(text, as: .transcript()) == "I gonna [keep words.slang: a name] go, going to go.")
  }
}
