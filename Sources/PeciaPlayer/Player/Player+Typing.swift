import PeciaCore

extension Player {
  /// A key that is no command: a character, or nothing.
  mutating func typed(_ key: Key) -> [Effect] {
    guard case .character(let character) = key.code,
      key.modifiers.isDisjoint(with: [.control, .alt])
    else { return [] }
    pace.typed(1, at: now)
    return type(String(character))
  }

  /// Types `text` at the cursor; a snippet's trigger becomes what it stands for.
  mutating func type(_ text: String) -> [Effect] {
    guard mayChange() else { return [] }
    let isOne = text.count == 1
    if isOne { expandWaiting(before: text) }
    editor.type(text)
    if isOne, let snippet = snippetBeforeCursor, !keys.snippets.continues(snippet) {
      expand(snippet)
    }
    return []
  }

  /// Whether the text may be changed; says why not.
  private mutating func mayChange() -> Bool {
    guard let clip else { return false }
    if !clip.canChange {
      tell("this clip has been judged; it can only be looked at", .fault)
    }
    return clip.canChange
  }

  private var snippetBeforeCursor: Snippet? {
    keys.snippets.match(before: editor.lines[editor.cursor.line][..<editor.cursor.column])
  }

  /// A trigger that began longer ones is expanded when something else follows it.
  private mutating func expandWaiting(before text: String) {
    guard editor.selection == nil, let snippet = snippetBeforeCursor,
      !keys.snippets.contains(where: { $0.trigger.hasPrefix(snippet.trigger + text) })
    else { return }
    expand(snippet)
  }

  private mutating func expand(_ snippet: Snippet) {
    let end = editor.cursor
    let start = Place(line: end.line, column: end.column - snippet.trigger.count)
    let (text, cursor) = snippet.text(
      time: mark, speaker: editor.speakerAtCursor ?? "Speaker 1", next: nextSpeaker)
    let offset = editor.offset(of: start)
    editor.replace(start..<end, with: text)
    editor.move(to: editor.place(at: offset + cursor))
  }

