/// `numbers`: which numbers are written in words and which in digits.
struct NumberCheck: Check {
  static let key = "numbers"
  static let knowsFixes = true
  static let placeholders: Set<String> = ["limit"]
  private enum Kind: String, CaseIterable {
    /// Numbers up to `limit` stand in words.
    case words
    /// Numbers in words from `limit` on stand in digits.
    case digits
    /// No numeral starts a sentence.
    case start
    /// `10,000`
    case thousands
    /// `0.5`
    case decimals
  }
  private let kind: Kind
  private let limit: Int
  /// Whether numbers beside larger ones in a sentence keep their digits.
  private let related: Bool
  /// Words before and behind a number that keep its digits.
  private let before: Set<String>
  private let after: Set<String>

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let kind: Kind = try fields.choice("in") else {
      throw fields.entry.wrong(
        "‘numbers’ does not say ‘in’ what", meant("", among: Kind.allCases.map(\.rawValue)))
    }
    self.kind = kind
    limit = try fields.int("limit", in: 0...999_999) ?? (kind == .words ? 9 : 10)
    related = try fields.bool("related") ?? true
    before = Set(try fields.strings("before").map { $0.lowercased() })
    after = Set(try fields.strings("behind").map { $0.lowercased() })
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    switch kind {
    case .words: sentences(reading) { inWords($0, $1, reading) }
    case .digits: sentences(reading) { inDigits($0, $1, reading) }
    case .start: sentences(reading) { atStart($0, $1, reading) }
    case .thousands: numerals(reading, thousands)
    case .decimals: decimals(reading)
    }
  }

  private func sentences(
    _ reading: Reading, _ find: (Range<Int>, ArraySlice<Reading.Word>) -> [Violation]
  ) -> [Violation] {
    reading.sentences.flatMap { find($0, reading.words(in: $0)) }
  }

  private func numerals(
    _ reading: Reading, _ find: (Reading.Word, Reading) -> Violation?
  ) -> [Violation] {
    reading.words.filter { reading.plain[Int($0.start)].isDigit }.compactMap { find($0, reading) }
  }

  /// The value of a numeral of digits alone; nil for anything else.
  private func value(_ word: Reading.Word, _ reading: Reading) -> Int? {
    let codes = reading.plain[word.range]
    guard codes.count <= 7, codes.allSatisfy({ $0.isDigit || $0 == 44 }) else { return nil }
    return Int(String(codes: codes.filter(\.isDigit)))
  }

  private func inWords(
    _ sentence: Range<Int>, _ words: ArraySlice<Reading.Word>, _ reading: Reading
  ) -> [Violation] {
    var violations: [Violation] = []
    var largest = 0
    for word in words where reading.plain[Int(word.start)].isDigit {
      largest = max(largest, value(word, reading) ?? 0)
    }
    for index in words.indices {
      guard reading.plain[Int(words[index].start)].isDigit,
        let value = value(words[index], reading), value <= limit,
        !related || largest <= limit, !keepsDigits(index, reading)
      else { continue }
      let text = Numerals.words(value)
      let opens = words[index].range.lowerBound == sentence.lowerBound
      violations.append(
        Violation(
          range: words[index].range,
          fix: opens ? text.prefix(1).uppercased() + text.dropFirst() : text,
          values: ["limit": "\(limit)"]))
    }
    return violations
  }

  /// Whether what stands around a numeral asks for digits: money, times, dates, units, numbers.
  private func keepsDigits(_ index: Int, _ reading: Reading) -> Bool {
    let range = reading.words[index].range
    let left = reading.plain(at: range.lowerBound - 1)
    let right = reading.plain(at: range.upperBound)
    let signs: Set<Code> = [36, 163, 0x20AC, 35, 43, 45, 47, 37, 46, 58, 0xB0, 61, 64, 95, 0x2013]
    if let left, signs.contains(left) { return true }
    if let right, signs.subtracting([46, 58, 45]).contains(right) { return true }
    if right == 46, reading.plain(at: range.upperBound + 1)?.isDigit == true { return true }
    let words = reading.words
    if index > 0, reading.isOnlyBlank(between: index - 1, and: index) {
      let word = reading.folded(words[index - 1].range)
      if before.contains(word) { return true }
    }
    // ‘5 kg’ and ‘5 Elm Street’: the word behind, and a capital that belongs to an address.
    for ahead in index + 1..<min(index + 4, words.count) {
      guard reading.isOnlyBlank(between: ahead - 1, and: ahead) else { break }
      let word = reading.folded(words[ahead].range)
      if ahead == index + 1, after.contains(word) { return true }
      if Self.streets.contains(word), reading.plain[Int(words[ahead].start)].isUpper { return true }
    }
    return false
  }

  private static let streets: Set<String> = [
    "street", "avenue", "road", "lane", "drive", "boulevard", "court", "square", "place", "way",
  ]

  private static let initials = Set("zotfsen".unicodeScalars.map(\.value))

  private func inDigits(
    _ sentence: Range<Int>, _ words: ArraySlice<Reading.Word>, _ reading: Reading
  ) -> [Violation] {
    words.indices.compactMap { index in
      let range = words[index].range
      // No number word is longer, or begins with another letter.
      guard index > words.startIndex, (3...13).contains(range.count),
        Self.initials.contains(reading.plain[range.lowerBound].folded)
      else { return nil }
      guard let value = Numerals.value(reading.folded(range)), value >= limit else { return nil }
      // Beside other numbers in words the form is not this rule’s to choose.
      for near in [index - 2, index - 1, index + 1, index + 2]
      where words.indices.contains(near) {
        let word = reading.folded(words[near].range)
        if Numerals.isNumber(word) || after.contains(word) && near == index + 1 { return nil }
        if before.contains(word), near == index - 1 { return nil }
      }
      return Violation(range: range, fix: String(value), values: ["limit": "\(limit)"])
    }
  }

  private func atStart(
    _ sentence: Range<Int>, _ words: ArraySlice<Reading.Word>, _ reading: Reading
  ) -> [Violation] {
    guard sentence.lowerBound > 0 || reading.kind.opens, let first = words.first,
      reading.plain[Int(first.start)].isDigit
    else { return [] }
    let start = first.range.lowerBound
    guard reading.plain[sentence.lowerBound..<start].allSatisfy({ !$0.isWord && $0 != 36 }) else {
      return []
    }
    // A year and a decimal are read in several ways: a person must write them.
    let behind = reading.plain(at: first.range.upperBound)
    guard let value = value(first, reading), value < 1000, behind != 37 else {
      return [Violation(range: first.range, values: ["fix": "the number in words"])]
    }
    let text = Numerals.words(value)
    return [Violation(range: first.range, fix: text.prefix(1).uppercased() + text.dropFirst())]
  }

  private func thousands(_ word: Reading.Word, _ reading: Reading) -> Violation? {
    let codes = Array(reading.plain[word.range])
    guard codes.count >= 5, codes.count <= 9, codes.allSatisfy(\.isDigit), codes[0] != 48 else {
      return nil
    }
    let left = reading.plain(at: word.range.lowerBound - 1)
    if let left, left != 36, left != 163, left != 0x20AC, left != 40, !left.isBlank { return nil }
    let number = reading.firstWord(from: word.range.lowerBound)
    if number > 0, before.contains(reading.folded(reading.words[number - 1].range)) { return nil }
    var text: [Code] = []
    for (index, code) in codes.enumerated() {
      if index > 0, (codes.count - index) % 3 == 0 { text.append(44) }
      text.append(code)
    }
    return Violation(range: word.range, fix: String(codes: text))
  }

  private func decimals(_ reading: Reading) -> [Violation] {
    numerals(reading) { word, reading in
      let start = word.range.lowerBound
      guard reading.plain(at: start - 1) == 46 else { return nil }
      let left = reading.plain(at: start - 2)
      guard left == nil || left == 36 || left?.isBlank == true else { return nil }
      return Violation(range: start - 1..<start, fix: "0.")
        .widened(to: word.range.upperBound, reading)
    }
  }
}

extension Violation {
  /// The violation with what follows up to `end`, which its fix keeps.
  fileprivate func widened(to end: Int, _ reading: Reading) -> Violation {
    Violation(
      range: range.lowerBound..<end, fix: (fix ?? "") + reading.string(range.upperBound..<end))
  }
}
