import PeciaCore

extension PlayerView {
  mutating func drawDialog() {
    switch player.dialog {
    case nil: return
    case .help(let top): drawPage("Keys", helpLines, top: top)
    case .compare(let top):
      let title = player.clip?.task.review == nil ? "The machine-made draft" : "All texts"
      drawPage(title, compareLines, top: top)
    case .find(let prompt), .replace(_, let prompt), .goTo(let prompt), .reason(let prompt):
      drawPrompt(prompt)
    case .giveBack: drawBox("Give this clip back: why?", giveBackLines)
    case .complete(let completion): drawCompletion(completion)
    case .rest(let summary): drawBox("Round \(summary.number) is over", lines(of: summary))
    case .leaveUnsaved:
      drawBox(
        "The text could not be stored",
        [
          "Leave all the same? It will be written to a file", "whose name is shown.", "",
          "y  leave    n  stay",
        ])
    }
  }

  /// A page over the whole screen, to be scrolled.
  private mutating func drawPage(_ title: String, _ lines: [PageLine], top: Int) {
    screen = Screen(columns: player.columns, rows: player.rows)
    screen.put(" \(title)", Look(.title), row: 0, column: 0)
    screen.fill("─", .faint, row: 1)
    let height = max(player.rows - 3, 1)
    let first = max(min(top, lines.count - height), 0)
    for (index, line) in lines[min(first, lines.count)...].prefix(height).enumerated() {
      var column = 1 + line.indent
      for (character, look) in line.characters {
        column += screen.put(character, look, row: 2 + index, column: column)
      }
    }
    let more = first + height < lines.count ? "Down: more · " : ""
    screen.put(
      " \(more)Esc: back to the text", .faint, row: player.rows - 1, column: 0)
  }

  private var helpLines: [PageLine] {
    var lines: [PageLine] = []
    for group in Action.Group.allCases {
      let actions = Action.allCases.filter {
        $0.group == group && (player.keys.strokes[$0]?.isEmpty == false)
      }
      guard !actions.isEmpty, group != .review || player.clip?.task.review != nil else { continue }
      if !lines.isEmpty { lines.append(PageLine()) }
      lines.append(PageLine(head: group.rawValue.capitalized))
      for action in actions {
        let names = (player.keys.strokes[action] ?? []).map(\.description).joined(separator: ", ")
        lines += helpEntry(names, action.summary)
      }
    }
    lines += [PageLine(), PageLine(head: "Snippets")]
    for snippet in player.keys.snippets {
      let text = snippet.expansion.replacing("\n", with: "\\n")
      lines += helpEntry(snippet.trigger, text)
    }
    lines += [PageLine(), PageLine(head: "Signs")]
    for (sign, meaning) in Self.signs {
      lines += helpEntry(sign, meaning)
    }
    return lines
  }

  /// What is explained and its meaning, side by side or, where that is too wide, one below the other.
  private func helpEntry(_ name: String, _ meaning: String) -> [PageLine] {
    let room = player.columns - 2
    let side = "\(name.padded(to: min(30, room * 9 / 20))) \(meaning)"
    return side.count <= room ? [PageLine(side)] : [PageLine(name), PageLine("    " + meaning)]
  }

  private static let signs = [
    ("▂▅█", "speech"), ("░", "sound without speech"), ("·", "silence"),
    ("▲", "the place that plays"), ("═", "what the clip shares with its neighbour"),
    ("[ ]", "the loop"), ("?", "a disputed place"),
  ]

  /// The texts one below the other; words that the worker's own text lacks are marked.
  private var compareLines: [PageLine] {
    let own = player.editor.text
    let task = player.clip?.task
    let normalisation = task?.review?.normalisation ?? Normalisation(ignoresTags: false)
    let ownWords = ComparedWords(own, normalisation)
    let drafts = task?.machineDraft.map { [("Draft", $0)] } ?? []
    let variants = task?.review?.variants.map { ($0.worker, $0.text) } ?? []
    let others = variants.isEmpty ? drafts : variants
    var lines: [PageLine] = []
    for (name, text) in others {
      let marks = ComparedWords(text, normalisation).differing(from: ownWords)
      lines += [PageLine(head: name)] + rows(of: text, marking: marks) + [PageLine()]
    }
    // With one other text, what only the worker's own has is marked too.
    let marks =
      others.count == 1
      ? ownWords.differing(from: ComparedWords(others[0].1, normalisation)) : []
    return lines + [PageLine(head: variants.isEmpty ? "Text" : player.worker)]
      + rows(of: own, marking: marks)
  }

