/// `speakers`: how speakers are named, and that one person has one name.
struct SpeakerCheck: Check {
  static let key = "speakers"
  let isForAnyLanguage = true
  static let knowsFixes = true
  static let changesMarks = true
  static let placeholders: Set<String> = ["first", "name"]
  private enum Kind {
    /// Labels match a pattern, without their colon.
    case form(Pattern)
    /// Labels that are equal but for capitals and blanks are one label.
    case spelling
    /// Labels that are nearly equal may be one person; where the vocabulary names speakers, all
    /// other labels are wrong.
    case drift(known: [String])
    /// A speaker begins a line.
    case ownLine(Pattern)
    /// The label stands only where the speaker changes.
    case onChange
    /// In a text with speakers every paragraph begins with a label.
    case everyParagraph
    /// One blank stands behind the label.
    case blank
  }
  private let kind: Kind
  /// Labels without a colon that the guide has: `Q.`, `>>`.
  let shortLabels: [String]
  private let order: [String: [String]]

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    shortLabels = try fields.strings("short")
    let form = fields.optional("form")
    let kindEntry = fields.optional("want")
    var order: [String: [String]] = [:]
    for pair in fields.optional("after")?.pairs ?? [] {
      order[try pair.key.string("after")] = try pair.value.entries.map { try $0.string("after") }
    }
    self.order = order
    if let form {
      kind = .form(try form.pattern(try form.string("form"), ignoresCase: false, whole: true))
      return
    }
    let want: Want? = try kindEntry?.choice("want")
    switch want {
    case .spelling: kind = .spelling
    case .drift: kind = .drift(known: context.vocabulary.speakers)
    case .onChange: kind = .onChange
    case .everyParagraph: kind = .everyParagraph
    case .blank: kind = .blank
    case .ownLine:
      let entry = kindEntry ?? fields.entry
      kind = .ownLine(
        try entry.pattern(
          "[.?!…\"”’—\\-)] +((?:[A-Z][\\w'’.-]*|[A-Z])(?: (?:[A-Z][\\w'’.-]*|\\d+)){0,2}:) ",
          ignoresCase: false))
    case nil:
      guard !order.isEmpty else {
        throw fields.entry.wrong(
          "the rule asks for nothing",
          "write ‘form: PATTERN’, ‘after: …’ or ‘want: ’ with one of "
            + Want.allCases.map(\.rawValue).joined(separator: ", "))
      }
      kind = .spelling
    }
  }

  private enum Want: String, CaseIterable {
    case spelling, drift, ownLine, onChange, everyParagraph, blank
  }

  /// A label's place and its name without the colon.
  private struct Label {
    var mark: Reading.Mark
    var name: String
    var nameRange: Range<Int>
  }

  private func labels(_ reading: Reading) -> [Label] {
    reading.marks(.label).map { mark in
      let colon = reading.codes[mark.range.upperBound - 1] == 58
      let range = mark.range.lowerBound..<mark.range.upperBound - (colon ? 1 : 0)
      return Label(mark: mark, name: reading.string(range), nameRange: range)
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let labels = labels(reading)
    if !order.isEmpty { return outOfOrder(labels) }
    switch kind {
    case .form(let pattern):
      return labels.filter {
        !pattern.matches(any: $0.name.codes) && !shortLabels.contains($0.name)
      }
      .map { Violation(range: $0.nameRange, values: ["name": $0.name]) }
    case .spelling: return spelling(labels)
    case .drift(let known): return drift(labels, known: known)
    case .ownLine(let pattern):
      return pattern.matches(in: reading.plain).compactMap { match in
        guard let group = match.groups.first, let range = group else { return nil }
        return Violation(range: range, values: ["name": reading.string(range)])
      }
    case .onChange:
      return zip(labels, labels.dropFirst()).filter { $0.name == $1.name }.map {
        Violation(range: $1.mark.range, values: ["name": $1.name])
      }
    case .everyParagraph:
      guard !labels.isEmpty else { return [] }
      return reading.turns.compactMap { turn in
        guard turn.label == nil, let word = reading.words(in: turn.body).first else { return nil }
        return Violation(range: word.range)
      }
    case .blank:
      return labels.compactMap { label in
        let start = label.mark.range.upperBound
        var end = start
        while end < reading.codes.count, reading.plain[end].isBlank, !reading.plain[end].isNewline {
          end += 1
        }
        guard end > start, end < reading.codes.count, !reading.plain[end].isNewline else {
          return nil
        }
        guard end - start != 1 || reading.plain[start] != 32 else { return nil }
        return Violation(range: start..<end, fix: " ", values: ["name": label.name])
      }
    }
  }

  private func spelling(_ labels: [Label]) -> [Violation] {
    var first: [String: String] = [:]
    return labels.compactMap { label in
      let folded = label.name.lowercased().filter { $0.isLetter || $0.isNumber }
      guard let known = first[folded] else {
        first[folded] = label.name
        return nil
      }
      guard known != label.name else { return nil }
      return Violation(
        range: label.nameRange, fix: known, values: ["first": known, "name": label.name])
    }
  }

  private func drift(_ labels: [Label], known: [String]) -> [Violation] {
    var seen = known
    return labels.compactMap { label in
      if seen.contains(label.name) || shortLabels.contains(label.name) { return nil }
      let near =
        seen.first { Self.near($0, label.name) }
        ?? known.first { distance($0.lowercased(), label.name.lowercased()) <= 1 }
      if known.isEmpty { seen.append(label.name) }
      guard let first = near ?? (known.isEmpty ? nil : known.joined(separator: "’ or ‘")) else {
        return nil
      }
      return Violation(range: label.nameRange, values: ["first": first, "name": label.name])
    }
  }

  /// Whether two labels may name one person: one begins the other, or one or two letters differ.
  private static func near(_ left: String, _ right: String) -> Bool {
    let (a, b) = (left.lowercased(), right.lowercased())
    func digits(_ text: String) -> String { text.filter(\.isNumber) }
    guard a != b, digits(a) == digits(b) else { return false }
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    if short.count >= 3, long.hasPrefix(short) { return true }
    if short.count >= 5, distance(short, long) == 1 { return true }
    let shared = zip(short, long).prefix { $0 == $1 }.count
    return shared >= 3 && short.count <= shared + 1 && !short.contains(" ") && !long.contains(" ")
  }

  private func outOfOrder(_ labels: [Label]) -> [Violation] {
    labels.indices.compactMap { index in
      guard let wanted = order[labels[index].name] else { return nil }
      let before = index > 0 ? labels[index - 1].name : ""
      guard !wanted.contains(before) else { return nil }
      return Violation(
        range: labels[index].nameRange,
        values: ["name": labels[index].name, "first": wanted.joined(separator: ", ")])
    }
  }
}
