/// `capitals`: which words are written with capitals.
struct CapitalsCheck: Check {
  static let key = "capitals"
  static let knowsFixes = true
  static let placeholders: Set<String> = ["limit"]
  private enum Kind {
    /// Words of capitals are known ones.
    case known(Set<String>, letters: Int)
    /// No more than so many words of capitals in a row.
    case run(Int)
    /// Exactly these capitals.
    case exact([String])
    /// A capital before a number: `Exhibit 4`.
    case beforeNumber
  }
  private let kind: Kind
  private let list: WordList
  var phrases: [(number: Int, text: String)] { list.phrases }

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    var list = WordList(scope: context.scope)
    let known = fields.optional("known")
    let run = try fields.int("run", in: 2...20)
    let exact = fields.optional("exact")
    let beforeNumber = fields.optional("beforeNumber")
    let letters = try fields.int("letters", in: 2...20) ?? 3
    let given = [known != nil, run != nil, exact != nil, beforeNumber != nil].count { $0 }
    guard given == 1 else {
      throw fields.entry.wrong(
        "the rule asks for \(given == 0 ? "nothing" : "several things at once")",
        "write one of ‘known’, ‘run’, ‘exact’, ‘beforeNumber’")
    }
    if let known {
      let words = try known.entries.map { try $0.string("known") }
      kind = .known(
        Set(words + context.vocabulary.words + context.vocabulary.names), letters: letters)
    } else if let run {
      kind = .run(run)
    } else if let entries = (exact ?? beforeNumber)?.entries {
      let words = try entries.map { try $0.string("capitals") }
      for (number, entry) in entries.enumerated() {
        try list.add(words[number], number: number, at: entry)
      }
      kind = exact != nil ? .exact(words) : .beforeNumber
    } else {
      kind = .run(3)
    }
    self.list = list
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    switch kind {
    case .known(let known, let letters): unknown(reading, known, letters)
    case .run(let most): runs(reading, most)
    case .exact(let forms): exact(reading, list.hits(in: reading, hits), forms)
    case .beforeNumber: beforeNumbers(reading, list.hits(in: reading, hits))
    }
  }

  private func isCapitals(_ word: Reading.Word, _ reading: Reading, letters: Int) -> Bool {
    let codes = reading.plain[word.range]
    return codes.count >= letters && codes.allSatisfy { $0.isUpper || $0.isApostrophe || $0 == 45 }
  }

  private func unknown(_ reading: Reading, _ known: Set<String>, _ letters: Int) -> [Violation] {
    reading.words.compactMap { word in
      guard isCapitals(word, reading, letters: letters) else { return nil }
      let text = reading.string(word.range)
      // ‘S-M-I-T-H’ is spelt, not shouted.
      if text.split(separator: "-").allSatisfy({ $0.count == 1 }) { return nil }
      return known.contains(text) || known.contains(String(text.prefix { $0 != "'" && $0 != "’" }))
        ? nil : Violation(range: word.range)
    }
  }

  private func runs(_ reading: Reading, _ most: Int) -> [Violation] {
    var violations: [Violation] = []
    var index = 0
    while index < reading.words.count {
      var end = index
      while end < reading.words.count, isCapitals(reading.words[end], reading, letters: 1),
        end == index || reading.isOnlyBlank(between: end - 1, and: end)
      { end += 1 }
      let long = (index..<end).contains { reading.words[$0].range.count > 1 }
      if end - index >= most, long {
        let range = Int(reading.words[index].start)..<Int(reading.words[end - 1].end)
        let text = reading.string(range)
        violations.append(
          Violation(
            range: range,
            values: ["fix": text.prefix(1) + text.dropFirst().lowercased(), "limit": "\(most)"]))
      }
      index = max(end, index + 1)
    }
    return violations
  }

  private func exact(_ reading: Reading, _ hits: [WordList.Hit], _ forms: [String]) -> [Violation] {
    hits.compactMap { hit in
      // A phrase may run over a line’s end.
      let written = String(
        codes: reading.codes[hit.range].lazy.map { $0.isNewline ? 32 : $0 })
      let form = forms[hit.number]
      guard written != form else { return nil }
      // A small form may have a capital where a sentence begins.
      if written.dropFirst() == form.dropFirst(), reading.opensSentence(hit.range.lowerBound) {
        return nil
      }
      let broken = reading.codes[hit.range].contains(where: \.isNewline)
      return Violation(range: hit.range, fix: broken ? nil : form, values: ["fix": form])
    }
  }

  private func beforeNumbers(_ reading: Reading, _ hits: [WordList.Hit]) -> [Violation] {
    hits.compactMap { hit in
      let next = reading.firstWord(from: hit.range.upperBound)
      guard reading.words.indices.contains(next),
        Int(reading.words[next].start) == hit.range.upperBound + 1,
        reading.plain[hit.range.upperBound] == 32,
        reading.plain[Int(reading.words[next].start)].isDigit,
        reading.plain[hit.range.lowerBound].isLower
      else { return nil }
      let text = reading.string(hit.range)
      return Violation(range: hit.range, fix: text.prefix(1).uppercased() + text.dropFirst())
    }
  }
}

extension Reading {
  /// Whether a sentence begins at `place`, or just before it with a quotation mark.
  func opensSentence(_ place: Int) -> Bool {
    var (low, high) = (0, sentences.count)
    while low < high {
      let middle = (low + high) / 2
      if sentences[middle].upperBound <= place { low = middle + 1 } else { high = middle }
    }
    guard low < sentences.count, sentences[low].lowerBound <= place else { return false }
    return plain[sentences[low].lowerBound..<place].allSatisfy { !$0.isWord }
  }
}
