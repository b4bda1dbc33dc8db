import PeciaCore

/// A text as the rules read it: its words apart from its tags, labels and time marks.
///
/// All places are Unicode scalars from the text's start.
struct Reading: Sendable {
  /// A stretch that is no words.
  struct Mark: Hashable, Sendable {
    enum Kind: Hashable, Sendable {
      /// `[laughs]`, with its brackets.
      case tag
      /// `Ana:`, with its colon.
      case label
      case time(Timestamp)
      /// The number, times or settings of a caption, or a header: a line of its own.
      case line
      /// `<i>`: how a caption's words look.
      case markup
      /// `[keep RULE: WHY]`: silences a finding.
      case keep
    }
    var kind: Kind
    var range: Range<Int>
  }

  /// A word: letters and digits with the apostrophes, hyphens, points and colons inside it.
  struct Word: Hashable, Sendable {
    var start: Int32
    var end: Int32
    /// The word's number in the guide's lexicon; −1 where no rule names it.
    var lexeme: Int32 = -1
    /// A hash of the word without regard to case.
    var hash: UInt32 = 0
    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// What one speaker says in a row: from a label, or a blank line, to the next.
  struct Turn: Hashable, Sendable {
    /// The number of the label in `marks`; nil for a turn without one.
    var label: Int?
    /// The label included; blanks at its end are not.
    var range: Range<Int>
    /// Behind the label.
    var body: Range<Int>
  }

  let kind: TextKind
  let codes: [Code]
  /// `codes` with U+FFFC in place of all that is no words.
  private(set) var plain: [Code]
  /// Each line without its end.
  private(set) var lines: [Range<Int>] = []
  private(set) var marks: [Mark] = []
  private(set) var words: [Word] = []
  private(set) var turns: [Turn] = []
  private(set) var sentences: [Range<Int>] = []
  private(set) var cues: [CaptionCue] = []

  init(_ text: String, as kind: TextKind, grammar: Grammar, lexicon: Lexicon) {
    self.kind = kind
    codes = text.codes
    plain = codes
    var scanner = MarkScanner(codes: codes, grammar: grammar, isCaptions: kind.isCaptions)
    scanner.scan()
    lines = scanner.lines
    marks = scanner.marks
    cues = scanner.cues
    for mark in marks { for index in mark.range { plain[index] = masked } }
    words = Self.words(in: plain, lexicon: lexicon)
    turns = turnsByLabel()
    sentences = sentencesOfTurns()
  }

  func string(_ range: Range<Int>) -> String { String(codes: codes[range]) }
  func folded(_ range: Range<Int>) -> String {
    String(codes: codes[range].lazy.map(\.folded))
  }
  var text: Range<Int> { codes.indices }

  /// The marks of a kind in `range`, in order.
  func marks(_ kind: Mark.Kind) -> [Mark] { marks.filter { $0.kind == kind } }

  /// The number of the first word that begins at `place` or later.
  func firstWord(from place: Int) -> Int {
    var (low, high) = (0, words.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(words[middle].start) < place { low = middle + 1 } else { high = middle }
    }
    return low
  }
  func words(in range: Range<Int>) -> ArraySlice<Word> {
    let first = firstWord(from: range.lowerBound)
    return words[first..<max(first, firstWord(from: range.upperBound))]
  }
  /// The number of the line that holds `place`.
  func line(of place: Int) -> Int {
    var (low, high) = (0, lines.count)
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].lowerBound <= place { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }

  /// What a human calls the code before or behind a place; nil at the text's edge.
  func plain(at place: Int) -> Code? { plain.indices.contains(place) ? plain[place] : nil }

  /// `range` without blanks at its ends.
  func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, codes[start].isBlank { start += 1 }
    while end > start, codes[end - 1].isBlank { end -= 1 }
    return start..<end
  }
}

extension Reading {
  private static func words(in plain: [Code], lexicon: Lexicon) -> [Word] {
    var words: [Word] = []
    words.reserveCapacity(plain.count / 5)
    plain.withUnsafeBufferPointer { text in
      var index = 0
      while index < text.count {
        guard text[index].isWord else {
          index += 1
          continue
        }
        let start = index
        var hash: UInt32 = 2_166_136_261
        while index < text.count {
          let code = text[index]
          guard code.isWord || joins(text, index, start: start) else { break }
          hash = (hash ^ code.folded) &* 16_777_619
          index += 1
        }
        words.append(
          Word(
            start: Int32(start), end: Int32(index),
            lexeme: lexicon.lexeme(text, start..<index, hash: hash), hash: hash))
      }
    }
    return words
  }

  /// Whether the character at `index`, which is no letter or digit, holds a word together.
  private static func joins(
    _ text: UnsafeBufferPointer<Code>, _ index: Int, start: Int
  ) -> Bool {
    guard index > start, index + 1 < text.count, text[index - 1].isWord, text[index + 1].isWord
    else { return false }
    switch text[index] {
    case 39, 0x2019, 45, 0x2010, 0x2011: return true
    case 44, 58: return text[index - 1].isDigit && text[index + 1].isDigit
    case 46:
      if text[index - 1].isDigit && text[index + 1].isDigit { return true }
      // ‘U.S’, ‘p.m’: single letters with points between.
      let single = index - 1 == start || text[index - 2] == 46
      return single && (index + 2 >= text.count || !text[index + 2].isWord)
    default: return false
    }
  }

  /// Turns, from the labels and the blank lines; a caption file has turns by labels alone.
  private func turnsByLabel() -> [Turn] {
    var starts: [(place: Int, label: Int?)] = []
    var mark = 0
    var isNew = true
    for line in lines {
      while mark < marks.count, marks[mark].range.lowerBound < line.lowerBound { mark += 1 }
      var ahead = mark
      while ahead < marks.count, marks[ahead].range.lowerBound < line.upperBound,
        marks[ahead].kind != .label
      { ahead += 1 }
      if ahead < marks.count, marks[ahead].range.lowerBound < line.upperBound {
        starts.append((line.lowerBound, ahead))
        isNew = false
      } else if codes[line].allSatisfy(\.isBlank) {
        isNew = isNew || !kind.isCaptions
      } else if isNew {
        starts.append((line.lowerBound, nil))
        isNew = false
      }
    }
    return starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1].place : codes.count
      let range = trimmed(starts[index].place..<end)
      let body = starts[index].label.map { marks[$0].range.upperBound } ?? range.lowerBound
      return Turn(
        label: starts[index].label, range: range, body: trimmed(body..<max(body, range.upperBound)))
    }
  }
}
