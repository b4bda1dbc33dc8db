import PeciaCore

@testable import PeciaPlayer

typealias Seeded = SplitMix64

/// As much of a terminal as the player's output needs: what a person would see.
struct TestTerminal {
  private(set) var screen: Screen
  private var row = 0
  private var column = 0

  init(columns: Int, rows: Int) { screen = Screen(columns: columns, rows: rows) }

  var text: String { screen.text }

  mutating func write(_ output: String) {
    var rest = Substring(output)
    while let character = rest.popFirst() {
      if character == "\u{1B}" {
        guard rest.popFirst() == "[" else { continue }
        let parameters = rest.prefix { !$0.isLetter }
        rest = rest.dropFirst(parameters.count)
        obey(rest.popFirst(), parameters.split(separator: ";").map { Int($0) ?? 0 })
      } else {
        column += max(screen.put(character, row: row, column: column), 1)
      }
    }
  }

  private mutating func obey(_ command: Character?, _ numbers: [Int]) {
    switch command {
    case "H":
      row = numbers[0] - 1
      column = numbers[1] - 1
    case "J": screen = Screen(columns: screen.columns, rows: screen.rows)
    default: break
    }
  }
}
