/// `length`: how long a stretch of the rule's scope may be.
struct LengthCheck: Check {
  static let key = "length"
  let isForAnyLanguage = true
  static let placeholders: Set<String> = ["limit", "value"]
  private enum Unit: String, CaseIterable { case characters, words, lines }
  private let unit: Unit
  private let most: Int?
  private let least: Int?
  private let countsTags: Bool
  private let readsClips: Bool
  private let scope: Scope

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let unit: Unit = try fields.choice("unit") else {
      throw fields.entry.wrong(
        "‘length’ does not say its ‘unit’", meant("", among: Unit.allCases.map(\.rawValue)))
    }
    self.unit = unit
    scope = context.scope
    most = try fields.int("most", in: 1...1_000_000)
    least = try fields.int("least", in: 1...1_000_000)
    countsTags = try fields.bool("tags") ?? true
    readsClips = try fields.bool("clips") ?? true
    guard most != nil || least != nil else {
      throw fields.entry.wrong("the rule has no bound", "write ‘most’ or ‘least’")
    }
    if let most, let least, least > most {
      throw fields.entry.wrong("‘least’ is more than ‘most’", "write the smaller under ‘least’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    guard readsClips || !reading.kind.isClip else { return [] }
    let cueLines = Set(reading.cues.flatMap { Array($0.lines) })
    return reading.stretches(scope).enumerated().compactMap { number, stretch in
      // A line of a caption’s number or times is no line of words.
      if scope == .line, reading.kind.isCaptions, !stretch.isEmpty,
        !cueLines.contains(number)
      {
        return nil
      }
      let range = reading.trimmed(stretch)
      let ends = places(range, reading)
      var values = ["value": "\(ends.count)"]
      if let most, ends.count > most {
        values["limit"] = "\(most)"
        values["match"] = unit == .characters ? word(across: ends[most].lowerBound, reading) : nil
        return Violation(range: ends[most].lowerBound..<range.upperBound, values: values)
      }
      if let least, ends.count < least, !range.isEmpty || scope == .cue {
        values["limit"] = "\(least)"
        // An empty caption is shown by its times.
        let place = range.isEmpty ? reading.lines[reading.cues[number].timing] : range
        return Violation(range: place, values: values)
      }
      return nil
    }
  }

  /// The word that does not fit, whole; nil where none runs across `place`.
  private func word(across place: Int, _ reading: Reading) -> String? {
    let number = reading.firstWord(from: place + 1) - 1
    guard reading.words.indices.contains(number) else { return nil }
    let range = reading.words[number].range
    return range.contains(place) ? reading.string(range) : nil
  }

  /// What is counted in `range`, each with its place.
  private func places(_ range: Range<Int>, _ reading: Reading) -> [Range<Int>] {
    switch unit {
    case .words: return reading.words(in: range).map(\.range)
    case .lines:
      guard !range.isEmpty else { return [] }
      let (first, last) = (reading.line(of: range.lowerBound), reading.line(of: range.upperBound))
      return reading.lines[first...last].map { $0 }
    case .characters:
      if let most, range.count <= most, least == nil { return [] }
      var places: [Range<Int>] = []
      var start = range.lowerBound
      for character in reading.string(range) {
        let end = start + character.unicodeScalars.count
        if countsTags || reading.plain[start] != masked { places.append(start..<end) }
        start = end
      }
      return places
    }
  }
}
