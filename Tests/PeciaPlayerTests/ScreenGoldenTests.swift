import PeciaCore
import PeciaWorkflow
import Support
import Testing

@testable import PeciaPlayer

@Suite struct ScreenGoldenTests {
  private static let text = """
    Ana: I'm gonna sing you the one about the lighthouse, you know, the one my grandmother had.
    Ben: [laughs] Go on, then. 漢字 and e\u{301} are kept, and شكرا too.
    """

  private func working(_ columns: Int, _ rows: Int) -> TestPlayer {
    var test = TestPlayer(text: Self.text, columns: columns, rows: rows)
    test.send(.totals(WorkTotals(clips: 3, words: 160, milliseconds: 62_000)))
    test.heard(at: 7300, playing: true)
    test.check(
      [
        TestPlayer.finding(9..<14, "Write “going to”.", fix: "going to"),
        TestPlayer.finding(56..<64, "leave out “you know”", level: .suggestion, rule: "fillers"),
      ], reasons: ["no-gonna": "Readers of captions take spoken short forms for slips."])
    test.player.editor.move(to: Place(line: 0, column: 11))
    test.send(.tick)
    return test
  }

  @Test(arguments: [(60, 16), (80, 24), (132, 40), (220, 60)])
  func `the player at work`(columns: Int, rows: Int) throws {
    let screen = working(columns, rows).screen
    try expectGolden(screen.text, "work-\(columns)x\(rows).txt")
    try expectGolden(screen.marks, "work-\(columns)x\(rows).marks.txt")
  }

  @Test(arguments: [(60, 16), (80, 24)])
  func `dialogs and pages`(columns: Int, rows: Int) throws {
    let pages: [(String, [String])] = [
      ("help", ["F10"]), ("give-back", ["Alt-r"]), ("find", ["Ctrl-F"]), ("go-to", ["Alt-g"]),
    ]
    for (name, keys) in pages {
      var test = working(columns, rows)
      for key in keys { test.press(key) }
      try expectGolden(test.screen.text, "\(name)-\(columns)x\(rows).txt")
    }
  }

  @Test func `settings of the sound stand beside the time`() throws {
    var test = working(80, 24)
    test.press("F3", "F3", "Alt-Up", "Alt-c", "F6", "Alt-d")
    test.wait(7000)
    try expectGolden(test.screen.text, "sound-80x24.txt")
  }

  @Test func `before the first clip, and when none is left`() throws {
    var test = TestPlayer(columns: 80, rows: 24)
    try expectGolden(test.screen.text, "empty-80x24.txt")
    test.send(.nothingLeft)
    try expectGolden(test.screen.text, "nothing-80x24.txt")
  }

  @Test(arguments: [(60, 16), (90, 26)])
  func `a disputed clip with its texts`(columns: Int, rows: Int) throws {
    var test = TestPlayer(columns: columns, rows: rows)
    var clip = TestPlayer.clip(text: "A light house stood on the outer rock.")
    clip.task.review = TestPlayer.review
    test.send(.began(clip))
    try expectGolden(test.screen.text, "review-\(columns)x\(rows).txt")
    try expectGolden(test.screen.marks, "review-\(columns)x\(rows).marks.txt")
  }

  @Test func `a machine-made draft beside the text, with what differs marked`() throws {
    var test = TestPlayer(
      text: "Ana: The lighthouse stood\non the outer rock.", columns: 60, rows: 16,
      draft: "the light house stood on the outer rock")
    test.press("Alt-m")
    try expectGolden(test.screen.text, "compare-60x16.txt")
    try expectGolden(test.screen.marks, "compare-60x16.marks.txt")
  }

  @Test func `each theme says the same, in its own colours`() {
    let screen = working(80, 24).screen
    var texts: [Theme: String] = [:]
    for theme in Theme.allCases {
      var writer = ScreenWriter(theme: theme)
      let bytes = writer.bytes(for: screen)
      var terminal = TestTerminal(columns: 80, rows: 24)
      terminal.write(bytes)
      #expect(terminal.text == screen.text)
      texts[theme] = bytes
    }
    #expect(Set(texts.values).count == Theme.allCases.count)
    // Without colour nothing but bold, underline and reversal is asked for.
    let colourless = texts[.colourless] ?? ""
    #expect(!colourless.contains(/\u{1B}\[[0-9;]*[349][0-7][;m]/))
  }
}
