import Foundation

extension Scoring {
  /// The rates in one or two lines.
  public var summary: String {
    let counts =
      "\(total.substitutions) changed, \(total.deletions) missing, \(total.insertions) added"
    let rate = total.rate.map(percent) ?? "unknown (the reference has no words)"
    var text = "word error rate \(rate): \(total.errors) errors in \(total.words) words (\(counts))"
    if let mean { text += "\nmean of \(items) items \(percent(mean))" }
    return text
  }
}

/// A fraction as a percentage with two decimals.
private func percent(_ rate: Double) -> String { String(format: "%.2f %%", rate * 100) }

extension Scoring.Difference {
  /// Two lines, reference over hypothesis, words that belong together below each other.
  public var view: String {
    var (upper, lower) = ("reference  ", "hypothesis ")
    func add(_ first: String, _ second: String) {
      let width = max(first.count, second.count)
      upper += " " + first.padding(toLength: width, withPad: " ", startingAt: 0)
      lower += " " + second.padding(toLength: width, withPad: " ", startingAt: 0)
    }
    for word in before { add(word, word) }
    for step in steps {
      let missing = String(
        repeating: "*", count: max(1, (step.reference ?? step.hypothesis ?? "").count))
      add(step.reference?.uppercased() ?? missing, step.hypothesis?.uppercased() ?? missing)
    }
    for word in after { add(word, word) }
    let place = item.map { "\($0), word \(word)" } ?? "word \(word)"
    return [place, upper, lower].map { $0.trimmingTrailingBlanks }.joined(separator: "\n")
  }
}

extension String {
  fileprivate var trimmingTrailingBlanks: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}
