import PeciaCore
import Testing

@testable import PeciaStyle

/// Guides that are wrong, each refused with its place, what is wrong and what was meant.
@Suite struct BrokenGuideTests {
  struct Broken: Sendable, CustomTestStringConvertible {
    var yaml: String
    /// `line:column`.
    var place: String
    var problem: String
    var testDescription: String { problem }
  }

  /// A guide around one rule's lines; the rule's first line is the third of the file.
  static func rule(_ lines: String...) -> String {
    "name: x\nrules:\n  - id: a.b\n    message: m\n"
      + lines.map { "    \($0)\n" }.joined()
  }
  static let examples = "examples: { right: [b], wrong: [a] }"
  static func check(_ check: String, examples: String = Self.examples) -> String {
    rule("check: \(check)", examples)
  }

  static let guides: [Broken] = [
    .init(yaml: "", place: "1:1", problem: "the file is empty"),
    .init(yaml: "# nothing\n", place: "1:1", problem: "the file is empty"),
    .init(yaml: "- a\n", place: "1:1", problem: "the guide is not a map"),
    .init(yaml: "title: x\n", place: "1:1", problem: "has no ‘name’"),
    .init(yaml: "name: x\n", place: "1:1", problem: "the guide has no rules"),
    .init(yaml: "name: x\nrules: []\n", place: "1:1", problem: "the guide has no rules"),
    .init(yaml: "name: 'a/b'\nextends: base\n", place: "1:7", problem: "‘a/b’ is no name"),
    .init(yaml: "name: x\nextend: base\n", place: "2:1", problem: "did you mean ‘extends’?"),
    .init(yaml: "name: x\nname: y\n", place: "1:1", problem: "stands twice"),
    .init(yaml: "name: [x\n", place: "2:1", problem: "not YAML"),
    .init(yaml: "name: x\n\trules: y\n", place: "2:1", problem: "not YAML"),
    .init(yaml: "name: x\n---\nname: y\n", place: "2:1", problem: "one document"),
    .init(
      yaml: "name: x\nextends: bsae\n", place: "2:10",
      problem: "no style guide is called ‘bsae’; name a file, or did you mean ‘base’?"),
    .init(
      yaml: "name: x\nextends: 3\n", place: "2:10",
      problem: "no style guide is called ‘3’; name a file, or write one of base,"),
    .init(
      yaml: "name: x\nextends: [base, 3]\n", place: "2:17", problem: "no style guide is called ‘3’"),
    .init(yaml: "name: x\nextends: self\n", place: "", problem: "round and round"),
    .init(yaml: "name: x\nextends: [base, other]\n", place: "", problem: "round and round"),
    .init(yaml: "name: x\nrules: yes\n", place: "2:8", problem: "‘rules’ is not a list"),
    .init(yaml: "name: x\nrules: [{ level: off }]\n", place: "2:9", problem: "has no ‘id’"),
    .init(yaml: "name: x\nrules: [{ id: a b }]\n", place: "2:15", problem: "‘a b’ is no id"),
    .init(
      yaml: "name: x\nextends: base\nrules:\n  - { id: spacing.betwen, level: off }\n",
      place: "4:11",
      problem: "did you mean ‘spacing.between’?"),
    .init(
      yaml: "name: x\nextends: base\nrules:\n  - { id: spacing.between, level: off, message: m }\n",
      place: "4:11", problem: "says more than"),
    .init(
      yaml: "name: x\nextends: base\nrules:\n  - { id: new.rule, level: error }\n", place: "4:11",
      problem: "has no ‘check’"),
    .init(
      yaml:
        "name: x\nextends: base\nrules:\n  - { id: a, level: off }\n  - { id: a, level: off }\n",
      place: "4:11", problem: "no rule ‘a’ to switch off"),
    .init(
      yaml: rule("check: { forbid: { words: [a] } }", examples, "levl: error"), place: "7:5",
      problem: "did you mean ‘level’?"),
    .init(
      yaml: rule("level: eror", "check: { forbid: { words: [a] } }", examples), place: "5:12",
      problem: "did you mean ‘error’?"),
    .init(
      yaml: rule("scope: sentense", "check: { forbid: { words: [a] } }", examples), place: "5:12",
      problem: "did you mean ‘sentence’?"),
    .init(
      yaml:
        "name: x\nrules:\n  - id: a.b\n    check: { forbid: { words: [a] } }\n    \(examples)\n",
      place: "3:9", problem: "has no ‘message’"),
    .init(
      yaml:
        "name: x\nrules:\n  - id: a.b\n    message: write {fxi}\n    check: { forbid: { words: [a] } }\n    \(examples)\n",
      place: "4:14", problem: "did you mean ‘fix’?"),
    .init(
      yaml: rule("check: { forbid: { words: [a] } }"), place: "3:9", problem: "has no ‘examples’"),
    .init(
      yaml: check("{ forbid: { words: [a] } }", examples: "examples: { right: [b] }"),
      place: "6:15",
      problem: "has no ‘wrong’"),
    .init(
      yaml: check("{ forbid: { words: [a] } }", examples: "examples: { right: [b], wrong: [] }"),
      place: "6:15", problem: "lacks examples"),
    .init(
      yaml: check(
        "{ forbid: { words: [a] } }", examples: "examples: { right: [b], wrong: [a], fixed: [c] }"),
      place: "6:48", problem: "but no fix"),
    .init(
      yaml: rule("check: { forbid: { words: [a] } }", "fix: remove", examples), place: "7:36",
      problem: "1 wrong examples and 0 fixed"),
    .init(
      yaml: rule("check: { forbid: { words: [a] } }", "fix: yes", examples), place: "6:10",
      problem: "knows no fix of its own"),
    .init(
      yaml: rule("check: { spacing: { where: edges } }", "fix: remove", examples), place: "6:10",
      problem: "‘remove’ needs a check"),
    .init(
      yaml: rule("check: { forbid: { words: [a] } }", "fix: maybe", examples), place: "6:10",
      problem: "‘fix’ cannot be ‘maybe’"),
    .init(yaml: check("forbid"), place: "5:12", problem: "not one kind of check"),
    .init(
      yaml: check("{ forbit: { words: [a] } }"), place: "5:14", problem: "did you mean ‘forbid’?"),
    .init(yaml: check("{ forbid: { word: [a] } }"), place: "5:22", problem: "forbids nothing"),
    .init(
      yaml: check("{ forbid: { words: [a], wrods: [b] } }"), place: "5:36",
      problem: "did you mean ‘words’?"),
    .init(
      yaml: check("{ forbid: { words: [' a'] } }"), place: "5:32", problem: "blanks at its ends"),
    .init(
      yaml: check("{ forbid: { words: [a], except: [a] } }"), place: "5:45", problem: "never fires"),
    .init(yaml: check("{ forbid: { pattern: '(a)\\1' } }"), place: "5:37", problem: "refers back"),
    .init(yaml: check("{ forbid: { pattern: 'a(?=b)' } }"), place: "5:35", problem: "look-ahead"),
    .init(yaml: check("{ forbid: { pattern: 'a*' } }"), place: "5:34", problem: "empty text"),
    .init(yaml: check("{ forbid: { pattern: '[a' } }"), place: "5:34", problem: "never closed"),
    .init(
      yaml: check("{ substitute: { swap: { a: a } } }"), place: "5:36", problem: "become itself"),
    .init(yaml: check("{ substitute: { swap: [a] } }"), place: "5:34", problem: "not a map"),
    .init(
      yaml: check("{ spacing: { where: btween } }"), place: "5:32",
      problem: "did you mean ‘between’?"),
    .init(
      yaml: check("{ spacing: { where: before } }"), place: "5:23", problem: "names no ‘marks’"),
    .init(
      yaml: check("{ length: { unit: words, most: 0 } }"), place: "5:43",
      problem: "whole number from 1"),
    .init(
      yaml: check("{ length: { unit: words, most: many } }"), place: "5:43", problem: "whole number"
    ),
    .init(
      yaml: check("{ length: { unit: words, most: 2, least: 3 } }"), place: "5:22",
      problem: "more than ‘most’"),
    .init(
      yaml: check("{ rate: { unit: words, most: 0 } }"), place: "5:41", problem: "number from 0.1"),
    .init(
      yaml: check("{ metric: { formula: 'words / sentnces', most: 3 } }"), place: "5:41",
      problem: "no count"),
    .init(yaml: check("{ edge: { marks: '.' } }"), place: "5:20", problem: "only clips have edges"),
    .init(
      yaml: check("{ balance: { pairs: ['('] } }"), place: "5:33", problem: "not two characters"),
    .init(
      yaml: check("{ tags: { brackets: '<>' } }"), place: "5:20", problem: "neither ‘[]’ nor ‘()’"),
    .init(
      yaml: check("{ forbid: { words: $wrods } }"), place: "5:31", problem: "no parameter ‘wrods’"),
    .init(
      yaml: "name: x\nextends: base\nparameters:\n  sentenceBlank: 2\n", place: "4:18",
      problem: "did you mean ‘sentenceBlanks’?"),
    .init(
      yaml: "name: x\nextends: base\nparameters:\n  sentenceBlanks: 5\n", place: "4:19",
      problem: "whole number from 1 to 2"),
    .init(
      yaml: "name: x\nextends: base\nvocabulary: { name: [Ann] }\n", place: "3:15",
      problem: "did you mean ‘names’?"),
    .init(
      yaml: rule("check: { forbid: { words: [a] } }", examples)
        + "  - id: a.b\n    message: m\n    check: { forbid: { words: [c] } }\n    \(examples)\n",
      place: "7:9", problem: "stands twice, first in line 3"),
    .init(
      yaml: "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
        + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
        + "e: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n", place: "1:",
      problem: "too large"),
    .init(yaml: String(repeating: "[", count: 500), place: "1:401", problem: "too deep"),
  ]

  @Test func `there are fifty of them and more`() { #expect(Self.guides.count >= 50) }

  @Test(arguments: guides)
  func `a wrong guide is refused where it is wrong`(broken: Broken) throws {
    let error = #expect(throws: StyleError.self) {
      _ = try GuideFile(yaml: broken.yaml, file: "own.yml") { name, place in
        switch name {
        case "self": (broken.yaml, "own.yml")
        case "other": ("name: other\nextends: own\n", "other.yml")
        case "own": (broken.yaml, "own.yml")
        default: (try Guide.named(name).source, "\(name).yml")
        }
      }
      _ = try Guide(yaml: broken.yaml, file: "own.yml")
    }
    let text = error?.description ?? ""
    #expect(text.contains(broken.problem), "\(text)")
    if !broken.place.isEmpty {
      #expect(text.hasPrefix("own.yml:\(broken.place)"), "\(text)")
    }
    // One sentence, with what to do.
    #expect(!text.contains("\n") && text.contains(broken.place.isEmpty ? ": " : "; "), "\(text)")
  }
}
