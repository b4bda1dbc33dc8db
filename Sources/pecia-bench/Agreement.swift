import ArgumentParser
import Foundation
import PeciaCore
import PeciaStitch

struct Agreement: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How good the stitch is on made-up texts and a consensus on real ones, and the cost.",
    discussion: """
      FOLDER holds the splits dev-clean and dev-other of CrowdSpeech: NAME-crowd.tsv as Toloka \
      writes it, and NAME-reference.tsv with ‘audio<TAB>text’.
      """)

  @Argument(
    help: "The folder with the tables; without one, only the stitch is measured.",
    completion: .directory)
  var folder: String?
  @Option(help: "The splits to measure.") var split = ["dev-clean", "dev-other"]
  @Option(help: "How many texts an item to vote on; 0 takes all.") var texts = [0, 2, 3]
  @Option(help: "The draws of that many texts, one seed each.") var draws = 3

  func run() throws {
    StitchBench.run()
    guard let folder else { return }
    for name in split {
      let crowd = try CrowdTable(split: name, folder: folder)
      print(
        "\(name): \(crowd.items.count) items, \(crowd.items.map(\.texts.count).reduce(0, +)) texts")
      print("                          mean / corpus word error rate, %   CPU s")
      for count in texts {
        let drawn = (0..<(count == 0 ? 1 : max(1, draws))).map {
          crowd.drawn(count, seed: UInt64($0))
        }
        let title = count == 0 ? "all texts" : "\(count) texts"
        show("\(title), one of them", drawn.map { ($0.randomTexts(), 0) }, crowd)
        show("\(title), equal votes", drawn.map { voted($0, learning: false) }, crowd)
        show("\(title), consensus", drawn.map { voted($0, learning: true) }, crowd)
        show("\(title), the best of them", drawn.map { ($0.bestTexts(crowd), 0) }, crowd)
        let words = drawn.map { crowd.judgedWords(vote(on: $0.items, normalisation: .init())) }
        print(Calibration(words: words.flatMap { $0 }).table)
      }
    }
    print("most memory at once: \(OwnUsage.peakMebibytes) MiB")
  }

  private func voted(_ crowd: CrowdTable, learning: Bool) -> (texts: [[String]], seconds: Double) {
    let start = OwnUsage.processorSeconds
    let consensus = vote(on: crowd.items, normalisation: .init(), learning: learning)
    let seconds = OwnUsage.processorSeconds - start
    return (consensus.map { ScoreForm.lenient.words(of: $0.text) }, seconds)
  }

  private func show(
    _ title: String, _ results: [(texts: [[String]], seconds: Double)], _ crowd: CrowdTable
  ) {
    let rates = results.map { crowd.rates(of: $0.texts) }
    let (mean, corpus) = (rates.map(\.mean).average, rates.map(\.corpus).average)
    let seconds = results.map(\.seconds).average
    let column = title.padding(toLength: 26, withPad: " ", startingAt: 0)
    print(
      column + String(format: "%6.2f / %5.2f", mean * 100, corpus * 100)
        + (seconds > 0 ? String(format: "%25.2f", seconds) : ""))
  }
}

/// One split: the texts of each item, and what was said.
private struct CrowdTable {
  var items: [Ballots] = []
  /// The words of the reference, by item.
  var reference: [[String]] = []

  init(split: String, folder: String) throws {
    let crowd = try Self.text("\(folder)/\(split)-crowd.tsv")
    let table = try Table(crowd, file: "\(split)-crowd.tsv")
    let columns = try ["INPUT:audio", "ASSIGNMENT:worker_id", "OUTPUT:transcription"].map {
      try table.column($0, file: "\(split)-crowd.tsv")
    }
    var places: [String: Int] = [:]
    for row in table.rows {
      let item = row.fields[columns[0]]
      let text = WorkerText(worker: row.fields[columns[1]], text: row.fields[columns[2]])
      if places[item] == nil {
        places[item] = items.count
        items.append(Ballots(item: item, texts: []))
      }
      items[places[item] ?? 0].texts.append(text)
    }
    reference = Array(repeating: [], count: items.count)
    let truth = try Table(
      Self.text("\(folder)/\(split)-reference.tsv"), file: "\(split)-reference.tsv",
      header: ["item", "text"])
    for row in truth.rows {
      guard let place = places[row.fields[0]] else { continue }
      reference[place] = ScoreForm.words.words(of: row.fields[1])
    }
  }

  private static func text(_ path: String) throws -> String {
    try String(contentsOf: URL(filePath: path), encoding: .utf8)
  }

  /// `count` texts of each item, drawn at random; all for 0.
  func drawn(_ count: Int, seed: UInt64) -> Self {
    guard count > 0 else { return self }
    var random = SplitMix64(seed: seed)
    var drawn = self
    for index in items.indices {
      drawn.items[index].texts = Array(items[index].texts.shuffled(using: &random).prefix(count))
    }
    return drawn
  }

  func randomTexts() -> [[String]] {
    items.map { ScoreForm.lenient.words(of: $0.texts[0].text) }
  }

  func bestTexts(_ truth: CrowdTable) -> [[String]] {
    items.indices.map { index in
      let texts = items[index].texts.map { ScoreForm.lenient.words(of: $0.text) }
      let errors = texts.map { WordErrorRate(of: $0, against: truth.reference[index]).errors }
      return zip(texts, errors).min { $0.1 < $1.1 }?.0 ?? []
    }
  }

  func rates(of texts: [[String]]) -> (mean: Double, corpus: Double) {
    let rates = zip(texts, reference).map { WordErrorRate(of: $0, against: $1) }
    return (
      rates.map { $0.rate ?? 1 }.average, rates.reduce(WordErrorRate(), +).rate ?? 0
    )
  }

  /// The confidence of each agreed word, and whether the reference has it there.
  func judgedWords(_ consensus: [Consensus]) -> [(confidence: Double, isRight: Bool)] {
    zip(consensus, reference).flatMap { consensus, reference -> [(Double, Bool)] in
      let parts = consensus.words.map { ScoreForm.lenient.words(of: $0.text) }
      let steps = WordErrorRate.steps(from: reference, to: parts.flatMap { $0 })
      let right = steps.filter { $0.hypothesis != nil }.map(\.isCorrect)
      var place = 0
      return zip(consensus.words, parts).compactMap { word, parts in
        defer { place += parts.count }
        guard !parts.isEmpty else { return nil }
        return (word.confidence, right[place..<place + parts.count].allSatisfy { $0 })
      }
    }
  }
}

/// Of the words that were given a confidence, how many are right.
private struct Calibration {
  var table: String

  init(words: [(confidence: Double, isRight: Bool)]) {
    let bounds = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0001]
    var lines = ["  confidence      words   mean   right"]
    for (low, high) in zip(bounds, bounds.dropFirst()) {
      let bin = words.filter { (low..<high).contains($0.confidence) }
      guard !bin.isEmpty else { continue }
      let right = Double(bin.count { $0.isRight }) / Double(bin.count)
      lines.append(
        String(
          format: "  %.2f to %.2f %8d   %.3f  %.3f", low, min(high, 1), bin.count,
          bin.map(\.confidence).average, right))
    }
    table = lines.joined(separator: "\n")
  }
}

extension [Double] {
  fileprivate var average: Double { isEmpty ? 0 : reduce(0, +) / Double(count) }
}
