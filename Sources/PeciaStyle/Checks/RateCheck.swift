import PeciaCore

/// `rate`: words or characters a second, where it is known how long a text lasts.
struct RateCheck: Check {
  static let key = "rate"
  let isForAnyLanguage = true
  static let placeholders: Set<String> = ["limit", "value"]
  private enum Unit: String, CaseIterable { case words, characters }
  private let unit: Unit
  private let most: Double?
  private let least: Double?
  private let scope: Scope

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let unit: Unit = try fields.choice("unit") else {
      throw fields.entry.wrong(
        "‘rate’ does not say its ‘unit’", meant("", among: Unit.allCases.map(\.rawValue)))
    }
    self.unit = unit
    scope = context.scope
    most = try fields.number("most", in: 0.1...1000)
    least = try fields.number("least", in: 0.01...1000)
    guard most != nil || least != nil else {
      throw fields.entry.wrong("the rule has no bound", "write ‘most’ or ‘least’")
    }
    guard scope == .cue || scope == .text || scope == .clip else {
      throw fields.entry.wrong("only clips and cues have times", "write ‘scope: clip’ or ‘cue’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    if scope == .cue {
      return reading.cues.compactMap { cue in
        violation(reading.range(ofLines: cue.lines), cue.end - cue.start, reading)
      }
    }
    guard let duration = reading.kind.duration else { return [] }
    return violation(reading.text, duration - Timestamp.zero, reading).map { [$0] } ?? []
  }

  private func violation(
    _ stretch: Range<Int>, _ milliseconds: Int, _ reading: Reading
  ) -> Violation? {
    let range = reading.trimmed(stretch)
    // A text of tags alone has no speed.
    let words = reading.words(in: range)
    guard !words.isEmpty, milliseconds > 0 else { return nil }
    let count =
      unit == .words
      ? words.count
      : reading.string(range).count { $0 != "\n" && $0.unicodeScalars.first?.value != masked }
    let rate = Double(count) * 1000 / Double(milliseconds)
    let shown = OccurrenceCheck.shown((rate * 10).rounded() / 10)
    if let most, rate > most {
      return Violation(
        range: range, values: ["value": shown, "limit": OccurrenceCheck.shown(most)])
    }
    if let least, rate < least {
      return Violation(
        range: range, values: ["value": shown, "limit": OccurrenceCheck.shown(least)])
    }
    return nil
  }
}
