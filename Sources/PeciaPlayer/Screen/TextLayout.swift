/// How the lines of a text break into rows of a given width.
///
/// Only lines that changed are broken anew, so a keystroke in a long text costs one line.
struct TextLayout: Equatable, Sendable {
  private(set) var columns: Int
  private var lines: [[Character]] = []
  /// For each line, its rows: stretches of columns of the text.
  ///
  /// Never empty.
  private(set) var rows: [[Range<Int>]] = []

  init(columns: Int) { self.columns = max(columns, 2) }

  mutating func update(_ new: [[Character]], columns: Int) {
    let columns = max(columns, 2)
    if columns != self.columns {
      self = TextLayout(columns: columns)
    }
    var head = 0
    while head < min(lines.count, new.count), Self.same(lines[head], new[head]) { head += 1 }
    var tail = 0
    while tail < min(lines.count, new.count) - head,
      Self.same(lines[lines.count - 1 - tail], new[new.count - 1 - tail])
    { tail += 1 }
    rows.replaceSubrange(
      head..<(rows.count - tail),
      with: new[head..<(new.count - tail)].map { Self.rows(of: $0, columns: columns) })
    lines = new
  }

  /// Whether two lines take the same room: arrays that share their storage compare at once.
  private static func same(_ left: [Character], _ right: [Character]) -> Bool { left == right }

  /// Breaks a line at its blanks; a word that is longer than a row is cut.
  static func rows(of line: [Character], columns: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    var used = 0
    var lastBlank: Int?
    var index = 0
    while index < line.count {
      let character = line[index]
      let width = character.shownColumns
      // A blank at the end of a row hangs over: it never begins the next one.
      if used + width > columns, character != " " {
        let end = lastBlank.map { $0 + 1 } ?? index
        rows.append(start..<end)
        start = end
        used = line[start..<index].reduce(0) { $0 + $1.shownColumns }
        lastBlank = nil
        continue
      }
      used += width
      if character == " " { lastBlank = index }
      index += 1
    }
    rows.append(start..<line.count)
    return rows
  }

  var count: Int { rows.reduce(0) { $0 + $1.count } }

  /// The row of the whole text on which `place` stands, and its column on the screen.
  func position(of place: Place) -> (row: Int, column: Int) {
    let before = rows[..<place.line].reduce(0) { $0 + $1.count }
    let line = rows[place.line]
    let index = line.lastIndex { $0.lowerBound <= place.column } ?? 0
    let column = lines[place.line][line[index].lowerBound..<place.column]
      .reduce(0) { $0 + $1.shownColumns }
    return (before + index, min(column, columns))
  }

  /// The place nearest to a column of a row of the whole text.
  func place(row: Int, column: Int) -> Place {
    var rest = max(row, 0)
    for (number, line) in rows.enumerated() {
      if rest >= line.count {
        rest -= line.count
        continue
      }
      return place(in: line[rest], line: number, column: column, isLast: rest == line.count - 1)
    }
    let last = lines.count - 1
    return Place(line: max(last, 0), column: lines.last?.count ?? 0)
  }

  private func place(in row: Range<Int>, line: Int, column: Int, isLast: Bool) -> Place {
    var used = 0
    for index in row {
      let width = lines[line][index].shownColumns
      if used + width > column { return Place(line: line, column: index) }
      used += width
    }
    let end = isLast || row.isEmpty ? row.upperBound : row.upperBound - 1
    return Place(line: line, column: end)
  }

  /// The stretches of text on a run of rows, each with its line.
  func stretches(from first: Int, count: Int) -> [(line: Int, columns: Range<Int>)] {
    var skip = first
    var found: [(line: Int, columns: Range<Int>)] = []
    for (number, line) in rows.enumerated() {
      if skip >= line.count {
        skip -= line.count
        continue
      }
      for row in line[skip...] {
        guard found.count < count else { return found }
        found.append((number, row))
      }
      skip = 0
    }
    return found
  }
}
