/// `sentence`: how sentences begin, how turns end, and how long a sentence may be.
struct SentenceCheck: Check {
  static let key = "sentence"
  static let knowsFixes = true
  static let placeholders: Set<String> = ["limit", "value"]
  private let capital: Bool
  private let end: Set<Code>
  private let most: Int?
  /// Labels whose lines are no sentences: `Date: May 5`.
  private let headings: Set<String>

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let begin = try fields.choice("begin", Begin.self)
    capital = begin == .capital
    end = Set(try fields.string("end")?.codes ?? [])
    most = try fields.int("most", in: 1...10_000)
    headings = Set(try fields.strings("headings"))
    guard capital || !end.isEmpty || most != nil else {
      throw fields.entry.wrong("the rule asks for nothing", "write ‘begin’, ‘end’ or ‘most’")
    }
  }

  private enum Begin: String, CaseIterable { case capital, any }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var violations: [Violation] = []
    for (number, sentence) in reading.sentences.enumerated() {
      if capital, number > 0 || reading.kind.opens { violations += begin(sentence, reading) }
      if let most {
        let words = reading.words(in: sentence)
        if words.count > most, let first = words.first {
          violations.append(
            Violation(
              range: first.range, values: ["limit": "\(most)", "value": "\(words.count)"]))
        }
      }
    }
    guard !end.isEmpty else { return violations }
    let turns = reading.kind.isCaptions ? Array(reading.turns.suffix(1)) : reading.turns
    for (number, turn) in turns.enumerated() {
      if number == turns.count - 1, !reading.kind.closes { continue }
      violations += finish(turn, reading)
    }
    return violations
  }

  private func begin(_ sentence: Range<Int>, _ reading: Reading) -> [Violation] {
    var index = sentence.lowerBound
    while index < sentence.upperBound, !reading.plain[index].isWord {
      // A tag may stand for the first word: ‘[colleague] said so.’
      if reading.plain[index] == masked, [91, 40].contains(reading.codes[index]) { return [] }
      // A dash or dots at the start say that the sentence goes on.
      if [0x2014, 0x2013, 0x2026, 45, 46, 0x266A].contains(reading.plain[index]) { return [] }
      index += 1
    }
    guard index < sentence.upperBound, reading.plain[index].isLower else { return [] }
    // ‘iPhone’ and ‘e-mail address’ apart: a capital inside the word stays as it is.
    let word = reading.words(in: index..<sentence.upperBound).first?.range ?? index..<index + 1
    guard !reading.plain[word].contains(where: \.isUpper) else { return [] }
    return [
      Violation(
        range: word,
        fix: String(codes: [reading.plain[index].raised])
          + reading.string(index + 1..<word.upperBound))
    ]
  }

  private func finish(_ turn: Reading.Turn, _ reading: Reading) -> [Violation] {
    // A heading ends as it likes: all in capitals, or a line such as ‘Date: May 5’.
    if !reading.plain[turn.body].contains(where: \.isLower),
      reading.words(in: turn.body).contains(where: { $0.range.count > 1 })
    {
      return []
    }
    if let label = turn.label,
      headings.contains(String(reading.string(reading.marks[label].range).dropLast()))
    {
      return []
    }
    var last = turn.body.upperBound
    // A tag may end a turn; time marks and blanks say nothing of how the words end.
    while last > turn.body.lowerBound,
      reading.plain[last - 1] == masked || reading.plain[last - 1].isBlank
    {
      if end.contains(reading.codes[last - 1]) { return [] }
      last -= 1
    }
    guard last > turn.body.lowerBound else { return [] }
    guard !end.contains(reading.plain[last - 1]) else { return [] }
    var place = last - 1
    while place > turn.body.lowerBound,
      end.contains(reading.plain[place]) || reading.plain[place].isCloser
    {
      place -= 1
    }
    guard !end.contains(reading.plain[place]) else { return [] }
    let word = reading.words(in: turn.body).last { $0.range.upperBound <= last }
    let start = word.map { Int($0.start) } ?? last - 1
    return [Violation(range: start..<last)]
  }
}
