import Foundation
import PeciaCaptions
public import PeciaCore
public import PeciaStitch

/// The words that count in a score, from plain texts or from tables of `item<TAB>text`.
public struct ScoreOptions: Sendable {
  public var table = false
  public var form = ScoreForm.words
  /// Whether `Name:` at the start of a line counts as words.
  public var labels = true

  public init(table: Bool = false, form: ScoreForm = .words, labels: Bool = true) {
    self.table = table
    self.form = form
    self.labels = labels
  }
}

/// Scores the file `hypothesis` against the file `reference`.
///
/// An item that the hypothesis lacks counts as left out whole; one that only the hypothesis has
/// is not scored, and remarked on.
/// - Throws: `StitchError.malformedTable` with file and line, or `FileError`.
public func score(
  _ hypothesis: String, against reference: String, options: ScoreOptions = ScoreOptions()
) throws -> Scoring {
  func words(_ text: String) -> [String] { options.form.words(of: text, labels: options.labels) }
  var scoring = Scoring()
  guard options.table else {
    let (expected, given) = (try spokenText(reference), try spokenText(hypothesis))
    scoring.add(WordErrorRate.steps(from: words(expected), to: words(given)), item: nil)
    return scoring
  }
  let expected = try texts(in: reference)
  let given = try texts(in: hypothesis)
  let known = Dictionary(uniqueKeysWithValues: given.map { ($0.item, $0.text) })
  var rates = 0.0
  for (item, text) in expected {
    let steps = WordErrorRate.steps(from: words(text), to: words(known[item] ?? ""))
    rates += WordErrorRate(of: steps).rate ?? 1
    scoring.add(steps, item: item)
  }
  scoring.mean = expected.isEmpty ? nil : rates / Double(expected.count)
  let missing = expected.filter { known[$0.item] == nil }.map(\.item)
  let unknown = Set(known.keys).subtracting(expected.map(\.item)).sorted()
  scoring.remark(on: missing, "not in ‘\(tableName(of: hypothesis))’, and counted as left out")
  scoring.remark(on: unknown, "not in ‘\(tableName(of: reference))’, and not scored")
  return scoring
}

/// The text of a file: of captions and transcripts what they say, without numbers and times.
private func spokenText(_ path: String) throws -> String {
  guard path != "-", let form = CaptionForm(path: path), form.isReadable else {
    return try readText(path)
  }
  let transcript =
    switch try Captioning(reading: path).content {
    case .captions(let captions): captions.transcript()
    case .transcript(let transcript): transcript
    }
  return render(transcript, as: .txt, profile: try .named("netflix")).text
}

/// The items of a table of `item<TAB>text`, with or without that header.
private func texts(in path: String) throws -> [(item: String, text: String)] {
  let file = tableName(of: path)
  let table = try Table(try readText(path), file: file, header: ["item", "text"])
  var lines: [String: Int] = [:]
  return try table.rows.map { row in
    if let earlier = lines.updateValue(row.line, forKey: row.fields[0]) {
      throw StitchError.malformedTable(
        reason: "\(file):\(row.line): ‘\(row.fields[0])’ stands on line \(earlier) already")
    }
    return (row.fields[0], row.fields[1])
  }
}

/// What `score` found.
public struct Scoring: Sendable {
  /// A stretch where the texts differ, with the words around it.
  public struct Difference: Hashable, Sendable {
    /// The item in a table; nil for plain texts.
    public var item: String?
    /// The number of the first word that differs, from 1, in the reference.
    public var word: Int
    public var steps: [WordErrorRate.Step]
    public var before: [String]
    public var after: [String]
  }
  public var total = WordErrorRate()
  /// The mean of the items' rates; nil for plain texts.
  public var mean: Double?
  public var items = 0
  public var differences: [Difference] = []
  /// What the tables do not have in common, as sentences.
  public var remarks: [String] = []

  fileprivate mutating func remark(on items: [String], _ fault: String) {
    guard let first = items.first else { return }
    let others = items.count > 1 ? " and \(items.count - 1) more" : ""
    remarks.append("‘\(first)’\(others): \(fault)")
  }

  /// Counts an item's errors, and keeps the stretches that differ.
  fileprivate mutating func add(_ steps: [WordErrorRate.Step], item: String?) {
    total = total + WordErrorRate(of: steps)
    items += 1
    var (word, index) = (1, 0)
    while index < steps.count {
      let run = steps[index...].prefix { $0.isCorrect == steps[index].isCorrect }
      if !steps[index].isCorrect {
        differences.append(
          Difference(
            item: item, word: word, steps: Array(run),
            before: steps[..<index].suffix(Self.context).compactMap(\.reference),
            after: steps[run.endIndex...].prefix(Self.context).compactMap(\.reference)))
      }
      word += run.count { $0.reference != nil }
      index = run.endIndex
    }
  }

  /// How many words stand around a difference.
  private static let context = 4

  public var json: JSON {
    .object([
      "words": .integer(total.words), "substitutions": .integer(total.substitutions),
      "deletions": .integer(total.deletions), "insertions": .integer(total.insertions),
      "wer": total.rate.map(JSON.exact) ?? .null, "meanWer": mean.map(JSON.exact) ?? .null,
      "differences": .array(
        differences.map { difference in
          .object([
            "item": .string(orNull: difference.item), "word": .integer(difference.word),
            "reference": .strings(difference.steps.compactMap(\.reference)),
            "hypothesis": .strings(difference.steps.compactMap(\.hypothesis)),
          ])
        }),
    ])
  }
}
