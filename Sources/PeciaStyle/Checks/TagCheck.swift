import PeciaCore

/// `tags`: which tags a guide knows, how they are written, and what may stand in them.
struct TagCheck: Check {
  static let key = "tags"
  let isForAnyLanguage = true
  static let knowsFixes = true
  static let changesMarks = true
  static let placeholders: Set<String> = ["known", "tag"]
  private enum Case: String, CaseIterable { case lower, sentence, upper, any }
  private enum Time: String, CaseIterable { case required, allowed, none }

  private let opening: Code
  /// Whether the tags stand in round brackets.
  var isRound: Bool { opening == 40 }
  private let known: Set<String>
  private let shown: [String]
  private let forms: [Pattern]
  private let letters: Case
  private let time: Time?
  private let swaps: [String: String]
  private let runs: Bool

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let brackets = try fields.string("brackets") ?? "[]"
    guard brackets == "[]" || brackets == "()" else {
      throw fields.entry.wrong("‘brackets’ are neither ‘[]’ nor ‘()’", "write one of them")
    }
    opening = brackets == "[]" ? 91 : 40
    let listed = try fields.strings("known")
    shown = listed + (listed.isEmpty ? [] : context.vocabulary.tags)
    known = Set(shown)
    forms =
      try fields.optional("forms")?.entries.map {
        try $0.pattern(ignoresCase: false, whole: true)
      } ?? []
    letters = try fields.choice("case") ?? .any
    time = try fields.choice("time")
    runs = try fields.bool("runs") ?? true
    var swaps: [String: String] = [:]
    for pair in fields.optional("swap")?.pairs ?? [] {
      swaps[try pair.key.string("swap").lowercased()] = try pair.value.string("swap")
    }
    self.swaps = swaps
    guard
      !known.isEmpty || !forms.isEmpty || letters != .any || time != nil || !runs
        || !swaps.isEmpty
    else { throw fields.entry.wrong("the rule asks for nothing", "write ‘known: […]’") }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let tags = reading.marks(.tag).filter { reading.codes[$0.range.lowerBound] == opening }
    if !runs { return repeated(tags, reading) }
    return tags.compactMap { tag in
      let inside = tag.range.lowerBound + 1..<tag.range.upperBound - 1
      let text = reading.string(inside)
      let (name, clock) = Self.split(text)
      var wanted = text
      if let swap = swaps[name.lowercased()] { wanted = swap + text.dropFirst(name.count) }
      if !forms.contains(where: { $0.matches(any: wanted.codes) }) {
        if time == Time.none, clock != nil { wanted = Self.split(wanted).name }
        if time == .required, clock == nil {
          return Violation(range: tag.range, values: values(text))
        }
        let (name, _) = Self.split(wanted)
        if !known.isEmpty, !known.contains(name) {
          guard let near = nearest(name) else {
            return Violation(range: tag.range, values: values(text))
          }
          wanted = near + wanted.dropFirst(name.count)
        }
        wanted = cased(wanted)
      }
      guard wanted != text else { return nil }
      let (open, close) = opening == 91 ? ("[", "]") : ("(", ")")
      return Violation(range: tag.range, fix: open + wanted + close, values: values(text))
    }
  }

  private func values(_ text: String) -> [String: String] {
    let brackets = opening == 91 ? ("[", "]") : ("(", ")")
    return [
      "tag": text, "known": shown.map { brackets.0 + $0 + brackets.1 }.joined(separator: ", "),
    ]
  }

  private func cased(_ text: String) -> String {
    switch letters {
    case .any: text
    case .lower: known.isEmpty ? text.lowercased() : text
    case .upper: text.uppercased()
    case .sentence: text.prefix(1).uppercased() + text.dropFirst()
    }
  }

  /// The known tag that `name` is a slip for; nil where none is near, or two are.
  private func nearest(_ name: String) -> String? {
    let small = name.lowercased()
    if let same = shown.first(where: { $0.lowercased() == small }) { return same }
    let most = small.count > 5 ? 2 : 1
    let near = known.filter { distance($0.lowercased(), small) <= most }
    return small.count > 3 && near.count == 1 ? near.first : nil
  }

  /// A tag's words and the time behind them: `inaudible 00:01:10`.
  static func split(_ text: String) -> (name: String, clock: String?) {
    guard let blank = text.lastIndex(of: " ") else { return (text, nil) }
    let last = text[text.index(after: blank)...]
    guard last.contains(":"), last.allSatisfy({ $0.isNumber || ":.".contains($0) }) else {
      return (text, nil)
    }
    return (String(text[..<blank]), String(last))
  }

  /// Equal tags with nothing between them.
  private func repeated(_ tags: [Reading.Mark], _ reading: Reading) -> [Violation] {
    zip(tags, tags.dropFirst()).compactMap { left, right in
      let between = left.range.upperBound..<right.range.lowerBound
      guard reading.plain[between].allSatisfy(\.isBlank),
        reading.folded(left.range) == reading.folded(right.range)
      else { return nil }
      return Violation(
        range: right.range, fix: "",
        edit: Edit(range: left.range.upperBound..<right.range.upperBound, text: ""),
        values: values(reading.string(right.range)))
    }
  }
}
