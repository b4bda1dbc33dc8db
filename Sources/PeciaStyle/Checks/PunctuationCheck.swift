/// `punctuation`: marks at a sentence's end, dashes and dots, in the one form that a guide has.
struct PunctuationCheck: Check {
  static let key = "punctuation"
  static let knowsFixes = true
  private enum Kind: String, CaseIterable {
    /// One mark ends a sentence, not two.
    case terminal
    /// A dash has one form, and blanks around it as the guide says.
    case dash
    /// Trailing off has one form, or none.
    case ellipsis
  }
  private enum Blanks: String, CaseIterable { case none, before, after, both, any, notBefore }
  private let kind: Kind
  /// The forms allowed; for `terminal` the doubled marks.
  private let forms: [[Code]]
  private let blanks: Blanks

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let kind: Kind = try fields.choice("of") else {
      throw fields.entry.wrong(
        "‘punctuation’ does not say ‘of’ what", meant("", among: Kind.allCases.map(\.rawValue)))
    }
    self.kind = kind
    forms = try fields.strings("forms").map(\.codes)
    blanks = try fields.choice("blanks") ?? .any
    if kind == .dash, forms.isEmpty {
      throw fields.entry.wrong("the rule names no form of dash", "write ‘forms: [—]’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    switch kind {
    case .terminal: terminals(reading)
    case .dash: dashes(reading)
    case .ellipsis: ellipses(reading)
    }
  }

  /// Runs of the codes that `belongs` names, in the words of the text.
  private func runs(_ reading: Reading, _ belongs: (Code) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var index = 0
    while index < reading.plain.count {
      guard belongs(reading.plain[index]) else {
        index += 1
        continue
      }
      let start = index
      while index < reading.plain.count, belongs(reading.plain[index]) { index += 1 }
      runs.append(start..<index)
    }
    return runs
  }

  private func terminals(_ reading: Reading) -> [Violation] {
    runs(reading) { $0 == 46 || $0 == 63 || $0 == 33 || $0 == 44 }.compactMap { run in
      let codes = Array(reading.plain[run])
      guard codes.count > 1, !codes.allSatisfy({ $0 == 46 }) || codes.count == 2,
        !forms.contains(codes), codes.contains(where: { $0 != 44 })
      else { return nil }
      // An ellipsis before a mark (‘...?’) and an abbreviation’s point (‘etc.,’) are no doubles.
      if codes.count == 4, codes.prefix(3).allSatisfy({ $0 == 46 }) { return nil }
      if codes.first == 46, codes.count == 2, codes[1] != 46 { return nil }
      let first = codes.first { $0 == 63 } ?? codes.first { $0 == 33 } ?? 46
      return Violation(range: run, fix: String(codes: [first]))
    }
  }

  private func dashes(_ reading: Reading) -> [Violation] {
    runs(reading, \.isDash).compactMap { run in
      let codes = Array(reading.plain[run])
      let before = reading.plain(at: run.lowerBound - 1)
      let after = reading.plain(at: run.upperBound)
      let isHyphen = codes == [45] || codes == [0x2010] || codes == [0x2011]
      // A hyphen inside a word, a minus, a cut-off word and a range of numbers are no dashes.
      if isHyphen || codes == [0x2013] {
        let loose = before?.isBlank ?? true
        guard loose, after?.isBlank ?? true else { return nil }
        if before == nil || after == nil || before?.isNewline == true { return nil }
      }
      guard let wanted = forms.contains(codes) ? codes : forms.first else { return nil }
      var (start, end) = (run.lowerBound, run.upperBound)
      while start > 0, reading.plain[start - 1] == 32 { start -= 1 }
      while end < reading.plain.count, reading.plain[end] == 32 { end += 1 }
      let atStart = start == 0 || reading.plain[start - 1].isNewline
      let atEnd = end == reading.plain.count || reading.plain[end].isNewline
      let left: Bool
      let right: Bool
      switch blanks {
      case .none: (left, right) = (false, false)
      case .before: (left, right) = (true, false)
      case .after: (left, right) = (false, true)
      case .both: (left, right) = (true, true)
      case .any: (left, right) = (start < run.lowerBound, run.upperBound < end)
      case .notBefore: (left, right) = (false, run.upperBound < end)
      }
      let text =
        (left && !atStart ? " " : "") + String(codes: wanted) + (right && !atEnd ? " " : "")
      let isClosed = reading.plain(at: end).map { $0.isCloser || $0.isTerminal } ?? false
      // Before tags and labels, blanks are theirs.
      if reading.plain(at: start - 1) == masked || reading.plain(at: end) == masked || isClosed {
        guard codes != wanted else { return nil }
        return Violation(range: run, fix: String(codes: wanted))
      }
      if atStart { start = run.lowerBound }
      if atEnd { end = run.upperBound }
      guard reading.string(start..<end) != text.trimmed(atStart, atEnd) else { return nil }
      return Violation(range: start..<end, fix: text.trimmed(atStart, atEnd))
    }
  }

  private func ellipses(_ reading: Reading) -> [Violation] {
    runs(reading) { $0 == 46 || $0 == 0x2026 }.compactMap { run in
      let codes = Array(reading.plain[run])
      guard codes.contains(0x2026) || codes.count >= 3, !forms.contains(codes) else { return nil }
      // With no form allowed a person must decide what stands there instead.
      return Violation(range: run, fix: forms.first.map { String(codes: $0) })
    }
  }
}

extension Code {
  fileprivate var isDash: Bool {
    self == 45 || (0x2010...0x2015).contains(self)
  }
}

extension String {
  /// Without the blank at an end that lies at a line's edge.
  fileprivate func trimmed(_ start: Bool, _ end: Bool) -> String {
    var text = self[...]
    if start, text.first == " " { text.removeFirst() }
    if end, text.last == " " { text.removeLast() }
    return String(text)
  }
}
