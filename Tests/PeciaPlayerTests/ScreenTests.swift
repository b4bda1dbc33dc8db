import PeciaCore
import Testing

@testable import PeciaPlayer

@Suite struct ScreenTests {
  @Test(arguments: [
    ("a", 1), ("é", 1), ("e\u{301}", 1), ("漢", 2), ("ｶ", 1), ("カ", 2), ("🙂", 2), ("❤\u{FE0F}", 2),
    ("👩\u{200D}👧", 2), ("🇩🇪", 2), ("한", 2), ("ا", 1), ("א", 1), ("–", 1), ("\u{301}", 0),
    ("\u{200B}", 0),
  ])
  func `characters take the columns that terminals give them`(text: String, columns: Int) {
    #expect(text.first?.columns == columns)
  }

  @Test func `a wide character is never cut in half`() {
    var screen = Screen(columns: 5, rows: 1)
    screen.put("漢字漢", row: 0, column: 0)
    #expect(screen.text == "漢字\n")
    screen.put("x", row: 0, column: 1)
    #expect(screen.text == " x字\n")
  }

  @Test func `only changed cells are written`() {
    var writer = ScreenWriter(theme: .colourless)
    var screen = Screen(columns: 10, rows: 2)
    screen.put("hello", row: 0, column: 0)
    #expect(writer.bytes(for: screen).contains("hello"))
    #expect(writer.bytes(for: screen) == "")
    screen.put("J", row: 0, column: 0)
    #expect(writer.bytes(for: screen) == "\u{1B}[?25l\u{1B}[1;1H\u{1B}[0mJ")
  }

  /// What is written, read back by a terminal of our own, is the screen.
  @Test(arguments: UInt64(0)..<100)
  func `a terminal shows the screen after any changes`(seed: UInt64) {
    let pieces = ["a", "word ", "漢", "e\u{301}", "🇩🇪", "█", "—", " "]
    var random = Seeded(seed: seed)
    var writer = ScreenWriter(theme: .dark)
    var terminal = TestTerminal(columns: 20, rows: 4)
    var screen = Screen(columns: 20, rows: 4)
    for _ in 0..<20 {
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      screen.put(
        piece, Look(Look.Role.allCases[Int.random(in: 0..<11, using: &random)]),
        row: Int.random(in: 0..<4, using: &random), column: Int.random(in: 0..<20, using: &random))
      terminal.write(writer.bytes(for: screen))
      #expect(terminal.text == screen.text)
    }
  }

  @Test func `rows break at blanks, and long words are cut`() {
    func rows(_ text: String, _ columns: Int) -> [String] {
      let line = Array(text)
      return TextLayout.rows(of: line, columns: columns).map { String(line[$0]) }
    }
    #expect(rows("one two three", 8) == ["one two ", "three"])
    #expect(rows("one two", 7) == ["one two"])
    #expect(rows("abcdefghij", 4) == ["abcd", "efgh", "ij"])
    #expect(rows("漢字漢字", 5) == ["漢字", "漢字"])
    #expect(rows("", 5) == [""])
  }

  @Test(arguments: UInt64(0)..<100)
  func `a layout kept up to date is the layout made anew`(seed: UInt64) {
    var random = Seeded(seed: seed)
    var editor = Editor("one two three four\nfive six\n\nseven eight nine ten eleven")
    var kept = TextLayout(columns: 9)
    for _ in 0..<20 {
      let start = editor.place(at: Int.random(in: 0...editor.text.count, using: &random))
      let end = editor.place(at: editor.offset(of: start) + Int.random(in: 0...3, using: &random))
      editor.replace(
        start..<end, with: ["x", " ", "\n", "漢", ""][Int.random(in: 0..<5, using: &random)])
      kept.update(editor.lines, columns: 9)
      var fresh = TextLayout(columns: 9)
      fresh.update(editor.lines, columns: 9)
      #expect(kept == fresh)
      for line in editor.lines.indices {
        for column in 0...editor.lines[line].count {
          let place = Place(line: line, column: column)
          let position = kept.position(of: place)
          #expect(position.column <= 9)
          if position.column < 9 {
            #expect(kept.place(row: position.row, column: position.column) == place)
          }
        }
      }
    }
  }

  @Test(arguments: ["a\u{1B}[31mb", "a\u{1B}]0;x\u{7}b", "a\u{7F}b\u{9B}c", "a\tb\r\nc"])
  func `nothing in a text drives the terminal`(text: String) {
    var screen = Screen(columns: 30, rows: 1)
    screen.put(text, row: 0, column: 0)
    var writer = ScreenWriter(theme: .colourless)
    let before = writer.bytes(for: Screen(columns: 30, rows: 1))
    let bytes = writer.bytes(for: screen)
    let shown = bytes.replacing(/\u{1B}\[[0-9;?]*[A-Za-z]/, with: "")
    #expect(!before.isEmpty && !shown.unicodeScalars.contains { $0.value < 32 || $0.value == 127 })
    #expect(
      text.printable.unicodeScalars.allSatisfy { $0.value >= 32 || [9, 10].contains($0.value) })
  }
}
