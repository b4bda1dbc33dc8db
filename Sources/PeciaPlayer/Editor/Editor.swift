/// A text of several lines with a cursor, a selection, undo and redo.
///
/// Lines are arrays of grapheme clusters, so that every place is a number and a combining mark
/// never parts from its letter; each cluster keeps its scalars as they were typed. Line ends
/// are `\n` (CR LF and CR become it).
struct Editor: Equatable, Sendable {
  /// Never empty: a text without line ends is one line.
  private(set) var lines: [[Character]]
  private(set) var cursor = Place.start
  /// Where the selection began; nil without one.
  private(set) var anchor: Place?
  /// Rises with every change of the text.
  private(set) var revision = 0
  /// The column on the screen that vertical movement keeps to.
  var wishedColumn: Int?
  /// What was cut or copied last.
  var clipboard = ""
  private var past: [Change] = []
  private var future: [Change] = []

  /// One step that undo takes back.
  private struct Change: Hashable, Sendable {
    var start: Place
    var removed: [Character]
    var inserted: [Character]
    var cursorBefore: Place
    /// Whether it was typed, so that what is typed next may join it.
    var isTyping: Bool
  }

  init(_ text: String = "") { lines = Self.lines(of: text) }

  private static func lines(of text: String) -> [[Character]] {
    text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
      .map(Array.init)
  }

  /// The text, its lines parted by `\n`.
  var text: String {
    var text = ""
    for (index, line) in lines.enumerated() {
      if index > 0 { text.append("\n") }
      for character in line { text.append(character) }
    }
    return text
  }

  var isEmpty: Bool { lines.count == 1 && lines[0].isEmpty }
  var end: Place { Place(line: lines.count - 1, column: lines[lines.count - 1].count) }
  /// The selected stretch; nil where nothing is selected.
  var selection: Range<Place>? {
    guard let anchor, anchor != cursor else { return nil }
    return min(anchor, cursor)..<max(anchor, cursor)
  }
  var canUndo: Bool { !past.isEmpty }

  /// The text of a stretch.
  func text(in range: Range<Place>) -> String { String(characters(in: range)) }

  private func characters(in range: Range<Place>) -> [Character] {
    let (start, end) = (range.lowerBound, range.upperBound)
    if start.line == end.line { return Array(lines[start.line][start.column..<end.column]) }
    var characters = Array(lines[start.line][start.column...])
    for line in lines[(start.line + 1)..<end.line] { characters += ["\n"] + line }
    return characters + ["\n"] + lines[end.line][..<end.column]
  }
}

// MARK: - Places and offsets

extension Editor {
  /// Characters from the text's start, line ends included, as findings count them.
  func offset(of place: Place) -> Int {
    lines[..<place.line].reduce(place.column) { $0 + $1.count + 1 }
  }

  /// The place of an offset; the text's end where there are not so many characters.
  func place(at offset: Int) -> Place {
    var rest = max(offset, 0)
    for (index, line) in lines.enumerated() {
      if rest <= line.count { return Place(line: index, column: rest) }
      rest -= line.count + 1
    }
    return end
  }

  /// The nearest place that the text has.
  func clamped(_ place: Place) -> Place {
    let line = min(max(place.line, 0), lines.count - 1)
    return Place(line: line, column: min(max(place.column, 0), lines[line].count))
  }

  /// Moves the cursor; with `selecting` the selection grows or shrinks, else it ends.
  mutating func move(to place: Place, selecting: Bool = false) {
    anchor = selecting ? (anchor ?? cursor) : nil
    cursor = clamped(place)
    wishedColumn = nil
    closeStep()
  }

  mutating func select(_ range: Range<Place>) {
    anchor = clamped(range.lowerBound)
    cursor = clamped(range.upperBound)
    closeStep()
  }

  /// What is typed from now on is a step of its own.
  mutating func closeStep() {
    if !past.isEmpty { past[past.count - 1].isTyping = false }
  }
}

// MARK: - Changes

extension Editor {
  /// Puts `text` in the place of a stretch, as one step; the cursor goes behind it.
  mutating func replace(_ range: Range<Place>, with text: String) {
    change(range, to: text, isTyping: false)
  }

  /// Types at the cursor, over the selection if there is one.
  mutating func type(_ text: String) {
    change(selection ?? cursor..<cursor, to: text, isTyping: text.count == 1)
  }

  /// Erases the selection, or else what lies between the cursor and `place`.
  mutating func erase(to place: Place) {
    let place = clamped(place)
    change(
      selection ?? min(place, cursor)..<max(place, cursor), to: "", isTyping: false)
  }

