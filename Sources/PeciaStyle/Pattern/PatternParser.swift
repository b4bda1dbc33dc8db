/// Reads the linear-time part of regular expressions.
struct PatternParser {
  let source: [Unicode.Scalar]
  var index = 0
  private var depth = 0
  let ignoresCase: Bool
  private(set) var groups = 0

  static let mostRepeats = 1000
  static let deepest = 60

  init(_ text: String, ignoresCase: Bool) {
    source = Array(text.unicodeScalars)
    self.ignoresCase = ignoresCase
  }

  mutating func parse() throws -> PatternNode {
    let node = try choice()
    guard index == source.count else {
      throw wrong("a ‘)’ closes nothing", "write ‘\\)’ for the character itself")
    }
    return node
  }

  func wrong(_ problem: String, _ remedy: String, at offset: Int? = nil) -> PatternError {
    PatternError(offset: offset ?? index, problem: problem, remedy: remedy)
  }
  var next: Unicode.Scalar? { index < source.count ? source[index] : nil }
  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard next == scalar else { return false }
    index += 1
    return true
  }

  private mutating func choice() throws -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < Self.deepest else {
      throw wrong("the pattern’s groups stand too deep in one another", "write it more flatly")
    }
    var choices = [try sequence()]
    while take("|") { choices.append(try sequence()) }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence() throws -> PatternNode {
    var parts: [PatternNode] = []
    while let scalar = next, scalar != "|", scalar != ")" {
      let start = index
      let atom = try atom()
      parts.append(try quantified(atom, from: start))
    }
    return parts.isEmpty ? .empty : parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func atom() throws -> PatternNode {
    let start = index
    guard let scalar = next else { return .empty }
    index += 1
    switch scalar {
    case ".":
      var set = CodeSet()
      set.insert(10...10)
      set.insert(13...13)
      set.isNegated = true
      return .set(set)
    case "^": return .assertion(.lineStart)
    case "$": return .assertion(.lineEnd)
    case "(": return try group(from: start)
    case "[": return .set(try bracket(from: start))
    case "\\": return try escape(from: start)
    case "*", "+", "?":
      throw wrong(
        "‘\(scalar)’ repeats nothing", "write ‘\\\(scalar)’ for the character itself", at: start)
    case "{":
      throw wrong("‘{’ repeats nothing", "write ‘\\{’ for the character itself", at: start)
    default: return literal(Code(scalar))
    }
  }

  private func literal(_ code: Code) -> PatternNode {
    var set = CodeSet()
    set.insert(code...code)
    if ignoresCase { set.ignoreCase() }
    return .set(set)
  }

  private mutating func group(from start: Int) throws -> PatternNode {
    var number: Int?
    if take("?") {
      guard take(":") else {
        let kind: String
        switch next {
        case "=", "!": kind = "look-ahead"
        case "<": kind = "look-behind or a named group"
        case ">": kind = "an atomic group"
        case "P": kind = "a named group"
        default: kind = "an inline option"
        }
        throw wrong(
          "the pattern uses \(kind), which cannot be matched in linear time or is not known here",
          "use ‘( )’, ‘(?: )’, ‘except:’ or ‘ignoreCase:’", at: start)
      }
    } else {
      groups += 1
      number = groups
    }
    let node = try choice()
    guard take(")") else {
      throw wrong("a ‘(’ is never closed", "write ‘)’, or ‘\\(’ for the character", at: start)
    }
    return number.map { .group(number: $0, node) } ?? node
  }

  private mutating func escape(from start: Int) throws -> PatternNode {
    guard let scalar = next else {
      throw wrong("the pattern ends in ‘\\’", "write ‘\\\\’ for the character itself", at: start)
    }
    switch scalar {
    case "b": return take(assertion: .wordEdge)
    case "B": return take(assertion: .noWordEdge)
    case "A": return take(assertion: .textStart)
    case "z", "Z": return take(assertion: .textEnd)
    case "1"..."9":
      throw wrong(
        "the pattern refers back to a group (‘\\\(scalar)’), which cannot be matched in linear time",
        "use the check ‘repeat’ for words that stand twice", at: start)
    default:
      var set = try escaped(from: start)
      if ignoresCase { set.ignoreCase() }
      return .set(set)
    }
  }

  private mutating func take(assertion: PatternAssertion) -> PatternNode {
    index += 1
    return .assertion(assertion)
  }

  /// The set that an escape stands for; the index is at the character behind the backslash.
  mutating func escaped(from start: Int) throws -> CodeSet {
    var set = CodeSet()
    guard let scalar = next else { return set }
    index += 1
    switch scalar {
    case "d": set.insert(.digit)
    case "D": set.insert(.digit, negated: true)
    case "w": set.insert(.word)
    case "W": set.insert(.word, negated: true)
    case "s": set.insert(.blank)
    case "S": set.insert(.blank, negated: true)
    case "n": set.insert(10...10)
    case "r": set.insert(13...13)
    case "t": set.insert(9...9)
    case "p", "P": set.insert(try property(from: start), negated: scalar == "P")
    case "x", "u":
      let code = try hexadecimal(from: start)
      set.insert(code...code)
    case _ where scalar.properties.isAlphabetic || Code(scalar).isDigit:
      throw wrong(
        "‘\\\(scalar)’ is no escape that is known here",
        "known: \\b \\B \\d \\D \\w \\W \\s \\S \\p{L} \\n \\t \\x{…}", at: start)
    default: set.insert(Code(scalar)...Code(scalar))
    }
    return set
  }

  private mutating func braced(from start: Int) throws -> String {
    guard take("{") else {
      throw wrong("a ‘{’ is missing behind the escape", "write ‘\\p{L}’, ‘\\x{200B}’", at: start)
    }
    var text = ""
    while let scalar = next, scalar != "}", text.count < 20 {
      text.unicodeScalars.append(scalar)
      index += 1
    }
    guard take("}") else { throw wrong("a ‘}’ is missing", "close the braces", at: start) }
    return text
  }

  mutating func property(from start: Int) throws -> CodeSet.Kind {
    let names: [String: CodeSet.Kind] = [
      "L": .letter, "Lu": .upper, "Ll": .lower, "N": .number, "Nd": .digit, "P": .punctuation,
      "S": .symbol, "Z": .blank,
    ]
    let name = try braced(from: start)
    guard let kind = names[name] else {
      throw wrong(
        "‘\\p{\(name)}’ is no kind of character that is known here",
        "known: \(names.keys.sorted().joined(separator: ", "))", at: start)
    }
    return kind
  }

  private mutating func hexadecimal(from start: Int) throws -> Code {
    let text = try braced(from: start)
    guard let code = Code(text, radix: 16), Unicode.Scalar(code) != nil else {
      throw wrong("‘\(text)’ is no character’s number", "write it in hexadecimal", at: start)
    }
    return code
  }

  private mutating func quantified(_ atom: PatternNode, from start: Int) throws -> PatternNode {
    let bounds: (Int, Int?)
    switch next {
    case "*": bounds = (0, nil)
    case "+": bounds = (1, nil)
    case "?": bounds = (0, 1)
    case "{": bounds = try counts()
    default: return atom
    }
    index += 1
    if case .assertion = atom {
      throw wrong("a place without width cannot be repeated", "take the repetition out", at: start)
    }
    let greedy = !take("?")
    if let sign = next, "+*{".unicodeScalars.contains(sign) {
      throw wrong(
        sign == "+" ? "possessive repetition is not known here" : "two repetitions stand together",
        "leave one, or put the first in ‘(?: )’")
    }
    return .repeated(atom, least: bounds.0, most: bounds.1, greedy: greedy)
  }

  /// Reads `{2}`, `{2,}` or `{2,5}` up to the closing brace.
  private mutating func counts() throws -> (Int, Int?) {
    let start = index
    index += 1
    func digits() -> Int? {
      var text = ""
      while let scalar = next, Code(scalar).isDigit, text.count < 6 {
        text.unicodeScalars.append(scalar)
        index += 1
      }
      return Int(text)
    }
    let least = digits()
    var most = least
    if take(",") { most = digits() }
    guard let least, next == "}" else {
      throw wrong("‘{’ counts nothing", "write ‘{2}’, ‘{2,}’, ‘{2,5}’, or ‘\\{’", at: start)
    }
    guard least <= Self.mostRepeats, (most ?? 0) <= Self.mostRepeats,
      most.map({ $0 >= least }) ?? true
    else {
      throw wrong(
        "a repetition’s bounds are out of order or beyond \(Self.mostRepeats)",
        "write the smaller number first", at: start)
    }
    return (least, most)
  }
}
