import PeciaCore

/// `times`: time marks and the clocks in tags.
struct TimeCheck: Check {
  static let key = "times"
  let isForAnyLanguage = true
  static let placeholders: Set<String> = ["limit", "value"]
  private enum Want: String, CaseIterable {
    /// Minutes and seconds below sixty, two digits each.
    case form
    /// No time before the one that stands before it.
    case rising
    /// No time behind the end of the clip or recording.
    case inside
    /// A time at least every so many seconds.
    case every
    /// A time in every turn.
    case everyTurn
    /// No time at all.
    case none
  }
  private let want: Want
  private let seconds: Double
  private let words: Int

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let want: Want = try fields.choice("want") else {
      throw fields.entry.wrong(
        "‘times’ does not say what it may ‘want’",
        meant("", among: Want.allCases.map(\.rawValue)))
    }
    self.want = want
    seconds = try fields.number("seconds", in: 1...86_400) ?? 300
    words = try fields.int("words", in: 10...100_000) ?? 1000
  }

  /// A time as it stands in a text; nil where its form is wrong.
  private struct Clock {
    var range: Range<Int>
    var time: Timestamp?
    /// Whether it is a time mark, which counts from the clip’s start.
    var isMark: Bool
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let clocks = clocks(reading)
    switch want {
    case .form: return clocks.filter { $0.time == nil }.map { Violation(range: $0.range) }
    case .rising: return fallen(clocks)
    case .inside:
      guard let end = reading.kind.duration else { return [] }
      return clocks.filter { clock in
        guard let time = clock.time else { return false }
        return time > end && (clock.isMark || !reading.kind.isClip)
      }.map {
        Violation(
          range: $0.range, values: ["limit": end.description, "value": $0.time?.description ?? ""])
      }
    case .every: return missing(clocks, reading)
    case .everyTurn:
      var rest = clocks[...]
      return reading.turns.compactMap { turn in
        rest = rest.drop { $0.range.lowerBound < turn.range.lowerBound }
        if let clock = rest.first, turn.range.contains(clock.range.lowerBound) { return nil }
        return reading.words(in: turn.body).first.map { Violation(range: $0.range) }
      }
    case .none: return clocks.map { Violation(range: $0.range) }
    }
  }

  private func fallen(_ clocks: [Clock]) -> [Violation] {
    var last: [Bool: Timestamp] = [:]
    return clocks.compactMap { clock in
      guard let time = clock.time else { return nil }
      defer { last[clock.isMark] = max(time, last[clock.isMark] ?? time) }
      guard let before = last[clock.isMark], time < before else { return nil }
      return Violation(
        range: clock.range,
        values: ["limit": clock.isMark ? before.description : before.clock])
    }
  }

  /// Where more than `words` words stand without a time, or the times lie too far apart.
  private func missing(_ clocks: [Clock], _ reading: Reading) -> [Violation] {
    guard !reading.kind.isClip else { return [] }
    var violations: [Violation] = []
    for (left, right) in zip(clocks, clocks.dropFirst()) {
      guard let from = left.time, let to = right.time, left.isMark == right.isMark,
        Double(to - from) > seconds * 1000
      else { continue }
      violations.append(
        Violation(range: right.range, values: ["limit": OccurrenceCheck.shown(seconds)]))
    }
    var (count, clock) = (0, 0)
    for word in reading.words {
      while clock < clocks.count, clocks[clock].range.lowerBound < word.start {
        (count, clock) = (0, clock + 1)
      }
      count += 1
      guard count == words + 1 else { continue }
      violations.append(
        Violation(range: word.range, values: ["limit": OccurrenceCheck.shown(seconds)]))
    }
    return violations
  }

  /// Time marks, and the clocks at the ends of tags.
  private func clocks(_ reading: Reading) -> [Clock] {
    reading.marks.compactMap { mark in
      switch mark.kind {
      case .time(let time): return Clock(range: mark.range, time: time, isMark: true)
      case .tag:
        let inside = mark.range.lowerBound + 1..<mark.range.upperBound - 1
        let text = reading.string(inside)
        guard let clock = TagCheck.split(text).clock ?? Self.alone(text) else { return nil }
        let start = inside.upperBound - clock.unicodeScalars.count
        return Clock(range: start..<inside.upperBound, time: Self.time(clock), isMark: false)
      default: return nil
      }
    }
  }

  /// A tag that is a clock and nothing else: `[00:01:10]`.
  private static func alone(_ text: String) -> String? {
    text.contains(":") && text.allSatisfy { $0.isNumber || ":.".contains($0) } ? text : nil
  }

  /// `00:01:10`, `01:10` or `00:01:10.500`; nil for anything else.
  private static func time(_ clock: String) -> Timestamp? {
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), let last = parts.last else { return nil }
    let whole = last.split(separator: ".", omittingEmptySubsequences: false)
    let fields = parts.dropLast() + whole.prefix(1)
    guard fields.allSatisfy({ $0.count == 2 }), let rest = Timestamp(decimalSeconds: last),
      rest.milliseconds < 60_000
    else { return nil }
    let numbers = parts.dropLast().compactMap { Int($0) }
    guard numbers.count == parts.count - 1,
      numbers.last.map({ $0 < 60 || numbers.count == 1 }) ?? false
    else { return nil }
    return rest + numbers.reduce(0) { $0 * 60 + $1 } * 60_000
  }
}
