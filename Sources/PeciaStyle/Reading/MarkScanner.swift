import PeciaCore

/// Finds the lines, and what in them is no words: tags, labels, time marks, caption lines.
///
/// Tags, labels and time marks are those of `PeciaCore.MarkedText`.
struct MarkScanner {
  let codes: [Code]
  let grammar: Grammar
  let isCaptions: Bool
  private(set) var lines: [Range<Int>] = []
  private(set) var marks: [Reading.Mark] = []
  private(set) var cues: [CaptionCue] = []

  init(codes: [Code], grammar: Grammar, isCaptions: Bool) {
    self.codes = codes
    self.grammar = grammar
    self.isCaptions = isCaptions
  }

  mutating func scan() {
    findLines()
    guard isCaptions else {
      for line in lines { scan(line) }
      return
    }
    let file = CaptionFile(codes: codes, lines: lines)
    cues = file.cues
    var cue = 0
    for (number, line) in lines.enumerated() where !line.isEmpty {
      while cue < cues.count, cues[cue].lines.upperBound <= number { cue += 1 }
      if cue < cues.count, cues[cue].lines.contains(number) {
        scan(line)
      } else {
        marks.append(.init(kind: .line, range: line))
      }
    }
  }

  private mutating func findLines() {
    var start = 0
    var index = 0
    while index < codes.count {
      if codes[index] < 14 || codes[index] >= 0x85, codes[index].isNewline {
        lines.append(start..<index)
        if codes[index] == 13, index + 1 < codes.count, codes[index + 1] == 10 { index += 1 }
        start = index + 1
      }
      index += 1
    }
    lines.append(start..<codes.count)
  }

  private mutating func scan(_ line: Range<Int>) {
    var index = line.lowerBound
    while index < line.upperBound, codes[index].isBlank { index += 1 }
    if index < line.upperBound, let end = label(at: index, in: line) {
      marks.append(.init(kind: .label, range: index..<end))
      index = end
    }
    while index < line.upperBound {
      switch codes[index] {
      case 60 /* < */:
        if let (kind, end) = angled(at: index, in: line) {
          marks.append(.init(kind: kind, range: index..<end))
          index = end
          continue
        }
      case 91 /* [ */, 40 /* ( */:
        if let end = tag(at: index, in: line) {
          marks.append(.init(kind: isKeep(index..<end) ? .keep : .tag, range: index..<end))
          index = end
          continue
        }
      case 123 /* { */:
        if isCaptions, let end = override(at: index, in: line) {
          marks.append(.init(kind: .markup, range: index..<end))
          index = end
          continue
        }
      case 38 /* & */:
        if isCaptions, let end = entity(at: index, in: line) {
          marks.append(.init(kind: .markup, range: index..<end))
          index = end
          continue
        }
      default: break
      }
      index += 1
    }
  }

  /// `&amp;`, `&#233;`: a character of a caption that is written as its name or number.
  private func entity(at index: Int, in line: Range<Int>) -> Int? {
    var end = index + 1
    if end < line.upperBound, codes[end] == 35 { end += 1 }
    let start = end
    while end < line.upperBound, end - start < 32, codes[end].isLetter || codes[end].isDigit {
      end += 1
    }
    return end > start && end < line.upperBound && codes[end] == 59 ? end + 1 : nil
  }

  /// The end of a `[tag]`, or of a `(tag)` where the guide has such.
  private func tag(at start: Int, in line: Range<Int>) -> Int? {
    let (open, close): (Code, Code) = codes[start] == 91 ? (91, 93) : (40, 41)
    guard open == 91 || grammar.roundTags else { return nil }
    var index = start + 1
    while index < line.upperBound, codes[index] != open, codes[index] != close { index += 1 }
    guard index < line.upperBound, codes[index] == close, index > start + 1 else { return nil }
    return index + 1
  }

  /// A time mark `<12.48>`; in captions also `<i>` and its like.
  private func angled(at start: Int, in line: Range<Int>) -> (Reading.Mark.Kind, Int)? {
    var end = start + 1
    while end < line.upperBound, codes[end] != 62, codes[end] != 60 { end += 1 }
    guard end < line.upperBound, codes[end] == 62, end > start + 1 else { return nil }
    if codes[start + 1].isDigit,
      let time = Timestamp(decimalSeconds: String(codes: codes[start + 1..<end]))
    {
      return (.time(time), end + 1)
    }
    guard isCaptions,
      codes[start + 1].isLetter || codes[start + 1] == 47 || codes[start + 1].isDigit
    else { return nil }
    return (.markup, end + 1)
  }

  /// `{\an8}`: a setting that players take from SubRip payloads.
  private func override(at start: Int, in line: Range<Int>) -> Int? {
    guard start + 1 < line.upperBound, codes[start + 1] == 92 else { return nil }
    return codes[start..<line.upperBound].firstIndex(of: 125).map { $0 + 1 }
  }

  private func isKeep(_ tag: Range<Int>) -> Bool {
    grammar.allowsKeep && codes[tag].starts(with: "[keep ".unicodeScalars.map(\.value))
  }

  /// A label of one to four words that begins with a capital, a digit or a letter without case,
  /// and ends in a colon with a blank or the line's end behind it; or one of the guide's own.
  private func label(at start: Int, in line: Range<Int>) -> Int? {
    for short in grammar.shortLabels
    where codes[start..<line.upperBound].starts(with: short) {
      let end = start + short.count
      let isSign = short.last.map { !$0.isWord && $0 != 46 } ?? false
      if end == line.upperBound || codes[end].isBlank || isSign { return end }
    }
    let first = codes[start]
    guard first.isUpper || first.isDigit || (first.isLetter && !first.isLower) else { return nil }
    var (index, count, blanks, onlyDigits) = (start, 0, 0, true)
    while index < line.upperBound, count <= 60 {
      let code = codes[index]
      guard code.isWord || code.isLabelSign else { break }
      if code == 32, index > start, codes[index - 1] != 32 { blanks += 1 }
      if !code.isDigit { onlyDigits = false }
      index += 1
      count += 1
    }
    guard count <= 60, index < line.upperBound, codes[index] == 58, codes[index - 1] != 32,
      !onlyDigits, blanks < 4
    else { return nil }
    guard index + 1 == line.upperBound || codes[index + 1].isBlank else { return nil }
    return index + 1
  }
}

extension Code {
  fileprivate var isLabelSign: Bool {
    switch self {
    case 32, 46, 39, 0x2019, 45, 95, 38, 35: true
    default: false
    }
  }
}
