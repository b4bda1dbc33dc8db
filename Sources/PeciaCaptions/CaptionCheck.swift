public import PeciaCore

/// A place where captions break a profile.
public struct CaptionFault: Hashable, Sendable {
  public enum Rule: String, CaseIterable, Sendable {
    case empty
    case lineLength = "line-length"
    case lines
    case lineEnd = "line-end"
    case shortest, longest
    case readingSpeed = "reading-speed"
    case backwards, order, overlap, gap
    case smallGap = "small-gap"
    case identifier
  }

  /// Counts from 1 in the file.
  public var cue: Int
  /// The line of the cue, from 1; nil for a fault of the whole cue.
  public var line: Int?
  public var rule: Rule
  public var message: String
  /// What was measured (characters, lines, seconds, characters a second); nil without a measure.
  public var value: Double?
  /// What the profile allows, in the same unit.
  public var limit: Double?
  public var range: TimeRange
}

extension Captions {
  /// Everything that breaks `profile`, in the order of the cues.
  public func faults(
    against profile: CaptionProfile, framesPerSecond: Double? = nil
  ) -> [CaptionFault] {
    let transcript = Transcript(
      recording: .init(name: "", duration: .zero), language: language ?? "", style: "",
      words: entries.prefix(150).map { TimedWord(text: $0.cue.text, range: $0.cue.range) })
    let language = spokenLanguage(of: transcript)
    var check = CaptionCheck(
      profile: profile.forLanguage(language),
      rate: framesPerSecond.flatMap(FrameRate.init) ?? profile.frameRate)
    let lineEnds = LineEndCheck(entries, language: language)
    for (index, entry) in entries.enumerated() {
      check.look(at: entry, number: index + 1)
      for line in lineEnds.faultyLines[index] {
        check.note(
          .lineEnd,
          "the line ends on a word that belongs to the next: ‘\(lineEnds.word(index, line))’",
          line: line + 1)
      }
      if index + 1 < entries.count { check.look(between: entry, and: entries[index + 1]) }
    }
    return check.faults
  }
}

/// Collects the faults of one cue after the other.
private struct CaptionCheck {
  let profile: CaptionProfile
  let rate: FrameRate
  private(set) var faults: [CaptionFault] = []
  private var number = 0
  private var range = Timestamp.zero..<Timestamp.zero
  private var identifiers: Set<String> = []

  init(profile: CaptionProfile, rate: FrameRate) {
    self.profile = profile
    self.rate = rate
  }

  mutating func note(
    _ rule: CaptionFault.Rule, _ message: String, line: Int? = nil, value: Double? = nil,
    limit: Double? = nil
  ) {
    faults.append(
      CaptionFault(
        cue: number, line: line, rule: rule, message: message, value: value, limit: limit,
        range: range))
  }

  mutating func look(at entry: Captions.Entry, number: Int) {
    let cue = entry.cue
    (self.number, range) = (number, cue.range)
    if let id = cue.id, !identifiers.insert(id).inserted {
      note(.identifier, "the identifier ‘\(id)’ stands at an earlier cue too")
    }
    if entry.statedEnd != nil {
      note(.backwards, "the cue ends at \(entry.end), before it begins")
    }
    guard !cue.text.isBlank else {
      note(.empty, "the cue has no text")
      return
    }
    lookAtText(cue)
    guard entry.statedEnd == nil else { return }
    lookAtTime(cue)
  }

  private mutating func lookAtText(_ cue: Cue) {
    let lines = cue.lines
    if lines.count > profile.lines {
      note(
        .lines, "\(lines.count) lines; at most \(profile.lines)", value: Double(lines.count),
        limit: Double(profile.lines))
    }
    for (index, line) in lines.enumerated() {
      let width = visibleCharacters(in: line)
      if width > profile.charactersPerLine {
        note(
          .lineLength, "\(width) characters; at most \(profile.charactersPerLine)",
          line: index + 1, value: Double(width), limit: Double(profile.charactersPerLine))
      }
    }
  }

