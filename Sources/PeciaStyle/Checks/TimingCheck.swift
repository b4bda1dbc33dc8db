import PeciaCore

/// `timing`: how long captions stand, and what lies between them.
struct TimingCheck: CaptionCheck {
  static let key = "timing"
  static let placeholders: Set<String> = ["limit", "value"]
  private enum Kind: String, CaseIterable {
    /// Seconds from start to end.
    case duration
    /// Seconds to the next caption; overlaps are another matter.
    case gap
    /// Captions in order, none beginning before the last has ended.
    case order
  }
  private let kind: Kind
  private let least: Double?
  private let most: Double?
  /// Bounds of gaps that are neither short enough nor long enough.
  private let awkward: ClosedRange<Double>?

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let kind: Kind = try fields.choice("of") else {
      throw fields.entry.wrong(
        "‘timing’ does not say ‘of’ what", meant("", among: Kind.allCases.map(\.rawValue)))
    }
    self.kind = kind
    least = try fields.number("least", in: 0...60)
    most = try fields.number("most", in: 0...3600)
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
      case .order:
        let after = index == 0 || cue.start >= cues[index - 1].end
        return cue.start < cue.end && after ? nil : Violation(range: line)
      }
    }
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
