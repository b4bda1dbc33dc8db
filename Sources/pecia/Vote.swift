import ArgumentParser
import Foundation
import PeciaWorkflow

struct Vote: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make one text of several for each item of a table.",
    discussion: """
      TABLE is TSV or CSV with a header; a row is one worker's text of one item. Whom to trust is \
      learnt from the table itself. A Toloka table is read with --item INPUT:audio --worker \
      ASSIGNMENT:worker_id --text OUTPUT:transcription.
      """)

  @Argument(help: "A table of submissions; - is standard input.", completion: .file())
  var table: String
  @Option(name: .shortAndLong, help: "Where to write ‘item<TAB>text’.", completion: .file())
  var output = "-"
  @Option(help: "The column that names what was transcribed.") var item = "item"
  @Option(help: "The column that names who typed it.") var worker = "worker"
  @Option(help: "The column that holds the text.") var text = "text"
  @Flag(help: "Add a column with the mean confidence of an item's words, from 0 to 1.")
  var confidence = false

  func run() throws {
    let columns = VoteColumns(item: item, worker: worker, text: text)
    let result = try voteTable(table, columns: columns, confidence: confidence)
    try writeFile(Data(result.utf8), to: output)
  }
}
