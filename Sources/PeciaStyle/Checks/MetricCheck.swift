/// `metric`: a number made of counts of the text, and its bounds.
struct MetricCheck: Check {
  static let key = "metric"
  static let placeholders: Set<String> = ["limit", "value"]
  private let formula: Formula
  private let least: Double?
  private let most: Double?
  private let words: Int

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let entry = try fields.required("formula")
    let text = try entry.string("formula")
    do { formula = try Formula(text) } catch let error as PatternError {
      var place = entry.place
      place.column += error.offset
      throw StyleError.wrong(at: place, problem: error.problem, remedy: error.remedy)
    }
    least = try fields.number("least", in: -1_000_000...1_000_000)
    most = try fields.number("most", in: -1_000_000...1_000_000)
    words = try fields.int("words", in: 1...1_000_000) ?? 1
    guard least != nil || most != nil else {
      throw fields.entry.wrong("the rule has no bound", "write ‘least’ or ‘most’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    guard reading.words.count >= words, let first = reading.words.first else { return [] }
    guard let value = formula.value(of: Formula.counts(of: reading)) else { return [] }
    let shown = OccurrenceCheck.shown((value * 100).rounded() / 100)
    for (bound, broken) in [(least, value < least ?? value), (most, value > most ?? value)] {
      if let bound, broken {
        return [
          Violation(
            range: first.range, values: ["value": shown, "limit": OccurrenceCheck.shown(bound)])
        ]
      }
    }
    return []
  }
}

/// A sum of counts, with `+ - * /` and brackets.
struct Formula: Sendable {
  private indirect enum Node: Sendable {
    case number(Double)
    case count(String)
    case operation(Character, Node, Node)
  }
  static let names = [
    "characters", "words", "sentences", "lines", "turns", "tags", "minutes", "longWords",
  ]
  private let root: Node

  init(_ text: String) throws {
    var parser = Parser(text: Array(text))
    root = try parser.sum(depth: 0)
    guard parser.next == nil else { throw parser.wrong("the formula goes on without a sign") }
  }

  /// What a formula's names stand for in a text.
  static func counts(of reading: Reading) -> [String: Double] {
    [
      "characters": Double(reading.words.reduce(0) { $0 + $1.range.count }),
      "words": Double(reading.words.count), "sentences": Double(reading.sentences.count),
      "lines": Double(reading.lines.count), "turns": Double(reading.turns.count),
      "tags": Double(reading.marks(.tag).count),
      "minutes": (reading.kind.duration?.seconds ?? 0) / 60,
      "longWords": Double(reading.words.count { $0.range.count > 6 }),
    ]
  }

  /// The formula's value; nil where it divides by nothing.
  func value(of counts: [String: Double]) -> Double? {
    let value = Self.value(root, counts)
    return value.isFinite ? value : nil
  }

  private static func value(_ node: Node, _ counts: [String: Double]) -> Double {
    switch node {
    case .number(let number): return number
    case .count(let name): return counts[name] ?? 0
    case .operation(let sign, let left, let right):
      let (a, b) = (value(left, counts), value(right, counts))
      switch sign {
      case "+": return a + b
      case "-": return a - b
      case "*": return a * b
      default: return a / b
      }
    }
  }

  private struct Parser {
    let text: [Character]
    var index = 0

    init(text: [Character]) { self.text = text }

    var next: Character? {
      mutating get {
        while index < text.count, text[index].isWhitespace { index += 1 }
        return index < text.count ? text[index] : nil
      }
    }
    func wrong(_ problem: String) -> PatternError {
      PatternError(
        offset: index, problem: problem,
        remedy: "write a sum such as ‘words / sentences’ of \(names.joined(separator: ", "))")
    }

    mutating func sum(depth: Int) throws -> Node {
      var node = try product(depth: depth)
      while let sign = next, sign == "+" || sign == "-" {
        index += 1
        node = .operation(sign, node, try product(depth: depth))
      }
      return node
    }
    private mutating func product(depth: Int) throws -> Node {
      var node = try atom(depth: depth)
      while let sign = next, sign == "*" || sign == "/" {
        index += 1
        node = .operation(sign, node, try atom(depth: depth))
      }
      return node
    }
    private mutating func atom(depth: Int) throws -> Node {
      guard depth < 20, index < 500 else { throw wrong("the formula is too long or too deep") }
      guard let first = next else { throw wrong("the formula ends too soon") }
      if first == "(" {
        index += 1
        let node = try sum(depth: depth + 1)
        guard next == ")" else { throw wrong("a ‘(’ is never closed") }
        index += 1
        return node
      }
      let start = index
      while index < text.count, text[index].isLetter || text[index].isNumber || text[index] == "." {
        index += 1
      }
      let word = String(text[start..<index])
      if let number = Double(word) { return .number(number) }
      guard names.contains(word) else {
        index = start
        throw wrong("‘\(word.isEmpty ? String(first) : word)’ is no count")
      }
      return .count(word)
    }
  }
}
