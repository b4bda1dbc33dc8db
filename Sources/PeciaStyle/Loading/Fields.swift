/// A map of a guide while it is read: every key that is asked for is known, all others are wrong.
struct Fields {
  let entry: Entry
  /// What the map is called in messages: ‘rule’, ‘check forbid’.
  let what: String
  private var known: [String] = []

  init(_ entry: Entry, _ what: String) throws {
    self.entry = entry
    self.what = what
    guard let pairs = entry.pairs else {
      throw entry.wrong("the \(what) is not a map", "write ‘key: value’ lines under it")
    }
    for pair in pairs where pair.key.text == nil {
      throw pair.key.wrong("a key of the \(what) is not a word", "write ‘key: value’")
    }
  }

  mutating func optional(_ key: String) -> Entry? {
    known.append(key)
    return entry[key].flatMap { $0.isNull ? nil : $0 }
  }

  mutating func required(_ key: String) throws -> Entry {
    guard let value = optional(key) else {
      throw entry.wrong("the \(what) has no ‘\(key)’", "write ‘\(key): …’")
    }
    return value
  }

  mutating func string(_ key: String) throws -> String? { try optional(key)?.string(key) }
  mutating func bool(_ key: String) throws -> Bool? { try optional(key)?.bool(key) }
  mutating func int(_ key: String, in range: ClosedRange<Int>) throws -> Int? {
    try optional(key)?.int(key, in: range)
  }
  mutating func number(_ key: String, in range: ClosedRange<Double>) throws -> Double? {
    try optional(key)?.number(key, in: range)
  }
  /// A list of texts, or one text.
  mutating func strings(_ key: String) throws -> [String] {
    try optional(key)?.entries.map { try $0.string(key) } ?? []
  }
  /// One of the cases of an enumeration, by its raw value.
  mutating func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ key: String, _ type: Choice.Type = Choice.self
  ) throws -> Choice? {
    guard let entry = optional(key) else { return nil }
    return try entry.choice(key)
  }

  /// Refuses keys that nobody asked for, and says what was meant.
  func finish() throws {
    for pair in entry.pairs ?? [] {
      guard let key = pair.key.text, !known.contains(key) else { continue }
      throw pair.key.wrong(
        "the \(what) has no key ‘\(key)’", meant(key, among: known.sorted()))
    }
  }
}

extension Entry {
  /// The entries of a list; a scalar is a list of one.
  var entries: [Entry] { list ?? [self] }

  func string(_ key: String) throws -> String {
    guard let text else { throw wrong("‘\(key)’ is not a text", "write one text there") }
    return text
  }

  func bool(_ key: String) throws -> Bool {
    switch text {
    case "yes", "true", "on": return true
    case "no", "false", "off": return false
    default: throw wrong("‘\(key)’ is neither yes nor no", "write ‘\(key): yes’ or ‘\(key): no’")
    }
  }

  func int(_ key: String, in range: ClosedRange<Int>) throws -> Int {
    guard let text, let value = Int(text), range.contains(value) else {
      throw wrong(
        "‘\(key)’ is not a whole number from \(range.lowerBound) to \(range.upperBound)",
        "write such a number")
    }
    return value
  }

  func number(_ key: String, in range: ClosedRange<Double>) throws -> Double {
    guard let text, let value = Double(text), range.contains(value) else {
      throw wrong(
        "‘\(key)’ is not a number from \(range.lowerBound) to \(range.upperBound)",
        "write such a number")
    }
    return value
  }

  func choice<Choice: RawRepresentable<String> & CaseIterable>(_ key: String) throws -> Choice {
    let text = try string(key)
    guard let choice = Choice(rawValue: text) else {
      throw wrong(
        "‘\(key)’ cannot be ‘\(text)’", meant(text, among: Choice.allCases.map(\.rawValue)))
    }
    return choice
  }
}

/// What somebody probably meant: the nearest of `known`, and all of them.
func meant(_ word: String, among known: [String]) -> String {
  let all = known.joined(separator: ", ")
  let nearest = known.map { ($0, distance($0, word)) }.min { $0.1 < $1.1 }
  guard let nearest, nearest.1 <= max(1, word.count / 3) else {
    return known.isEmpty ? "leave it out" : "write one of \(all)"
  }
  return "did you mean ‘\(nearest.0)’? (known: \(all))"
}

/// How many letters must change, come or go to make one word of the other; neighbours that are
/// swapped count once (optimal string alignment).
func distance(_ left: String, _ right: String) -> Int {
  let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
  guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
  var before: [Int] = []
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [i] + Array(repeating: 0, count: b.count)
    for j in 1...b.count {
      row[j] = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], before[j - 2] + 1)
      }
    }
    (before, last) = (last, row)
  }
  return last[b.count]
}