  private mutating func change(_ range: Range<Place>, to text: String, isTyping: Bool) {
    let before = cursor
    var inserted: [Character] = []
    for (index, line) in Self.lines(of: text).enumerated() {
      if index > 0 { inserted.append("\n") }
      inserted += line
    }
    let (range, joined, behind) = joining(range, inserted)
    let removed = characters(in: range)
    anchor = nil
    wishedColumn = nil
    guard !(removed.isEmpty && joined.isEmpty) else { return }
    cursor = splice(range, joined)
    if behind > 0 { cursor = place(behind, before: cursor) }
    revision += 1
    future = []
    if isTyping, let last = past.last, last.isTyping, removed.isEmpty, joined.count == 1,
      Self.place(after: last.inserted, from: last.start) == range.lowerBound,
      !(last.inserted.last?.isWhitespace == true && !joined[0].isWhitespace)
    {
      past[past.count - 1].inserted += joined
    } else {
      past.append(
        Change(
          start: range.lowerBound, removed: removed, inserted: joined, cursorBefore: before,
          isTyping: isTyping))
      if past.count > 10_000 { past.removeFirst(1000) }
    }
  }

  /// Widens a change where the new characters join with their neighbours into clusters.
  ///
  /// `behind` counts the characters of the result that stand behind the cursor.
  private func joining(
    _ range: Range<Place>, _ inserted: [Character]
  ) -> (range: Range<Place>, characters: [Character], behind: Int) {
    let (start, end) = (range.lowerBound, range.upperBound)
    let left = lines[start.line][..<start.column].suffix(16)
    let right = lines[end.line][end.column...].prefix(16)
    let edges = [left.last, inserted.first, inserted.last, right.first]
    if edges.allSatisfy({ $0?.isASCII ?? true }) { return (range, inserted, 0) }
    let whole = Array(String(left + inserted + right))
    let apart = left + inserted + right
    if whole.count == apart.count, zip(whole, apart).allSatisfy({ $0.utf8.count == $1.utf8.count })
    {
      return (range, inserted, 0)
    }
    let behind = Array(String(left + inserted)).count
    return (
      Place(
        line: start.line, column: start.column - left.count)..<Place(
          line: end.line, column: end.column + right.count),
      whole, max(whole.count - behind, 0)
    )
  }

  private func place(_ count: Int, before place: Place) -> Place {
    self.place(at: offset(of: place) - count)
  }

  /// Puts characters in the place of a stretch, and gives the place behind them.
  @discardableResult
  private mutating func splice(_ range: Range<Place>, _ characters: [Character]) -> Place {
    let (start, end) = (range.lowerBound, range.upperBound)
    if start.line == end.line, !characters.contains("\n") {
      lines[start.line].replaceSubrange(start.column..<end.column, with: characters)
      return Place(line: start.line, column: start.column + characters.count)
    }
    var pieces = characters.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
    let tail = Array(lines[end.line][end.column...])
    let last = pieces.count - 1
    let column = pieces[last].count + (last == 0 ? start.column : 0)
    pieces[last] += tail
    pieces[0] = lines[start.line][..<start.column] + pieces[0]
    lines.replaceSubrange(start.line...end.line, with: pieces)
    return Place(line: start.line + last, column: column)
  }

  private static func place(after characters: [Character], from start: Place) -> Place {
    guard let newline = characters.lastIndex(of: "\n") else {
      return Place(line: start.line, column: start.column + characters.count)
    }
    let count = characters.reduce(0) { $1 == "\n" ? $0 + 1 : $0 }
    return Place(line: start.line + count, column: characters.count - newline - 1)
  }

  mutating func undo() {
    guard let change = past.popLast() else { return }
    let end = Self.place(after: change.inserted, from: change.start)
    splice(change.start..<end, change.removed)
    future.append(change)
    finish(at: change.cursorBefore)
  }

  mutating func redo() {
    guard var change = future.popLast() else { return }
    let end = Self.place(after: change.removed, from: change.start)
    let behind = splice(change.start..<end, change.inserted)
    change.isTyping = false
    past.append(change)
    finish(at: behind)
  }

  /// Makes the revision higher than that of the text before it.
  mutating func advance(past revision: Int) { self.revision = max(self.revision, revision) + 1 }

  private mutating func finish(at place: Place) {
    anchor = nil
    wishedColumn = nil
    cursor = clamped(place)
    revision += 1
  }
}
