/// `lineBreak`: where the lines of a caption may break.
struct LineBreakCheck: CaptionCheck {
  static let key = "lineBreak"
  private let weak: Set<String>
  private let names: Bool
  private let orphan: Int?
  private let sentence: Int?

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    weak = Set(try fields.strings("notAfter").map { $0.lowercased() })
    names = try fields.bool("names") ?? false
    orphan = try fields.int("orphan", in: 1...20)
    sentence = try fields.int("sentence", in: 1...20)
    guard !weak.isEmpty || names || orphan != nil || sentence != nil else {
      throw fields.entry.wrong(
        "the rule asks for nothing", "write ‘notAfter’, ‘names’, ‘orphan’ or ‘sentence’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    reading.cues.flatMap { cue -> [Violation] in
      let lines = cue.lines.map { reading.words(in: reading.lines[$0]) }
      var violations: [Violation] = []
      for (number, words) in lines.enumerated() {
        if number + 1 < lines.count, let last = words.last, let next = lines[number + 1].first {
          violations += atBreak(last, next, reading)
        }
        violations += inLine(words, number, lines, reading)
      }
      return violations
    }
  }

  private func atBreak(
    _ last: Reading.Word, _ next: Reading.Word, _ reading: Reading
  ) -> [Violation] {
    let behind = reading.plain(at: Int(last.end))
    guard behind?.isBlank == true else { return [] }
    let word = reading.folded(last.range)
    if weak.contains(word) { return [Violation(range: last.range)] }
    guard names, reading.plain[Int(next.start)].isUpper, reading.plain[Int(last.start)].isUpper,
      !reading.opensSentence(Int(last.start)), word != "i",
      !reading.folded(next.range).hasPrefix("i'"), reading.folded(next.range) != "i"
    else { return [] }
    let pair = Int(last.start)..<Int(next.end)
    return [Violation(range: pair)]
  }

  private func inLine(
    _ words: ArraySlice<Reading.Word>, _ number: Int, _ lines: [ArraySlice<Reading.Word>],
    _ reading: Reading
  ) -> [Violation] {
    if let orphan, lines.count > 1, words.count == 1, let word = words.first,
      word.range.count < orphan
    {
      return [Violation(range: word.range)]
    }
    guard let sentence, number + 1 < lines.count, let first = words.first, let last = words.last
    else { return [] }
    let range = Int(first.start)..<Int(last.end)
    let ends = reading.sentences.filter {
      range.contains($0.upperBound) && $0.upperBound < range.upperBound
    }
    return ends.compactMap { ended in
      let after = words.filter { Int($0.start) >= ended.upperBound }
      guard after.count > sentence, let first = after.first else { return nil }
      return Violation(range: first.range)
    }
  }
}