  private func rows(of text: String, marking marks: Set<Int>) -> [PageLine] {
    var lines: [PageLine] = []
    var offset = 0
    for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
      let characters = Array(line)
      for row in TextLayout.rows(of: characters, columns: player.columns - 4) {
        lines.append(
          PageLine(
            indent: 2,
            characters: row.map { place in
              let isMarked = marks.contains(offset + place)
              return (
                characters[place], isMarked ? Look(.warning, [.bold, .underlined]) : .plain
              )
            }))
      }
      offset += characters.count + 1
    }
    return lines
  }

  private var giveBackLines: [String] {
    ReleaseReason.allCases.enumerated().map { "\($0.offset + 1)  \($0.element.title)" }
      + ["", "Esc  keep it"]
  }

  private func lines(of summary: Dialog.Summary) -> [String] {
    var lines = [
      "\(Player.count(summary.clips, "clip")), \(Player.count(summary.words, "word"))",
      "\(Timestamp(milliseconds: summary.milliseconds).clock) of sound",
      "\(Player.count(summary.findings, "slip")) that the guide refused",
    ]
    if let pace = summary.wordsPerMinute { lines.append("\(pace) words a minute, all told") }
    let next = max(summary.words * 11 / 10, 1)
    lines += ["", "Look away, stand up, drink something.", ""]
    lines.append("Enter  next round; a small goal: \(Player.count(next, "word"))")
    lines.append("\(player.keys.name(of: .leave))  leave")
    return lines
  }

  private mutating func drawPrompt(_ prompt: Dialog.Prompt) {
    let row = regions.findings.lowerBound
    for index in regions.findings { screen.fill(" ", row: index) }
    let start = screen.put(" \(prompt.question): ", Look(.title), row: row, column: 0)
    let text = prompt.editor.text
    let isSelected = prompt.editor.selection != nil
    screen.put(text, Look(.plain, isSelected ? .reversed : []), row: row, column: start)
    let before = String(prompt.editor.lines[0][..<prompt.editor.cursor.column])
    screen.cursor = (row, min(start + before.columns, player.columns - 1))
    if let notice = player.notice {
      screen.put(" \(notice.text)", Look(.error), row: row + 1, column: 0)
    } else {
      screen.put(" Enter: do it · Esc: back", .faint, row: row + 1, column: 0)
    }
  }

  private mutating func drawCompletion(_ completion: Dialog.Completion) {
    var column = 1
    let row = regions.findings.lowerBound
    for index in regions.findings { screen.fill(" ", row: index) }
    for (index, word) in completion.words.enumerated() {
      let text = "\(index + 1) \(word)"
      guard column + text.columns + 1 < player.columns else { break }
      let look = Look(.plain, index == completion.chosen ? .reversed : [])
      column = screen.put(text, look, row: row, column: column) + 2
    }
  }

  /// A frame in the middle of the screen.
  private mutating func drawBox(_ title: String, _ lines: [String]) {
    let width = min(
      max((lines + [title]).map(\.columns).max() ?? 0, 20) + 4, player.columns)
    let height = min(lines.count + 4, player.rows)
    let (top, left) = ((player.rows - height) / 2, (player.columns - width) / 2)
    func edge(_ start: String, _ end: String) -> String {
      start + String(repeating: "─", count: max(width - 2, 0)) + end
    }
    let empty = "│" + String(repeating: " ", count: max(width - 2, 0)) + "│"
    for row in 0..<height {
      let line = row == 0 ? edge("┌", "┐") : row == height - 1 ? edge("└", "┘") : empty
      screen.put(line, .faint, row: top + row, column: left)
    }
    screen.put(title, Look(.title), row: top + 1, column: left + 2, limit: width - 4)
    for (index, line) in lines.enumerated() where index + 3 < height - 1 {
      screen.put(line, row: top + 3 + index, column: left + 2, limit: width - 4)
    }
    screen.cursor = nil
  }
}

/// A line of a page that is read.
private struct PageLine {
  var indent = 0
  var characters: [(Character, Look)] = []

  init() {}

  init(indent: Int, characters: [(Character, Look)]) {
    self.indent = indent
    self.characters = characters
  }

  init(_ text: String) { self.init(indent: 2, characters: text.map { ($0, .plain) }) }

  init(head: String) { self.init(indent: 0, characters: head.map { ($0, Look(.plain, .bold)) }) }
}

extension String {
  /// With blanks behind it up to `columns`.
  fileprivate func padded(to columns: Int) -> String {
    self + String(repeating: " ", count: max(columns - self.columns, 0))
  }
}
