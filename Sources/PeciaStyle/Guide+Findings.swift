public import PeciaCore

extension Guide {
  /// What the guide's rules find in `text`, in the order of the text; always the same.
  public func findings(in text: String, as kind: TextKind = .submission()) -> [Finding] {
    let reading = read(text, as: kind)
    let places = TextPlaces(reading)
    var found = violations(in: reading)
    let problems = silence(&found, in: reading)
    let findings = found.map { finding(of: $0, in: reading, places) }
    guard !problems.isEmpty else { return findings }
    return (findings + problems.map { finding(of: $0.0, $0.1, in: reading, places) }).sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
  }

  private func finding(
    of problem: KeepProblem, _ keep: Keep, in reading: Reading, _ places: TextPlaces
  ) -> Finding {
    let range = places.characters(keep.range)
    let message =
      switch problem {
      case .unused: "take this out: ‘\(keep.rule)’ finds nothing on this line"
      case .noReason: "say why, as in ‘[keep \(keep.rule): the speaker spells it so]’"
      case .unknown:
        "there is no rule ‘\(keep.rule)’ to silence; " + meant(keep.rule, among: rules.map(\.id))
      }
    return Finding(
      rule: problem.rawValue, level: problem == .unused ? .warning : .error, message: message,
      range: range.offsets, start: range.start, end: range.end,
      text: reading.string(range.codes))
  }

  func finding(of found: Found, in reading: Reading, _ places: TextPlaces) -> Finding {
    let rule = rules[found.rule]
    let range = places.characters(found.violation.range)
    let fix = found.violation.fix.map {
      Self.widened(Edit(range: found.violation.range, text: $0), to: range.codes, in: reading)
    }
    return Finding(
      rule: rule.id, level: rule.level,
      message: rule.message.filled(values(of: found, in: reading, places)),
      range: range.offsets, start: range.start, end: range.end,
      text: reading.string(range.codes), fix: rule.fixes ? fix : nil,
      tidy: rule.fixes ? tidy(found, in: reading, places) : nil)
  }

  /// The whole change, where the fix is not all of it.
  private func tidy(
    _ found: Found, in reading: Reading, _ places: TextPlaces
  ) -> Finding.Change? {
    guard let edit = found.violation.edit, edit.range != found.violation.range else { return nil }
    let range = places.characters(edit.range)
    return Finding.Change(
      range: range.offsets, text: Self.widened(edit, to: range.codes, in: reading))
  }

  /// What the braces of the rule's message stand for.
  func values(of found: Found, in reading: Reading, _ places: TextPlaces) -> [String: String] {
    let codes = places.characters(found.violation.range).codes
    var values = found.violation.values
    values["match"] = values["match"] ?? Self.shown(reading.string(codes))
    let fix = found.violation.fix.map {
      Self.widened(Edit(range: found.violation.range, text: $0), to: codes, in: reading)
    }
    values["fix"] = values["fix"] ?? Self.shown(fix ?? "")
    return values
  }

  /// What an edit makes of the whole characters at `codes`.
  private static func widened(_ edit: Edit, to codes: Range<Int>, in reading: Reading) -> String {
    reading.string(codes.lowerBound..<edit.range.lowerBound) + edit.text
      + reading.string(edit.range.upperBound..<codes.upperBound)
  }

  func read(_ text: String, as kind: TextKind) -> Reading {
    Reading(text, as: kind, grammar: grammar, lexicon: lexicon)
  }

  /// A violation and the number of its rule.
  struct Found {
    var rule: Int
    var violation: Violation
  }

