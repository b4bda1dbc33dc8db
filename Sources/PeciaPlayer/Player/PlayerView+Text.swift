import PeciaCore

extension PlayerView {
  /// The text with its findings underlined where they are.
  mutating func drawText() {
    let area = regions.text
    let editor = player.editor
    let marks = findingMarks
    let disputed = disputedMarks
    let selection = editor.selection
    let stretches = player.layout.stretches(from: player.top, count: area.count)
    for (index, stretch) in stretches.enumerated() {
      var column = 1
      for place in stretch.columns {
        let here = Place(line: stretch.line, column: place)
        var look = Look.plain
        if let level = marks[here] { look = Look(Self.role(of: level), .underlined) }
        if disputed.contains(here) {
          look = Look(.warning, look.marks.union([.bold, .underlined]))
        }
        if selection?.contains(here) == true { look.marks.insert(.reversed) }
        let character = editor.lines[stretch.line][place]
        column += max(
          screen.put(character, look, row: area.lowerBound + index, column: column), 1)
      }
    }
    if player.editor.isEmpty, player.clip != nil, player.dialog == nil {
      let hint = "Type what you hear; \(player.keys.name(of: .play)) plays."
      screen.put(hint, .faint, row: area.lowerBound, column: 1, limit: player.columns - 2)
    }
    drawScrollMarks()
    let position = player.layout.position(of: editor.cursor)
    let row = area.lowerBound + position.row - player.top
    if area.contains(row), player.clip != nil {
      screen.cursor = (row, min(1 + position.column, player.columns - 1))
    }
  }

  private mutating func drawScrollMarks() {
    let area = regions.text
    guard !area.isEmpty else { return }
    if player.top > 0 {
      screen.put("↑", .faint, row: area.lowerBound, column: player.columns - 1)
    }
    if player.top + area.count < player.layout.count {
      screen.put("↓", .faint, row: area.upperBound - 1, column: player.columns - 1)
    }
  }

  /// The gravest level at each place that a finding covers, for the rows that are shown.
  private var findingMarks: [Place: Finding.Level] {
    var marks: [Place: Finding.Level] = [:]
    let editor = player.editor
    for finding in player.findings {
      let start = editor.place(at: finding.range.lowerBound)
      var place = start
      // A finding of no length is shown on the character that it stands before.
      for _ in 0..<max(min(finding.range.count, 500), 1) {
        marks[place] = max(marks[place] ?? finding.level, finding.level)
        let next = editor.right(of: place)
        if next == place { break }
        place = next
      }
    }
    return marks
  }

  static func role(of level: Finding.Level) -> Look.Role {
    switch level {
    case .error: .error
    case .warning: .warning
    case .suggestion: .suggestion
    }
  }

  /// Below the text: a notice, or the finding at the cursor with the guide's reason.
  mutating func drawBelow() {
    var rows = regions.findings
    if let notice = player.notice {
      let look: Look =
        switch notice.kind {
        case .note: Look(.plain, .bold)
        case .good: Look(.good)
        case .fault: Look(.error)
        }
      let used = wrap(" \(notice.text)", look, rows: rows)
      rows = min(rows.lowerBound + used, rows.upperBound)..<rows.upperBound
    }
    guard !rows.isEmpty, player.clip != nil, !player.editor.isEmpty else { return }
    guard let finding = player.findingShown else {
      let isChecked = player.drafts.checked == player.editor.revision && !player.editor.isEmpty
      if isChecked, player.notice == nil {
        screen.put(" ✓ nothing to mend", Look(.good), row: rows.lowerBound, column: 0)
      }
      return
    }
    explain(finding, rows: rows)
  }

  private mutating func explain(_ finding: Finding, rows: Range<Int>) {
    let place = player.editor.place(at: finding.range.lowerBound)
    let sign =
      switch finding.level {
      case .error: "✗"
      case .warning: "!"
      case .suggestion: "·"
      }
    var text = " \(sign) \(place.line + 1):\(place.column + 1) \(finding.message)"
    if finding.fix != nil { text += " (\(player.keys.name(of: .fix)) mends it)" }
    let count = player.findings.count
    if count > 1 { text += " [\(count) in all, \(player.keys.name(of: .nextFinding)): next]" }
    let used = wrap(text, Look(Self.role(of: finding.level)), rows: rows)
    let rest = min(rows.lowerBound + used, rows.upperBound)..<rows.upperBound
    if let reason = player.reasons[finding.rule], !reason.isEmpty {
      wrap("   \(finding.rule): \(reason)", .faint, rows: rest)
    } else {
      wrap("   rule \(finding.rule)", .faint, rows: rest)
    }
  }

  /// Writes a text over several rows, and gives how many it took.
  @discardableResult
  mutating func wrap(_ text: String, _ look: Look, rows: Range<Int>) -> Int {
    let line = Array(text)
    let pieces = TextLayout.rows(of: line, columns: player.columns - 2)
    for (index, piece) in pieces.enumerated() where index < rows.count {
      let isLast = index == rows.count - 1 && index < pieces.count - 1
      var part = String(line[piece])
      if isLast { part = String(line[piece.lowerBound...]).fitted(to: player.columns - 2) }
      screen.put(part, look, row: rows.lowerBound + index, column: index == 0 ? 0 : 3)
    }
    return pieces.count
  }

  /// The last row: the keys that are wanted most, as many as fit.
  mutating func drawKeys() {
    var wanted: [(Action, String)] = [
      (.play, "play"), (.handIn, "hand in"), (.help, "help"), (.leave, "leave"), (.back, "back"),
      (.slower, "slower"), (.faster, "faster"), (.giveBack, "give back"), (.mark, "time"),
      (.nextFinding, "finding"), (.fix, "mend"), (.complete, "complete"),
    ]
    let clipless: Set<Action> = [.help, .leave]
    var column = 1
    if player.clip?.task.review != nil {
      wanted = [
        (.play, "play"), (.again, "the words"), (.speaker1, "take 1"), (.handIn, "decide"),
        (.nextDispute, "next"), (.previousDispute, "undo"), (.reason, "why"), (.help, "help"),
        (.leave, "leave"),
      ]
    }
    for (action, word) in wanted where player.clip != nil || clipless.contains(action) {
      let name = player.keys.name(of: action)
      guard column + name.columns + word.columns + 3 <= player.columns else { break }
      column = screen.put(name, Look(.key, .bold), row: regions.keys, column: column) + 1
      column = screen.put(word, .faint, row: regions.keys, column: column) + 2
    }
  }
}
