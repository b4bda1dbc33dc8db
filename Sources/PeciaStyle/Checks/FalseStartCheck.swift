/// `falseStart`: a few words that the speaker drops to begin again (`I was— I am late`).
///
/// A person must decide what stays, so the check knows no fix of its own.
struct FalseStartCheck: Check {
  static let key = "falseStart"
  static let placeholders: Set<String> = ["limit"]
  private enum Want: String, CaseIterable {
    /// Short false starts are left out, marked or not.
    case dropped
    /// False starts stay, and a dash ends them.
    case dash
  }
  private let want: Want
  /// The longest false start that counts, in words.
  private let longest: Int
  /// The words that a sentence begins again with, and those that may stand behind them.
  private let begins: Set<String>
  private let verbs: Set<String>

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let want: Want = try fields.choice("want") else {
      throw fields.entry.wrong(
        "‘falseStart’ does not say what it wants",
        "write ‘want: ’ with one of " + Want.allCases.map(\.rawValue).joined(separator: ", "))
    }
    self.want = want
    longest = try fields.int("words", in: 2...8) ?? 3
    begins = Set(try fields.strings("begins").map { $0.lowercased() })
    verbs = Set(try fields.strings("verbs").map { $0.lowercased() })
    guard begins.isEmpty == verbs.isEmpty, want == .dropped || !begins.isEmpty else {
      throw fields.entry.wrong(
        "without a dash a false start is known by its words",
        "write both ‘begins: [I, we]’ and ‘verbs: [was, am]’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var violations: [Violation] = []
    var first = 0
    while first + 2 < reading.words.count {
      guard reading.opensClause(first), let end = restart(behind: first, reading) else {
        first += 1
        continue
      }
      let start = Int(reading.words[first].start)
      var last = Int(reading.words[end - 1].end)
      // What is to go takes its dash or comma along in the finding.
      while want == .dropped, let mark = reading.plain(at: last), !mark.isBlank, !mark.isWord {
        last += 1
      }
      let words = reading.string(start..<Int(reading.words[end - 1].end))
      violations.append(
        Violation(
          range: start..<last, fix: want == .dash ? words + "--" : nil,
          values: ["limit": String(longest)]))
      first = end
    }
    return violations
  }

  /// The word that begins again what begins at `first`; nil where nothing does.
  private func restart(behind first: Int, _ reading: Reading) -> Int? {
    let words = reading.words
    for next in first + 1...first + longest where next < words.count {
      let gap = reading.gap(before: next)
      let isDash = gap == .dash
      if isDash || gap == .blank || gap == .comma, same(first, next, reading),
        !repeats(first, next, reading)
      {
        if isDash { return want == .dropped ? next : nil }
        if next > first + 1, isBegun(first, reading), isBegun(next, reading) { return next }
      }
      guard gap == .blank else { return nil }
    }
    return nil
  }

  private func same(_ first: Int, _ next: Int, _ reading: Reading) -> Bool {
    let (a, b) = (reading.words[first], reading.words[next])
    return a.hash == b.hash && reading.folded(a.range) == reading.folded(b.range)
  }

  /// Whether the same words stand again: a repetition, which is another rule's matter.
  private func repeats(_ first: Int, _ next: Int, _ reading: Reading) -> Bool {
    let length = next - first
    guard next + length <= reading.words.count else { return false }
    return (0..<length).allSatisfy { same(first + $0, next + $0, reading) }
  }

  private func isBegun(_ word: Int, _ reading: Reading) -> Bool {
    word + 1 < reading.words.count && begins.contains(reading.folded(reading.words[word].range))
      && verbs.contains(reading.folded(reading.words[word + 1].range))
  }
}

extension Reading {
  fileprivate enum Gap { case blank, comma, dash, other }

  /// What stands between a word and the one before it.
  fileprivate func gap(before word: Int) -> Gap {
    let marks = plain[Int(words[word - 1].end)..<Int(words[word].start)]
      .filter { !$0.isBlank || $0.isNewline }
    if marks.isEmpty { return .blank }
    if marks == [44] { return .comma }
    return marks == [0x2014] || marks == [45, 45] || marks == [45] || marks == [0x2013]
      ? .dash : .other
  }

  /// Whether a sentence begins with this word, or a clause behind a comma or dash.
  fileprivate func opensClause(_ word: Int) -> Bool {
    if opensSentence(Int(words[word].start)) { return true }
    guard word > 0 else { return true }
    let gap = gap(before: word)
    return gap == .comma || gap == .dash
  }
}