  private mutating func lookAtTime(_ cue: Cue) {
    let length = cue.range.milliseconds
    if length < profile.shortest {
      note(
        .shortest, "stands for \(seconds(length)) s; at least \(seconds(profile.shortest)) s",
        value: Double(length) / 1000, limit: Double(profile.shortest) / 1000)
    }
    if length > profile.longest {
      note(
        .longest, "stands for \(seconds(length)) s; at most \(seconds(profile.longest)) s",
        value: Double(length) / 1000, limit: Double(profile.longest) / 1000)
    }
    let characters = visibleCharacters(in: cue.text)
    if let limit = profile.charactersPerSecond {
      note(speed: Double(characters) * 1000 / Double(max(length, 1)), limit, "characters a second")
    }
    if let limit = profile.wordsPerMinute {
      let words = cue.text.blankParted.count
      note(speed: Double(words) * 60_000 / Double(max(length, 1)), limit, "words a minute")
    }
  }

  private mutating func note(speed: Double, _ limit: Double, _ unit: String) {
    guard speed > limit else { return }
    let shown = JSON.number((speed * 10).rounded(.up) / 10).text
    note(
      .readingSpeed, "\(shown) \(unit); at most \(JSON.number(limit).text)", value: speed,
      limit: limit)
  }

  mutating func look(between entry: Captions.Entry, and next: Captions.Entry) {
    let (end, start) = (entry.cue.range.upperBound, next.cue.range.lowerBound)
    guard start >= entry.cue.range.lowerBound else {
      note(.order, "the next cue begins earlier, at \(start)")
      return
    }
    let gap = start - end
    guard gap >= 0 else {
      note(
        .overlap, "stands \(seconds(-gap)) s into the next cue", value: Double(gap) / 1000,
        limit: 0)
      return
    }
    let least = profile.gap.milliseconds(at: rate)
    // Two frames at 24 are 83.33 ms: a file that has 83 keeps them.
    if gap + 1 < least {
      note(
        .gap, "\(seconds(gap)) s to the next cue; at least \(seconds(least)) s",
        value: Double(gap) / 1000, limit: Double(least) / 1000)
    } else if let under = profile.closesGapsUnder?.milliseconds(at: rate), gap + 1 < under,
      gap > least + rate.milliseconds(ofFrames: 1) / 2
    {
      note(
        .smallGap,
        "\(seconds(gap)) s to the next cue flicker; close them to \(seconds(least)) s, or leave "
          + "\(seconds(under)) s", value: Double(gap) / 1000, limit: Double(under) / 1000)
    }
  }

  private func seconds(_ milliseconds: Int) -> String {
    Timestamp(milliseconds: milliseconds).description
  }
}

/// Finds lines that end on a word that belongs to the next.
private struct LineEndCheck {
  /// For each cue the places of its faulty lines, from 0.
  private(set) var faultyLines: [[Int]]
  private let entries: [Captions.Entry]

  init(_ entries: [Captions.Entry], language: String) {
    self.entries = entries
    faultyLines = Array(repeating: [], count: entries.count)
    let lists = LanguageWords.forLanguage(language)
    // The last word before, and where it stands.
    var last: (word: Substring, cue: Int, line: Int)?
    for (index, entry) in entries.enumerated() {
      let speaker = entry.cue.speaker
      for (line, text) in entry.cue.lines.enumerated() {
        guard let first = text.firstWord, let final = text.lastWord else { continue }
        if let last, last.cue == index || entries[last.cue].cue.speaker == speaker,
          BoundaryJudge.isFault(last.word, first, lists)
        {
          faultyLines[last.cue].append(last.line)
        }
        last = (final, index, line)
      }
    }
  }

  func word(_ cue: Int, _ line: Int) -> Substring {
    entries[cue].cue.lines[line].lastWord ?? ""
  }
}
