import PeciaCore

/// `timing`: how long captions stand, and what lies between them.
struct TimingCheck: CaptionCheck {
  static let key = "timing"
  let isForAnyLanguage = true
  static let placeholders: Set<String> = ["limit", "value"]
  private enum Kind: String, CaseIterable {
    /// Seconds from start to end.
    case duration
    /// Seconds to the next caption; overlaps are another matter.
    case gap
    /// Captions in order, none beginning before the last has ended.
    case order
    /// Seconds from the start to the first word, where a time stands before it.
    case lead
    /// Seconds from the last word's end to the caption's, where a time stands behind that word.
    case lag
  }
  private let kind: Kind
  private let least: Double?
  private let most: Double?
  /// Bounds of gaps that are neither short enough nor long enough.
  private let awkward: ClosedRange<Double>?
  /// Characters a second: a caption may stay as long as reading it needs; nil for no such leave.
  private let speed: Double?

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let kind: Kind = try fields.choice("of") else {
      throw fields.entry.wrong(
        "‘timing’ does not say ‘of’ what", meant("", among: Kind.allCases.map(\.rawValue)))
    }
    self.kind = kind
    least = try fields.number("least", in: 0...60)
    most = try fields.number("most", in: 0...3600)
    speed = try fields.number("speed", in: 1...100)
    let from = try fields.number("notFrom", in: 0...60)
    let to = try fields.number("notTo", in: 0...60)
    if let from, let to, from < to { awkward = from...to } else { awkward = nil }
    if kind != .order, least == nil, most == nil, awkward == nil {
      throw fields.entry.wrong("the rule has no bound", "write ‘least’, ‘most’ or ‘notFrom/notTo’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    let cues = reading.cues
    return cues.indices.compactMap { index in
      let cue = cues[index]
      let line = reading.lines[cue.timing]
      switch kind {
      case .duration: return violation(cue.end - cue.start, line)
      case .gap:
        guard index > 0, cue.start >= cues[index - 1].end else { return nil }
        return violation(cue.start - cues[index - 1].end, line)
      case .lead:
        return wordTimes(of: cue, reading).before.flatMap { violation($0 - cue.start, line) }
      case .lag:
        return lag(of: cue, reading).flatMap { violation($0, line) }
      case .order:
        let after = index == 0 || cue.start >= cues[index - 1].end
        return cue.start < cue.end && after ? nil : Violation(range: line)
      }
    }
  }

  /// The times inside a caption that stand before its first word and behind its last one.
  private func wordTimes(
    of cue: CaptionCue, _ reading: Reading
  ) -> (before: Timestamp?, behind: Timestamp?) {
    let range = reading.range(ofLines: cue.lines)
    let words = reading.words(in: range)
    guard let first = words.first, let last = words.last else { return (nil, nil) }
    let marks = reading.marks(.markup).filter { range.contains($0.range.lowerBound) }
    func time(_ mark: Reading.Mark?) -> Timestamp? {
      guard let mark, reading.codes[mark.range.lowerBound + 1].isDigit else { return nil }
      return CaptionFile.time(reading.string(mark.range).dropFirst().dropLast())
    }
    return (
      time(marks.last { $0.range.upperBound <= Int(first.start) }),
      time(marks.first { $0.range.lowerBound >= Int(last.end) })
    )
  }

  /// How long a caption stays behind its last word; nil where that is not known, or where reading
  /// it needs the time.
  private func lag(of cue: CaptionCue, _ reading: Reading) -> Int? {
    guard let spoken = wordTimes(of: cue, reading).behind else { return nil }
    if let speed {
      let range = reading.range(ofLines: cue.lines)
      let characters = range.count { reading.plain[$0] != masked && !reading.plain[$0].isNewline }
      let needed = cue.start + Int(Double(characters) / speed * 1000)
      if cue.end <= needed { return nil }
    }
    return cue.end - spoken
  }

  private func violation(_ milliseconds: Int, _ line: Range<Int>) -> Violation? {
    let seconds = Double(milliseconds) / 1000
    let value = Timestamp(milliseconds: milliseconds).description
    func found(_ limit: Double) -> Violation {
      Violation(range: line, values: ["value": value, "limit": OccurrenceCheck.shown(limit)])
    }
    if let least, seconds < least - 0.0005 { return found(least) }
    if let most, seconds > most + 0.0005 { return found(most) }
    if let awkward, seconds > awkward.lowerBound + 0.0005, seconds < awkward.upperBound {
      return found(awkward.lowerBound)
    }
    return nil
  }
}
