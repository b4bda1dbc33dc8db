extension Guide {
  /// How often a text is checked and mended before it counts as one that fixes cannot settle.
  private static let mostRounds = 12

  /// `text` with all safe fixes made.
  ///
  /// Fixing twice changes nothing more. Tags, labels and times stay as they are: what a rule would
  /// mend in them is for a person to take. Where fixes undo one another, the text comes back as it
  /// was.
  public func fixed(_ text: String, as kind: TextKind = .submission()) -> String {
    fixed(text, as: kind, rule: nil)
  }

  /// `text` with the fixes of one rule, or of all.
  func fixed(_ text: String, as kind: TextKind, rule: Int?) -> String {
    var codes = text.codes
    for _ in 0..<Self.mostRounds {
      let reading = read(String(codes: codes), as: kind)
      let edits = edits(in: reading, rule: rule)
      guard !edits.isEmpty else { return String(codes: codes) }
      let mended = apply(edits, to: reading.codes, keepsMarks: rule == nil)
      guard mended != codes else { return String(codes: codes) }
      codes = mended
    }
    return text
  }

  /// The changes to make at once: the first of those that collide.
  private func edits(in reading: Reading, rule: Int?) -> [Edit] {
    var edits: [Edit] = []
    var found = violations(in: reading, rule: rule)
    _ = silence(&found, in: reading)
    let wanted = found.compactMap { found -> Edit? in
      guard var edit = found.violation.edit, edit.text.codes != Array(reading.codes[edit.range])
      else { return nil }
      edit.isAboutMarks = rules[found.rule].isAboutMarks
      return edit.isAboutMarks || !reading.touchesMark(edit.range) ? edit : nil
    }
    var end = 0
    for edit in wanted.sorted(by: {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    })
    where edit.range.lowerBound >= end {
      edits.append(edit)
      end = max(edit.range.upperBound, edit.range.lowerBound + 1)
    }
    return edits
  }
}

extension Rule {
  fileprivate var isAboutMarks: Bool {
    type(of: check).changesMarks || [.tag, .label, .raw].contains(scope)
  }
}

// MARK: - Leaving tags, labels and times

extension Guide {
  /// How many characters around an edit are read to see what it makes of tags, labels and times.
  private static let sight = 200

  /// `codes` with the edits made, the last first.
  ///
  /// With `keepsMarks` an edit is left out that would change a tag, a label or a time, or make one
  /// of what was none, unless its rule is about them: what is there already stays in any case.
  private func apply(_ edits: [Edit], to codes: [Code], keepsMarks: Bool) -> [Code] {
    // Backwards: the end of the mended text comes first.
    var mended: [Code] = []
    var end = codes.count
    for edit in edits.reversed() {
      mended.append(contentsOf: codes[edit.range.upperBound..<end].reversed())
      end = edit.range.lowerBound
      let old = codes[edit.range]
      let isKept = !keepsMarks || leavesMarks(edit, in: codes, before: mended)
      mended.append(contentsOf: isKept ? edit.text.codes.reversed() : old.reversed())
    }
    mended.append(contentsOf: codes[..<end].reversed())
    return mended.reversed()
  }

  private func leavesMarks(_ edit: Edit, in codes: [Code], before mended: [Code]) -> Bool {
    let start = max(0, edit.range.lowerBound - Self.sight)
    let left = Array(codes[start..<edit.range.lowerBound])
    let right = Array(mended.suffix(Self.sight).reversed())
    let old = marks(in: left + codes[edit.range] + right)
    let new = marks(in: left + edit.text.codes + right)
    guard edit.isAboutMarks else { return old == new }
    var rest = new[...]
    return old.allSatisfy { mark in
      guard let place = rest.firstIndex(of: mark) else { return false }
      rest = rest[(place + 1)...]
      return true
    }
  }

  private func marks(in codes: [Code]) -> [String] {
    let reading = read(String(codes: codes), as: .transcript())
    return reading.marks.map { reading.string($0.range) }
  }
}

extension Reading {
  /// Whether a tag, label or time stands in `range`.
  func touchesMark(_ range: Range<Int>) -> Bool {
    plain[range].contains { $0 == masked }
  }

  /// How to take the words at `range` out, with the comma, dots and blank that belong to them.
  ///
  /// Nil where nothing would be left of what the speaker said.
  func removal(of range: Range<Int>) -> Edit? {
    var (start, end) = (range.lowerBound, range.upperBound)
    // Marks that hang on the word: ‘um,’ ‘um...’ ‘um—’.
    let tail = end
    while end < plain.count, [44, 46, 45, 0x2026, 0x2014].contains(plain[end]) { end += 1 }
    let marks = plain[tail..<end]
    let endsSentence =
      marks.count == 1 && marks.first == 46 || plain(at: tail).map { $0 == 63 || $0 == 33 } ?? false
    if endsSentence { end = tail }
    let commaAfter = marks.first == 44
    var left = start
    while left > 0, plain[left - 1] == 32 { left -= 1 }
    let commaBefore = left > 0 && plain[left - 1] == 44
    let before = plain(at: left - 1)
    let opensSentence =
      before == nil || before?.isTerminal == true || before == masked || before?.isNewline == true
      || before?.isCloser == true
    var right = end
    while right < plain.count, plain[right] == 32 { right += 1 }
    let next = plain(at: right)
    if endsSentence, opensSentence {
      // The word is the whole sentence: it goes with its mark.
      end += 1
      right = end
      while right < plain.count, plain[right] == 32 { right += 1 }
      if before == masked || before == nil || before?.isNewline == true,
        plain(at: right) == nil || plain(at: right)?.isNewline == true
      {
        return nil
      }
      return Edit(range: left == start ? start..<right : left..<end, text: "")
    }
    if opensSentence {
      if next == nil || next?.isNewline == true { return nil }
      var text = ""
      if let next, plain[start].isUpper, next.isLower {
        text = String(codes: [next.raised])
        right += 1
      }
      return Edit(range: start..<right, text: text)
    }
    if next == nil || next?.isNewline == true || next?.isTerminal == true || endsSentence {
      // At a sentence's end the comma before the word goes with it.
      start = commaBefore ? left - 1 : left
      return Edit(range: start..<end, text: "")
    }
    if commaBefore, commaAfter, keepsComma(before: left - 1) {
      return Edit(range: left..<end, text: "")
    }
    start = commaBefore && commaAfter ? left - 1 : left
    return Edit(range: start..<end, text: "")
  }

  /// Whether the comma at `comma` stands behind ‘yes’ or its like, and so is needed.
  private func keepsComma(before comma: Int) -> Bool {
    let number = firstWord(from: comma) - 1
    guard words.indices.contains(number) else { return false }
    return ["yes", "no", "well", "okay", "yeah", "now", "oh", "right", "sure", "please", "thanks"]
      .contains(folded(words[number].range))
  }
}
