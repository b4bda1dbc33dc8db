import Foundation
public import PeciaCore
import PeciaStitch

/// Which columns of a table of submissions hold what.
public struct VoteColumns: Sendable {
  public var item: String
  public var worker: String
  public var text: String

  public init(item: String = "item", worker: String = "worker", text: String = "text") {
    self.item = item
    self.worker = worker
    self.text = text
  }
}

/// The consensus of a table of submissions, as the table `vote` writes.
///
/// `path` is a TSV or CSV with a header (`-` is standard input); with `confidence`, a third column
/// holds the mean confidence of each item's words.
/// - Throws: `StitchError.malformedTable` with file and line, or `FileError`.
public func voteTable(
  _ path: String, columns: VoteColumns, confidence: Bool,
  normalisation: Normalisation = Normalisation()
) throws -> String {
  let file = tableName(of: path)
  let table = try Table(try readText(path), file: file)
  let item = try table.column(columns.item, file: file)
  let worker = try table.column(columns.worker, file: file)
  let text = try table.column(columns.text, file: file)
  var items: [Ballots] = []
  var places: [String: Int] = [:]
  for row in table.rows {
    let name = row.fields[item]
    let submission = WorkerText(worker: row.fields[worker], text: row.fields[text])
    if let place = places[name] {
      items[place].texts.append(submission)
    } else {
      places[name] = items.count
      items.append(Ballots(item: name, texts: [submission]))
    }
  }
  var lines = ["item\ttext" + (confidence ? "\tconfidence" : "")]
  for consensus in vote(on: items, normalisation: normalisation) {
    let line = Table.field(consensus.item) + "\t" + Table.field(consensus.text)
    lines.append(line + (confidence ? "\t\(decimal(consensus.confidence))" : ""))
  }
  return lines.joined(separator: "\n") + "\n"
}

/// Four decimals; empty for nil.
private func decimal(_ value: Double?) -> String {
  value.map { JSON.number($0).text } ?? ""
}

/// How a file is called in messages.
func tableName(of path: String) -> String { path == "-" ? "standard input" : path }
