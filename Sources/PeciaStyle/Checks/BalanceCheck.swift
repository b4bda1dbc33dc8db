/// `balance`: brackets and quotation marks that open and close in pairs.
struct BalanceCheck: Check {
  static let key = "balance"
  static let placeholders: Set<String> = ["limit"]
  private let pairs: [Code: Code]
  /// Which quotes are a pair differs; brackets are the same.
  var isForAnyLanguage: Bool { quote.isEmpty }
  private let quote: Set<Code>
  private let nest: Int?

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    var pairs: [Code: Code] = [:]
    for entry in fields.optional("pairs")?.entries ?? [] {
      let codes = try entry.string("pairs").codes
      guard codes.count == 2, codes[0] != codes[1] else {
        throw entry.wrong("a pair is not two characters", "write ‘pairs: [\"()\", \"[]\"]’")
      }
      pairs[codes[0]] = codes[1]
    }
    self.pairs = pairs
    quote = Set(try fields.string("quotes")?.codes ?? [])
    nest = try fields.int("nest", in: 1...10)
    guard !pairs.isEmpty || !quote.isEmpty else {
      throw fields.entry.wrong("the rule names no pairs", "write ‘pairs’ or ‘quotes’")
    }
  }

  private enum Side { case opening, closing }

  /// Which way a mark that looks alike on both sides faces; nil where its surroundings do not say.
  private static func side(of index: Int, _ reading: Reading) -> Side? {
    let before = reading.plain(at: index - 1)
    let after = reading.plain(at: index + 1)
    let free = before == nil || before?.isBlank == true || before == 40 || before == 91
    if free, after?.isWord == true { return .opening }
    if !free, before != masked, after == nil || after?.isBlank == true || after?.isTerminal == true
    {
      return .closing
    }
    return nil
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let closers = Set(pairs.values)
    return reading.turns.flatMap { turn -> [Violation] in
      var violations: [Violation] = []
      var open: [(place: Int, close: Code)] = []
      for index in turn.body where reading.plain[index] != masked {
        let code = reading.plain[index]
        if code == 32 || code < 128 && code.isLetter { continue }
        if quote.contains(code), !pairs.keys.contains(code) {
          let isOpen = open.last?.close == code
          switch Self.side(of: index, reading) ?? (isOpen ? .closing : .opening) {
          case .closing:
            if isOpen {
              open.removeLast()
            } else {
              violations.append(Violation(range: index..<index + 1))
            }
          case .opening:
            if isOpen, let lost = open.popLast() {
              violations.append(Violation(range: lost.place..<lost.place + 1))
            }
            open.append((index, code))
          }
        } else if let close = pairs[code] {
          if code == 91, open.contains(where: { $0.close == 93 }) {
            violations.append(Violation(range: index..<index + 1))
          }
          open.append((index, close))
        } else if closers.contains(code) {
          if let match = open.lastIndex(where: { $0.close == code }) {
            // What opened inside it was never closed.
            for lost in open[(match + 1)...] {
              violations.append(Violation(range: lost.place..<lost.place + 1))
            }
            open.removeSubrange(match...)
          } else {
            violations.append(Violation(range: index..<index + 1))
          }
        }
        if let nest, open.count > nest, let last = open.last, last.place == index {
          violations.append(
            Violation(range: index..<index + 1, values: ["limit": String(nest)]))
        }
      }
      guard nest == nil else { return violations.filter { $0.values["limit"] != nil } }
      return violations
        + open.filter { $0.place > turn.body.lowerBound || turn.body.count > 0 }
        .map { Violation(range: $0.place..<$0.place + 1) }
    }
  }
}
