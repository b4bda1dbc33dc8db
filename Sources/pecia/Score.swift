import ArgumentParser
import Foundation
import PeciaCore
import PeciaWorkflow

struct Score: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Count the word errors of a text against a reference.",
    discussion: """
      Tags, time marks, case and punctuation but apostrophes do not count, and hyphens are blanks. \
      The rate is the changed, missing and added words over the words of the reference. \
      Captions and transcripts (.srt, .vtt, .json …) are taken by what they say.
      """)

  @Argument(help: "What was said; - is standard input.", completion: .file())
  var reference: String
  @Argument(help: "The text to score; - is standard input.", completion: .file())
  var hypothesis: String
  @Flag(help: "Both files are tables of ‘item<TAB>text’.") var table = false
  @Flag(help: "Compare words as they were typed.") var raw = false
  @Flag(help: "Take for the same what agreement does: 3 and three, Mr and mister.")
  var lenient = false
  @Flag(help: "Leave speaker labels (‘Name:’ at the start of a line) out of account.")
  var skipLabels = false
  @Flag(help: "Show where the texts differ; on a terminal that is the rule for plain texts.")
  var differences = false
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    if raw, lenient || skipLabels {
      throw ValidationError(
        "--raw compares as typed; it goes with neither --lenient nor --skip-labels")
    }
    if reference == "-", hypothesis == "-" {
      throw ValidationError("only one of the two can be standard input")
    }
  }

  func run() throws {
    let options = ScoreOptions(
      table: table, form: raw ? .raw : lenient ? .lenient : .words, labels: !skipLabels)
    let scoring = try score(hypothesis, against: reference, options: options)
    for remark in scoring.remarks { report("pecia: \(remark)") }
    if json { return print(scoring.json.text) }
    print(scoring.summary)
    if differences || (!table && isatty(STDOUT_FILENO) == 1) {
      for difference in scoring.differences { print("\n" + difference.view.printable) }
    }
  }
}