  /// The playing position in seconds, as a time mark holds it.
  private var mark: String {
    let hundredths = transport.position / 10
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// The speaker after the one who holds, of those that the text names; one of two alternates.
  private var nextSpeaker: String {
    let speakers = editor.speakers.count > 1 ? editor.speakers : speakers
    guard let here = editor.speakerAtCursor, let index = speakers.firstIndex(of: here) else {
      return speakers.first ?? "Speaker 1"
    }
    return speakers.count > 1 ? speakers[(index + 1) % speakers.count] : "Speaker 2"
  }

  mutating func performText(_ action: Action) -> [Effect] {
    if move(action) { return [] }
    switch action {
    case .copy, .selectAll, .find, .findNext, .nextFinding, .compare: break
    default: guard mayChange() else { return [] }
    }
    switch action {
    case .newLine:
      pace.typed(1, at: now)
      expandWaiting(before: "\n")
      editor.type("\n")
    case .eraseBack: editor.erase(to: editor.left(of: editor.cursor))
    case .eraseOn: editor.erase(to: editor.right(of: editor.cursor))
    case .eraseWordBack: editor.erase(to: editor.wordStart(before: editor.cursor))
    case .eraseWordOn: editor.erase(to: editor.wordEnd(after: editor.cursor))
    case .eraseLine:
      let end = editor.lineEnd
      editor.erase(to: end == editor.cursor ? editor.right(of: end) : end)
    case .selectAll: editor.select(.start..<editor.end)
    case .cut, .copy: return takeSelection(cutting: action == .cut)
    case .paste: editor.type(editor.clipboard)
    case .undo: editor.undo()
    case .redo: editor.redo()
    case .find: dialog = .find(Dialog.Prompt("Find", lastNeedle))
    case .findNext: findNext(lastNeedle)
    case .replace: dialog = .replace(find: nil, Dialog.Prompt("Find", lastNeedle))
    case .mark: insertMark()
    case .complete: complete()
    case .nextFinding: toNextFinding()
    case .fix: return fixHere()
    case .fixAll: return [.fix(editor.text, revision: editor.revision)]
    default:
      guard let number = action.speakerNumber else { return [] }
      if clip?.task.review != nil { take(choice: number) } else { insertLabel(number) }
    }
    return []
  }

  private mutating func takeSelection(cutting: Bool) -> [Effect] {
    guard let selection = editor.selection else {
      tell("nothing is selected; hold Shift and move")
      return []
    }
    let text = editor.text(in: selection)
    editor.clipboard = text
    if cutting { editor.type("") }
    return [.copy(text)]
  }

  private mutating func insertMark() {
    let line = editor.lines[editor.cursor.line]
    let column = editor.cursor.column
    let before = column > 0 && !line[column - 1].isWhitespace ? " " : ""
    let behind = column < line.count && line[column].isWhitespace ? "" : " "
    editor.type("\(before)<\(mark)>\(behind)")
  }

  /// The labels that the number keys insert: those that are known of the recording, then those of
  /// the text.
  private var speakers: [String] {
    lexicon.speakers + editor.speakers.filter { !lexicon.speakers.contains($0) }
  }

  /// Begins a line with the label of a speaker by number, or `Speaker 3`; on a line that holds a
  /// label and nothing else, in its place.
  private mutating func insertLabel(_ number: Int) {
    let speakers = speakers
    let name = number <= speakers.count ? speakers[number - 1] : "Speaker \(number)"
    editor.closeStep()
    let line = String(editor.lines[editor.cursor.line])
    if line.last == " ", line.dropLast().last == ":", editor.cursor == editor.lineEnd,
      editor.speakers.contains(String(line.dropLast(2)))
    {
      editor.replace(editor.lineStart..<editor.lineEnd, with: "\(name): ")
    } else {
      editor.type(editor.cursor.column == 0 ? "\(name): " : "\n\(name): ")
    }
  }

  private mutating func complete() {
    let range = editor.wordBeforeCursor
    let beginning = editor.text(in: range)
    guard !beginning.isEmpty else {
      tell("type the beginning of a word, then \(keys.name(of: .complete))")
      return
    }
    let words = lexicon.completions(of: beginning, also: wordsOfText(but: range))
    switch words.count {
    case 0: tell("no word of the project begins with ‘\(beginning)’")
    case 1: editor.replace(range, with: words[0])
    default: dialog = .complete(Dialog.Completion(words: words, range: range))
    }
  }

  /// The words that stand in the text already, but the one that is being completed.
  private func wordsOfText(but range: Range<Place>) -> [String] {
    editor.lines.enumerated().flatMap { number, line -> [String] in
      line.split { !$0.isInWord }.filter {
        number != range.lowerBound.line || $0.startIndex != range.lowerBound.column
      }
      .map { String($0) }
    }
  }

  // MARK: Movement

  /// Moves the cursor if `action` does; false where it is something else.
  private mutating func move(_ action: Action, selecting: Bool = false) -> Bool {
    guard let place = destination(of: action) else { return vertical(action, selecting) }
    editor.move(to: place, selecting: selecting)
    return true
  }

  private func destination(of action: Action) -> Place? {
    switch action {
    case .left: editor.left(of: editor.cursor)
    case .right: editor.right(of: editor.cursor)
    case .wordLeft: editor.wordStart(before: editor.cursor)
    case .wordRight: editor.wordEnd(after: editor.cursor)
    case .lineStart: editor.lineStart
    case .lineEnd: editor.lineEnd
    case .textStart: .start
    case .textEnd: editor.end
    default: nil
    }
  }

  private mutating func vertical(_ action: Action, _ selecting: Bool) -> Bool {
    let page = max(regions.text.count - 1, 1)
    let step: Int
    switch action {
    case .up: step = -1
    case .down: step = 1
    case .pageUp: step = -page
    case .pageDown: step = page
    default: return false
    }
    layout.update(editor.lines, columns: regions.textColumns)
    let here = layout.position(of: editor.cursor)
    let column = editor.wishedColumn ?? here.column
    let row = here.row + step
    let place: Place =
      row < 0 ? .start : row >= layout.count ? editor.end : layout.place(row: row, column: column)
    editor.move(to: place, selecting: selecting)
    editor.wishedColumn = column
    return true
  }

  /// Moves with Shift held: the selection follows.
  mutating func select(_ action: Action) -> Bool { move(action, selecting: true) }
}
