/// `repeat`: words or phrases that stand twice in a row, and stuttered beginnings of words.
struct RepeatCheck: Check {
  static let key = "repeat"
  static let knowsFixes = true
  static let placeholders: Set<String> = ["word", "limit"]
  /// The longest phrase, in words; 0 where only stutters count.
  let words: Int
  /// Words that may stand twice.
  private let exceptions: Set<String>
  /// The longest beginning that counts as a stutter, in letters.
  private let stutter: Int?
  /// How many beginnings a stutter may keep.
  private let kept: Int
  /// Whether a comma between the two makes it deliberate (`no, no`).
  private let commas: Bool

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let words = try fields.int("words", in: 1...8)
    stutter = try fields.int("stutter", in: 1...8)
    kept = try fields.int("kept", in: 0...20) ?? 0
    exceptions = Set(try fields.strings("except").map { $0.lowercased() })
    commas = try fields.bool("overCommas") ?? false
    self.words = words ?? (stutter == nil ? 1 : 0)
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var violations: [Violation] = []
    if let stutter { violations += stutters(in: reading, letters: stutter) }
    guard words > 0 else { return violations }
    var index = 0
    let all = reading.words
    while index + 1 < all.count {
      guard let length = (1...words).reversed().first(where: { repeats(index, $0, reading) })
      else {
        index += 1
        continue
      }
      var end = index + 2 * length
      while end + length <= all.count, same(end - length, end, length, reading) { end += length }
      let first = Int(all[index].start)..<Int(all[index + length - 1].end)
      let range = first.lowerBound..<Int(all[end - 1].end)
      let word = reading.string(first)
      violations.append(Violation(range: range, fix: word, values: ["word": word]))
      index = end
    }
    return violations
  }

  /// Whether the `length` words from `index` stand twice, and are no exception.
  private func repeats(_ index: Int, _ length: Int, _ reading: Reading) -> Bool {
    let words = reading.words
    guard index + 2 * length <= words.count, words[index].hash == words[index + length].hash,
      same(index, index + length, length, reading)
    else { return false }
    let phrase = (index..<index + length).map { reading.folded(words[$0].range) }
    if exceptions.contains(phrase.joined(separator: " ")) { return false }
    // ‘very very’ inside a longer match is an exception all the same; so are bare numbers.
    return !phrase.allSatisfy { exceptions.contains($0) || ($0.first?.isNumber ?? false) }
  }

  private func same(_ left: Int, _ right: Int, _ length: Int, _ reading: Reading) -> Bool {
    let words = reading.words
    for offset in 0..<length {
      let (a, b) = (words[left + offset], words[right + offset])
      guard a.hash == b.hash, a.range.count == b.range.count else { return false }
      for (i, j) in zip(a.range, b.range)
      where reading.plain[i].folded != reading.plain[j].folded { return false }
    }
    return (left..<right + length - 1).allSatisfy { isGap($0, reading) }
  }

  /// Whether the next word follows with no more than blanks, or a comma or dash where they count.
  private func isGap(_ word: Int, _ reading: Reading) -> Bool {
    let (start, end) = (Int(reading.words[word].end), Int(reading.words[word + 1].start))
    var breaks = 0
    for index in start..<end {
      let code = reading.plain[index]
      if code == 10 { breaks += 1 }
      guard code.isBlank || (commas && (code == 44 || code == 45 || code == 0x2014)) else {
        return false
      }
    }
    return start < end && breaks < 2
  }

  /// `w-w-want`: beginnings with a hyphen before the word that they begin.
  private func stutters(in reading: Reading, letters: Int) -> [Violation] {
    reading.words.compactMap { word in
      guard reading.plain[word.range].contains(45) else { return nil }
      let text = reading.string(word.range)
      let parts = text.split(separator: "-")
      guard let last = parts.last, parts.count > 1, !exceptions.contains(text.lowercased()) else {
        return nil
      }
      let begun = parts.dropLast().reversed().prefix { part in
        part.count <= letters && part.contains(where: \.isLetter)
          && last.lowercased().hasPrefix(part.lowercased())
          && (kept > 0 || part.count < last.count || parts.count > 1)
      }
      guard begun.count > kept else { return nil }
      let before = parts.dropLast(begun.count + 1)
      let left = before + begun.prefix(kept) + [last]
      let fixed = left.joined(separator: "-").withCase(of: text)
      return Violation(
        range: word.range, fix: fixed, values: ["word": fixed, "limit": String(kept)])
    }
  }
}
