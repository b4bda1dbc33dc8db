import PeciaCore

extension Player {
  /// What the guide finds: a blank at a line's end is none while the cursor stands behind it, for a
  /// word is to follow.
  var findings: [Finding] { allFindings.filter { !isBeingTyped($0) } }

  private func isBeingTyped(_ finding: Finding) -> Bool {
    !finding.text.isEmpty && finding.text.allSatisfy { $0 == " " }
      && editor.cursor == editor.lineEnd
      && finding.range.upperBound == editor.offset(of: editor.cursor)
  }

  /// Takes the blank away that was typed last, where the guide has something against it.
  mutating func dropTypedBlank() {
    guard let blank = allFindings.first(where: isBeingTyped) else { return }
    let start = editor.place(at: blank.range.lowerBound)
    editor.replace(start..<editor.cursor, with: "")
  }

  /// The finding at the cursor: of several the shortest, which says the most about the place.
  var findingAtCursor: Finding? {
    let offset = editor.offset(of: editor.cursor)
    return findings.filter { $0.range.lowerBound <= offset && offset <= $0.range.upperBound }
      .min { $0.range.count < $1.range.count }
  }

  /// The finding to be explained below the text: the one at the cursor, else the next behind it.
  ///
  /// What holds for the whole text stands back for what has a place of its own, unless it is what
  /// keeps the text from being handed in.
  var findingShown: Finding? {
    let length = editor.offset(of: editor.end)
    let here = findingAtCursor
    if let here, here.range.count < length { return here }
    let placed = findings.filter { $0.range.count < length }
    if let here, here.level == .error, !placed.contains(where: { $0.level == .error }) {
      return here
    }
    let offset = editor.offset(of: editor.cursor)
    return placed.first { $0.range.lowerBound > offset } ?? placed.first ?? here ?? findings.first
  }

  /// Goes to the next finding that has a place; what holds for the whole text is said where the
  /// cursor is.
  mutating func toNextFinding() {
    guard let whole = findings.first else {
      tell(drafts.checked == editor.revision ? "the guide finds nothing" : "not checked yet", .good)
      return
    }
    let offset = editor.offset(of: editor.cursor)
    let length = editor.offset(of: editor.end)
    let placed = findings.filter { $0.range.count < length }
    guard let next = placed.first(where: { $0.range.lowerBound > offset }) ?? placed.first else {
      tell("of the whole text: \(whole.message)")
      return
    }
    editor.move(to: editor.place(at: next.range.lowerBound))
  }

  /// Mends the finding that is explained below the text, or says why it cannot.
  mutating func fixHere() -> [Effect] {
    guard let finding = findingShown else {
      tell("there is nothing to mend", .good)
      return []
    }
    guard let fix = finding.fix else {
      editor.move(to: editor.place(at: finding.range.lowerBound))
      tell("yours to mend; if it is right so, write ‘[keep \(finding.rule): why]’ behind it")
      return []
    }
    let change = finding.tidy ?? Finding.Change(range: finding.range, text: fix)
    let range =
      editor.place(at: change.range.lowerBound)..<editor.place(at: change.range.upperBound)
    // Who is typing elsewhere goes on there.
    let cursor = editor.cursor
    let behind = editor.offset(of: editor.end) - editor.offset(of: cursor)
    editor.replace(range, with: change.text)
    if cursor < range.lowerBound {
      editor.move(to: cursor)
    } else if cursor >= range.upperBound {
      editor.move(to: editor.place(at: editor.offset(of: editor.end) - behind))
    }
    return []
  }

  /// Takes the text that the guide has mended, as one step, and keeps the cursor where it was.
  mutating func replaceAll(with text: String, revision: Int) {
    guard revision == editor.revision else { return }
    let new = Editor(text)
    guard !text.unicodeScalars.elementsEqual(editor.text.unicodeScalars) else {
      tell(
        findings.isEmpty ? "there is nothing to mend" : "what is left is yours to mend",
        findings.isEmpty ? .good : .note)
      return
    }
    let behind = editor.offset(of: editor.end) - editor.offset(of: editor.cursor)
    editor.replace(.start..<editor.end, with: text)
    editor.move(to: new.place(at: new.offset(of: new.end) - behind))
    tell("mended what is safe; \(keys.name(of: .undo)) takes it back", .good)
  }
}