  /// All violations, sorted by place and then by rule; those that are silenced left out.
  func violations(in reading: Reading, rule only: Int? = nil) -> [Found] {
    let hits = lexicon.hits(in: reading, rules: rules.count)
    var found: [Found] = []
    let isForeign = reading.kind.language.map { !fits($0) } ?? false
    for (number, rule) in rules.enumerated() where only == nil || only == number {
      if isForeign, !rule.check.isForAnyLanguage { continue }
      let isCaptionCheck = rule.check is any CaptionCheck || rule.scope == .cue
      guard !isCaptionCheck || reading.kind.isCaptions,
        rule.scope != (reading.kind.isClip ? .transcript : .clip)
      else { continue }
      for violation in rule.check.violations(in: reading, hits: hits[number]) {
        found.append(Found(rule: number, violation: rule.withFix(violation, in: reading)))
      }
    }
    found.sort { left, right in
      let (a, b) = (left.violation.range, right.violation.range)
      return (a.lowerBound, a.upperBound, left.rule) < (b.lowerBound, b.upperBound, right.rule)
    }
    return found
  }

  /// A text as it stands in a message: short, on one line.
  private static func shown(_ text: String) -> String {
    let line = text.replacing("\n", with: " ")
    return line.count <= 60 ? line : line.prefix(59) + "…"
  }
}

extension Rule {
  /// The violation with the fix that the rule states; without any where it states none.
  func withFix(_ violation: Violation, in reading: Reading) -> Violation {
    var violation = violation
    switch fix {
    case .none:
      // What the check would write may still stand in the message.
      if let text = violation.fix, violation.values["fix"] == nil { violation.values["fix"] = text }
      violation.fix = nil
      violation.edit = nil
    case .own:
      if let text = violation.fix, violation.edit == nil {
        violation.edit = Edit(range: violation.range, text: text)
      }
    case .remove:
      if let edit = reading.removal(of: violation.range) {
        violation.fix = ""
        violation.edit = edit
      }
    case .with(let template):
      let text = violation.values.filter { $0.key.hasPrefix("$") }
        .reduce(template) { $0.replacing($1.key, with: $1.value) }
      violation.fix = text
      violation.edit = Edit(range: violation.range, text: text)
    }
    return violation
  }
}

/// Places of a text in characters as a person counts them.
struct TextPlaces {
  private let reading: Reading
  /// Characters before each line; empty where every scalar is one character.
  private var before: [Int] = []

  init(_ reading: Reading) {
    self.reading = reading
    guard reading.codes.contains(where: { $0 >= 128 || $0 == 13 }) else { return }
    var count = 0
    for (number, line) in reading.lines.enumerated() {
      before.append(count)
      count += Self.length(reading.codes[line])
      if number + 1 < reading.lines.count { count += 1 }
    }
  }

  private static func length(_ codes: ArraySlice<Code>) -> Int {
    codes.allSatisfy { $0 < 128 } ? codes.count : String(codes: codes).count
  }

  /// `range` widened to whole characters.
  func characters(
    _ range: Range<Int>
  ) -> (codes: Range<Int>, offsets: Range<Int>, start: TextPlace, end: TextPlace) {
    let (lower, start, startOffset) = place(range.lowerBound, up: false)
    let (upper, end, endOffset) = place(range.upperBound, up: true)
    return (lower..<max(lower, upper), startOffset..<max(startOffset, endOffset), start, end)
  }

  private func place(_ code: Int, up: Bool) -> (code: Int, place: TextPlace, offset: Int) {
    let number = reading.line(of: code)
    let line = reading.lines[number]
    guard !before.isEmpty else {
      return (code, TextPlace(line: number + 1, column: code - line.lowerBound + 1), code)
    }
    // Between CR and LF, and behind them, is the line's end.
    let inside = min(code, line.upperBound)
    let past = code > line.upperBound ? 1 : 0
    let head = reading.codes[line.lowerBound..<inside]
    if head.allSatisfy({ $0 < 128 }),
      inside == line.upperBound || reading.codes[inside] < 0x300
    {
      let column = inside - line.lowerBound + past
      return (code, TextPlace(line: number + 1, column: column + 1), before[number] + column)
    }
    var (at, column) = (line.lowerBound, 0)
    for character in String(codes: reading.codes[line]) {
      let length = character.unicodeScalars.count
      if at == inside || (at < inside && at + length > inside && !up) { break }
      at += length
      column += 1
      if at >= inside { break }
    }
    return (
      past > 0 ? code : at, TextPlace(line: number + 1, column: column + past + 1),
      before[number] + column + past
    )
  }
}
