/// `spacing`: blanks between words, at line ends, before and behind marks.
struct SpacingCheck: Check {
  static let key = "spacing"
  static let knowsFixes = true
  private enum Where: String, CaseIterable {
    /// More than one blank in a row, and tabs.
    case between
    /// Blanks at the ends and the beginnings of lines.
    case edges
    /// A blank before a mark.
    case before
    /// No blank behind a mark.
    case after
    /// More than one empty line in a row.
    case emptyLines
  }
  private let place: Where
  /// French has blanks before some marks.
  var isForAnyLanguage: Bool { place != .before && place != .after }
  /// Blanks between sentences.
  private let blanks: Int
  private let marks: Set<Code>

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let place: Where = try fields.choice("where") else {
      throw fields.entry.wrong(
        "‘spacing’ does not say ‘where’",
        meant("", among: Where.allCases.map(\.rawValue)))
    }
    self.place = place
    blanks = try fields.int("blanks", in: 1...2) ?? 1
    let marks = fields.optional("marks")
    self.marks = Set(try marks?.string("marks").codes ?? [])
    if place == .before || place == .after, self.marks.isEmpty {
      throw fields.entry.wrong("the rule names no ‘marks’", "write ‘marks: \",.?!\"’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    switch place {
    case .between: between(reading)
    case .edges: edges(reading)
    case .before: before(reading)
    case .after: after(reading)
    case .emptyLines: emptyLines(reading)
    }
  }

  private func between(_ reading: Reading) -> [Violation] {
    var violations: [Violation] = []
    for line in reading.lines {
      let content = reading.trimmed(line)
      var index = content.lowerBound
      while index < content.upperBound {
        guard reading.plain[index].isBlank else {
          index += 1
          continue
        }
        let start = index
        while index < content.upperBound, reading.plain[index].isBlank { index += 1 }
        if index - start == 1, reading.plain[start] == 32 { continue }
        if index - start == 1, reading.plain[start] == 0xA0 { continue }
        let ends = reading.plain[start - 1].isTerminal || reading.plain[start - 1].isCloser
        if ends, blanks == 2, reading.plain[start..<index].allSatisfy({ $0 == 32 }),
          index - start == 2
        {
          continue
        }
        violations.append(
          Violation(range: start..<index, fix: String(repeating: " ", count: ends ? blanks : 1)))
      }
    }
    return violations
  }

  private func edges(_ reading: Reading) -> [Violation] {
    reading.lines.flatMap { line -> [Violation] in
      guard !line.isEmpty else { return [] }
      let content = reading.trimmed(line)
      if content.isEmpty { return [Violation(range: line, fix: "")] }
      return [line.lowerBound..<content.lowerBound, content.upperBound..<line.upperBound]
        .filter { !$0.isEmpty }.map { Violation(range: $0, fix: "") }
    }
  }

  private func before(_ reading: Reading) -> [Violation] {
    var violations: [Violation] = []
    for index in reading.plain.indices.dropFirst()
    where marks.contains(reading.plain[index]) && reading.plain[index - 1].isBlank {
      var start = index
      while start > 0, reading.plain[start - 1].isBlank, !reading.plain[start - 1].isNewline {
        start -= 1
      }
      // At a line's start there is no word to join; ‘.5’ and ‘...’ are words of their own.
      guard start > 0, start < index, !reading.plain[start - 1].isNewline else { continue }
      if reading.plain[index] == 46, let next = reading.plain(at: index + 1),
        next.isDigit || next == 46
      {
        continue
      }
      // A guess such as ‘?bank?’ begins with a mark.
      if reading.plain[index] == 63 {
        let word = reading.plain[(index + 1)...].prefix(40).prefix { $0.isWord }
        if !word.isEmpty, reading.plain(at: word.endIndex) == 63 { continue }
      }
      violations.append(Violation(range: start..<index, fix: ""))
    }
    return violations
  }

  private func after(_ reading: Reading) -> [Violation] {
    var violations: [Violation] = []
    for index in reading.plain.indices.dropLast()
    where marks.contains(reading.plain[index]) && reading.plain[index + 1].isWord {
      guard needsBlank(index, reading) else { continue }
      violations.append(
        Violation(range: index..<index + 1, fix: reading.string(index..<index + 1) + " "))
    }
    return violations
  }

  /// Whether the mark at `index` is no part of a number, a time, an address or an abbreviation.
  private func needsBlank(_ index: Int, _ reading: Reading) -> Bool {
    let plain = reading.plain
    guard index > 0, !plain[index - 1].isBlank else { return false }
    if plain[index - 1].isDigit, plain[index + 1].isDigit { return false }
    if plain[index] == 46,
      plain[index - 1] == 46 || !plain[index - 1].isWord && !plain[index - 1].isCloser
    {
      return false
    }
    let word =
      reading.words.indices.contains(reading.firstWord(from: index + 1) - 1)
      ? reading.words[reading.firstWord(from: index + 1) - 1].range : 0..<0
    if word.contains(index) { return false }
    var (start, end) = (index, index)
    while start > 0, !plain[start - 1].isBlank, plain[start - 1] != masked { start -= 1 }
    while end < plain.count, !plain[end].isBlank, plain[end] != masked { end += 1 }
    return !Self.isAddress(reading.folded(start..<end), at: index - start)
  }

  /// Whether `chunk` is an e-mail or web address, a file's name, or letters with points.
  private static func isAddress(_ chunk: String, at mark: Int) -> Bool {
    if chunk.contains("@") || chunk.contains("://") || chunk.hasPrefix("www.") { return true }
    let parts = chunk.split(separator: ".", omittingEmptySubsequences: true)
    if parts.count > 1, let last = parts.last {
      let ending = last.prefix { $0.isLetter || $0.isNumber }
      if endings.contains(String(ending)) { return true }
    }
    // ‘Ph.D.’, ‘B.Sc.’: short parts that each end in a point.
    return chunk.last == "." && parts.count > 1 && parts.allSatisfy { $0.count <= 2 }
  }

  private static let endings: Set<String> = [
    "com", "org", "net", "edu", "gov", "io", "uk", "de", "fr", "eu", "info", "ac", "mil", "pdf",
    "txt", "doc", "docx", "csv", "jpg", "png", "mp3", "wav", "flac", "html", "js", "py",
  ]

  private func emptyLines(_ reading: Reading) -> [Violation] {
    var violations: [Violation] = []
    var first: Int?
    for (number, line) in reading.lines.enumerated() {
      let empty = reading.codes[line].allSatisfy(\.isBlank)
      if empty, number > 0 {
        if first == nil { first = number }
        continue
      }
      if let start = first, number - start > 1 {
        violations.append(
          Violation(
            range: reading.lines[start + 1].lowerBound..<line.lowerBound, fix: ""))
      }
      first = nil
    }
    return violations
  }
}
