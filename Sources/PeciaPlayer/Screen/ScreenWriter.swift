/// Writes screens to a terminal: only the cells that changed since the last.
struct ScreenWriter: Sendable {
  var theme: Theme
  private var shown: Screen?

  init(theme: Theme) { self.theme = theme }

  /// Forgets what the terminal shows, so that the next screen is drawn whole.
  mutating func forget() { shown = nil }

  /// The bytes that turn what the terminal shows into `screen`; empty where nothing changed.
  mutating func bytes(for screen: Screen) -> String {
    guard screen != shown else { return "" }
    var output = Output(theme: theme, columns: screen.columns)
    let old = shown.flatMap {
      $0.columns == screen.columns && $0.rows == screen.rows ? $0 : nil
    }
    output.text = "\u{1B}[?25l"
    if old == nil { output.text += "\u{1B}[0m\u{1B}[2J" }
    for row in 0..<screen.rows {
      for column in 0..<screen.columns {
        let cell = screen[row, column]
        if let old {
          guard cell != old[row, column] || Self.differs(cell, old[row, column]) else { continue }
        } else if cell == .blank {
          continue
        }
        output.write(cell, row: row, column: column)
      }
    }
    if let cursor = screen.cursor {
      output.move(to: cursor.row, cursor.column)
      output.text += "\u{1B}[?25h"
    }
    shown = screen
    return output.text
  }

  /// Whether cells that are equal as texts differ in their scalars (`é` written in two ways).
  private static func differs(_ left: Screen.Cell, _ right: Screen.Cell) -> Bool {
    guard let left = left.character, let right = right.character, !left.isASCII else {
      return false
    }
    return !left.unicodeScalars.elementsEqual(right.unicodeScalars)
  }

  private struct Output {
    let theme: Theme
    let columns: Int
    var text = ""
    /// Where the terminal's cursor is for certain; nil after what terminals measure differently.
    var place: (row: Int, column: Int)?
    var look: Look?

    mutating func move(to row: Int, _ column: Int) {
      text += "\u{1B}[\(row + 1);\(column + 1)H"
      place = (row, column)
    }

    mutating func write(_ cell: Screen.Cell, row: Int, column: Int) {
      guard let character = cell.character else { return }
      if place?.row != row || place?.column != column { move(to: row, column) }
      if look != cell.look {
        text += theme.sequence(for: cell.look)
        look = cell.look
      }
      text.append(character)
      // Terminals disagree about the width of what is not plain: say the next place again.
      let behind = column + 1
      place = character.isPlainlyDrawn && behind < columns ? (row, behind) : nil
    }
  }
}

extension Character {
  /// Whether every terminal draws it in one column: ASCII, Latin, lines and blocks.
  fileprivate var isPlainlyDrawn: Bool {
    if isASCII { return true }
    guard unicodeScalars.count == 1, let scalar = unicodeScalars.first else { return false }
    return (0xA1..<0x300).contains(scalar.value) || (0x2500..<0x25A0).contains(scalar.value)
  }
}
