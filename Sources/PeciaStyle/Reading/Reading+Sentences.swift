extension Reading {
  /// Words that end in a full stop without ending a sentence.
  static let abbreviations: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "st", "mt", "ft", "rev", "hon", "capt", "gen", "col", "sgt",
    "lt", "gov", "sen", "rep", "fr", "messrs", "mme", "vs", "cf", "e.g", "i.e", "approx", "no",
    "nos", "vol", "fig", "pp", "ca", "dept", "est",
  ]
  /// Words that may end a sentence with their own full stop, or not.
  static let unsureAbbreviations: Set<String> = [
    "jr", "sr", "etc", "inc", "ltd", "co", "corp", "bros", "a.m", "p.m", "ph.d", "m.d", "b.a",
    "m.a", "u.s", "u.k", "d.c", "ave", "blvd", "al",
  ]

  /// Sentences, without blanks at their ends; none reaches over the end of a turn.
  func sentencesOfTurns() -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    for turn in turns {
      var start = turn.body.lowerBound
      var index = start
      while index < turn.body.upperBound {
        guard plain[index].isTerminal else {
          index += 1
          continue
        }
        let end = sentenceEnd(at: index, in: turn.body)
        if let end {
          let sentence = trimmed(start..<end)
          if !sentence.isEmpty { sentences.append(sentence) }
          start = end
          index = end
        } else {
          while index < turn.body.upperBound, plain[index].isTerminal { index += 1 }
        }
      }
      let rest = trimmed(start..<turn.body.upperBound)
      if !rest.isEmpty { sentences.append(rest) }
    }
    return sentences
  }

  /// The place behind the sentence that the marks at `index` end; nil where they end none.
  private func sentenceEnd(at index: Int, in turn: Range<Int>) -> Int? {
    var end = index
    while end < turn.upperBound, plain[end].isTerminal { end += 1 }
    let marks = plain[index..<end]
    let quoted = end < turn.upperBound && plain[end].isCloser
    while end < turn.upperBound, plain[end].isCloser { end += 1 }
    guard end == turn.upperBound || plain[end].isBlank || plain[end] == masked else { return nil }
    var next = end
    while next < turn.upperBound, !plain[next].isWord { next += 1 }
    let small = next < turn.upperBound && plain[next].isLower
    if marks.count == 1, marks.first == 63, closesGuess(at: index, in: turn) { return nil }
    if small && quoted { return nil }
    if marks.count > 1 || marks.first == 0x2026, marks.allSatisfy({ $0 == 46 || $0 == 0x2026 }) {
      return small ? nil : end
    }
    if marks.first == 46, marks.count == 1, isAbbreviation(before: index, small: small) {
      return nil
    }
    return end
  }

  /// Whether the question mark at `index` closes a guess such as `?bank?`.
  private func closesGuess(at index: Int, in turn: Range<Int>) -> Bool {
    var start = index
    while start > turn.lowerBound, plain[start - 1].isWord { start -= 1 }
    guard start < index, start > turn.lowerBound, plain[start - 1] == 63 else { return false }
    return start - 1 == turn.lowerBound || plain[start - 2].isBlank
  }

  /// Whether the full stop at `stop` belongs to an abbreviation, and so ends no sentence.
  private func isAbbreviation(before stop: Int, small: Bool) -> Bool {
    let number = firstWord(from: stop) - 1
    guard words.indices.contains(number), Int(words[number].end) == stop else { return false }
    let range = words[number].range
    if range.count == 1, plain[range.lowerBound].isUpper, plain[range.lowerBound] != 73 {
      return true
    }
    guard range.count <= 6 else { return false }
    let word = folded(range)
    if word == "no" {
      // ‘No. 5’ is a number; ‘No.’ is an answer.
      return plain(at: stop + 1) == 32 && plain(at: stop + 2)?.isDigit == true
    }
    return Self.abbreviations.contains(word) || (small && Self.unsureAbbreviations.contains(word))
      || (!small && Self.unsureAbbreviations.contains(word) && word.contains("."))
  }
}
