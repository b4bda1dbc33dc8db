/// A terminal's screen as cells: what a view draws, and what tests compare as text.
struct Screen: Equatable, Sendable {
  struct Cell: Hashable, Sendable {
    /// Nil is the right half of a wide character.
    var character: Character?
    var look: Look
    static let blank = Cell(character: " ", look: .plain)
  }

  let columns: Int
  let rows: Int
  private(set) var cells: [Cell]
  /// Where the terminal's cursor stands; nil hides it.
  var cursor: (row: Int, column: Int)?

  init(columns: Int, rows: Int) {
    self.columns = max(columns, 1)
    self.rows = max(rows, 1)
    cells = Array(repeating: .blank, count: self.columns * self.rows)
  }

  static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.columns == rhs.columns && lhs.cells == rhs.cells && lhs.cursor?.row == rhs.cursor?.row
      && lhs.cursor?.column == rhs.cursor?.column
  }

  subscript(row: Int, column: Int) -> Cell {
    get { cells[row * columns + column] }
    set { cells[row * columns + column] = newValue }
  }

  /// Writes one character; what does not fit whole is left out.
  ///
  /// Gives the columns that it took.
  @discardableResult
  mutating func put(_ character: Character, _ look: Look = .plain, row: Int, column: Int) -> Int {
    guard row >= 0, row < rows, column >= 0, column < columns else { return 0 }
    let width = character.shownColumns
    guard column + width <= columns else { return 0 }
    if self[row, column].character == nil, column > 0 { self[row, column - 1].character = " " }
    let behind = column + width
    if behind < columns, self[row, behind].character == nil { self[row, behind].character = " " }
    self[row, column] = Cell(character: character.shown, look: look)
    if width == 2 { self[row, column + 1] = Cell(character: nil, look: look) }
    return width
  }

  /// Writes a text up to `limit` columns, and gives the column behind it.
  @discardableResult
  mutating func put(
    _ text: String, _ look: Look = .plain, row: Int, column: Int, limit: Int? = nil
  ) -> Int {
    let end = min(columns, limit.map { column + $0 } ?? columns)
    var column = column
    for character in text {
      guard column + character.shownColumns <= end else { break }
      column += max(put(character, look, row: row, column: column), 1)
    }
    return column
  }

  /// Writes a text that ends before `end`, and gives the column where it begins.
  @discardableResult
  mutating func put(_ text: String, _ look: Look = .plain, row: Int, endingAt end: Int) -> Int {
    let start = max(end - text.columns, 0)
    put(text, look, row: row, column: start)
    return start
  }

  mutating func fill(_ character: Character, _ look: Look = .plain, row: Int) {
    for column in 0..<columns { put(character, look, row: row, column: column) }
  }

  /// The row's text, without the blanks at its end.
  func text(of row: Int) -> String {
    var text = ""
    for column in 0..<columns {
      if let character = self[row, column].character { text.append(character) }
    }
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  /// All rows, a line each: what golden screens hold.
  var text: String { (0..<rows).map { text(of: $0) + "\n" }.joined() }

  /// Which cells are marked, a line each: `^` error, `~` warning, `-` suggestion, `#` reversed,
  /// `_` underlined, for tests of what the text alone does not show.
  var marks: String {
    (0..<rows).map { row in
      let line = (0..<columns).map { column -> Character in
        let look = self[row, column].look
        if look.marks.contains(.reversed) { return "#" }
        guard look.marks.contains(.underlined) else { return " " }
        switch look.role {
        case .error: return "^"
        case .warning: return "~"
        case .suggestion: return "-"
        default: return "_"
        }
      }
      return String(String(line).reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    .joined()
  }
}
