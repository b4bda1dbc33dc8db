import Foundation
import Support
import Testing

@Suite struct ScoreTests {
  @Test func `score prints its counts as JSON with the keys in order`() throws {
    let folder = try TemporaryFolder()
    let reference = try folder.write("The cat sat on the mat.\n", to: "reference.txt")
    let hypothesis = try folder.write("the hat [coughs] sat on mat, now\n", to: "text.txt")
    let result = try BuiltTool.run("score", reference, hypothesis, "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.hasPrefix(
        #"{"words":6,"substitutions":1,"deletions":1,"insertions":1,"wer":0.5,"meanWer":null,"#),
      "\(result.output)")
  }

  @Test(arguments: ["talk.srt", "talk.vtt", "talk.json", "talk.ttml", "talk.txt"])
  func `captions are scored by what they say`(name: String) throws {
    let folder = try TemporaryFolder()
    let cues =
      "1\n00:00:01,000 --> 00:00:02,000\nOne <i>two</i>\n\n2\n00:00:02,500 --> 00:00:04,000\nthree.\n"
    let made = try BuiltTool.run("captions", "-", "-o", folder(name), input: cues)
    #expect(made.status == 0, "\(made.errors)")
    let said = try folder.write("one two three four", to: "said.txt")
    let score = try BuiltTool.run("score", said, folder(name), "--json")
    #expect(score.output.hasPrefix(#"{"words":4,"substitutions":0,"deletions":1,"insertions":0,"#))
  }

  @Test func `tables are scored item by item`() throws {
    let folder = try TemporaryFolder()
    let reference = try folder.write("a\tone two three four\nb\tyes\nc\tno\n", to: "reference.tsv")
    let hypothesis = try folder.write("item\ttext\nb\tyes\na\tone two four\nd\tx\n", to: "text.tsv")
    let result = try BuiltTool.run("score", "--table", "--json", reference, hypothesis)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output.hasPrefix(
        #"{"words":6,"substitutions":0,"deletions":2,"insertions":0,"wer":0.3333333333333333,"#
          + #""meanWer":0.4166666666666667,"#), "\(result.output)")
    #expect(result.errors.contains("‘c’: not in ‘\(hypothesis)’"))
    #expect(result.errors.contains("‘d’: not in ‘\(reference)’"))
  }

  @Test func `raw compares as typed`() throws {
    let folder = try TemporaryFolder()
    let reference = try folder.write("The cat", to: "reference.txt")
    let hypothesis = try folder.write("the cat", to: "text.txt")
    let result = try BuiltTool.run("score", reference, hypothesis, "--raw")
    #expect(
      result.output
        == "word error rate 50.00 %: 1 errors in 2 words (1 changed, 0 missing, 0 added)\n")
  }

  @Test(arguments: [
    ("a\tb\na\tc\n", "reference.tsv:2: ‘a’ stands on line 1 already"),
    ("item\ttext\na\n", "reference.tsv:2: 1 of 2 columns"),
  ])
  func `a broken table is named with its line`(text: String, message: String) throws {
    let folder = try TemporaryFolder()
    let reference = try folder.write(text, to: "reference.tsv")
    let result = try BuiltTool.run("score", "--table", reference, reference)
    #expect(result.status == 2)
    #expect(result.errors.contains(message), "\(result.errors)")
  }
}
