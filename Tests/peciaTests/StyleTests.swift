import Foundation
import Support
import Testing

@Suite struct StyleTests {
  @Test func `the guides are listed and pass their own tests`() throws {
    let list = try BuiltTool.run("style", "list")
    let names = list.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(
      names == [
        "base", "captions", "clean-verbatim", "full-verbatim", "interview-research", "legal",
        "oral-history", "plain", "speech-data",
      ])
    let test = try BuiltTool.run(["style", "test"] + names)
    #expect(test.status == 0, "\(test.output)")
    #expect(test.output.split(separator: "\n").count { $0.hasSuffix("all as they say") } == 9)
    #expect(test.errors == "")
  }

  @Test func `a guide is shown to people`() throws {
    let text = try BuiltTool.run("style", "show", "clean-verbatim").output
    #expect(text.hasPrefix("Clean verbatim\n==============\n"))
    #expect(text.contains("wrong: Um, yes. → Yes."))
    let markdown = try BuiltTool.run("style", "show", "legal", "--format", "markdown").output
    #expect(markdown.hasPrefix("# Legal proceedings\n"))
    let html = try BuiltTool.run("style", "show", "captions", "--format", "html").output
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.hasSuffix("</html>\n"))
    #expect(!html.contains("<2.5>") && !html.contains("& I"))
  }

  @Test func `a few lines make a guide of one's own`() throws {
    let folder = try TemporaryFolder()
    let guide = try folder.write(
      """
      name: ours
      extends: clean-verbatim
      vocabulary:
        words: [KWXY]
        tags: [door slams]
        speakers: [Ana, Bob]
      parameters: { wordsTo: 12 }
      rules:
        - { id: words.slang, level: off }
        - { id: words.okay, level: suggestion }
        - id: ours.station
          message: write ‘{fix}’
          check: { substitute: { swap: { the station: KWXY } } }
          fix: yes
          examples: { right: [KWXY says so.], wrong: [the station says so.], fixed: [KWXY says so.] }
      """, to: "ours.yml")
    let test = try BuiltTool.run("style", "test", guide)
    #expect(test.status == 0, "\(test.output)")
    let lint = try BuiltTool.run(
      "lint", "-", "--style", guide, "--format", "line",
      input: "Anna: I'm gonna go, ok?\nAna: [door slams] The station had 12 dogs, says KWXY.\n")
    #expect(
      lint.output == """
        -:1:1:warning:speaker.drift:write ‘Ana’ if that is the same person
        -:1:21:suggestion:words.okay:write ‘okay’
        -:2:19:error:ours.station:write ‘KWXY’
        -:2:35:error:numbers.words:write ‘twelve’

        """)
    // The guide's YAML stands alone in any folder.
    let alone = try BuiltTool.run("style", "show", guide, "--format", "yaml").output
    let other = try TemporaryFolder()
    let copy = try other.write(alone, to: "style.yml")
    let again = try BuiltTool.run(
      "lint", "-", "--style", copy, "--format", "line",
      input: "Anna: I'm gonna go, ok?\nAna: [door slams] The station had 12 dogs, says KWXY.\n")
    #expect(again.output == lint.output)
  }

  @Test(arguments: [
    "base", "clean-verbatim", "full-verbatim", "captions", "oral-history", "legal",
    "interview-research", "speech-data", "plain",
  ])
  func `a guide that is shown as YAML passes its own test`(guide: String) throws {
    let folder = try TemporaryFolder()
    let shown = try BuiltTool.run("style", "show", guide, "--format", "yaml")
    let test = try BuiltTool.run("style", "test", try folder.write(shown.output, to: "own.yml"))
    #expect(test.status == 0, "\(test.output)\(test.errors)")
  }

  @Test func `a rule that its examples do not fire is reported`() throws {
    let folder = try TemporaryFolder()
    let guide = try folder.write(
      """
      name: ours
      rules:
        - id: ours.a
          message: write b
          check: { forbid: { words: [aa] } }
          examples: { right: [b, aa], wrong: [a] }
      """, to: "ours.yml")
    let result = try BuiltTool.run("style", "test", guide)
    #expect(result.status == 1)
    #expect(result.output.contains("ours.a: ‘aa’ is right, but breaks the rule at character 1"))
    #expect(result.output.contains("ours.a: ‘a’ is wrong, but the rule says nothing"))
  }

  @Test func `a guide that is wrong is refused with its place`() throws {
    let folder = try TemporaryFolder()
    let guide = try folder.write("name: ours\nextends: base\nrule: []\n", to: "ours.yml")
    let result = try BuiltTool.run("style", "show", guide)
    #expect(result.status == 2)
    #expect(
      result.errors.contains("ours.yml:3:1: the guide has no key ‘rule’; did you mean ‘rules’?"))
  }
}
