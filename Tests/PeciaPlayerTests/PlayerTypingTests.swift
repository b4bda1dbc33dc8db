import PeciaCore
import PeciaWorkflow
import Testing

@testable import PeciaPlayer

/// What is typed, stored, found and mended.
@Suite struct PlayerTypingTests {
  @Test func `a draft is stored within a second of typing, and at every pause`() {
    var test = TestPlayer()
    var stored: [Int] = []
    for second in 0..<50 {
      test.type("a")
      if test.asked().contains(where: { if case .store = $0 { true } else { false } }) {
        stored.append(second * 100)
      }
    }
    #expect(zip([0] + stored, stored).allSatisfy { $1 - $0 <= 1000 })
    #expect(stored.count >= 5)
    test.type("b")
    test.heard(at: 100, playing: true)
    test.press("Tab")
    #expect(
      test.asked().contains(.store(test.player.editor.text, revision: test.player.editor.revision)))
  }

  @Test func `a draft that could not be stored is tried again and said`() {
    var test = TestPlayer()
    test.type("word")
    test.wait(700)
    _ = test.asked()
    test.send(.failed("no room is left on the disk", of: .store))
    #expect(test.screen.text.contains("no room is left on the disk"))
    test.wait(1100)
    #expect(test.asked() == [.store("word", revision: test.player.editor.revision)])
    test.send(.stored(revision: test.player.editor.revision))
    #expect(test.screen.text.contains("the text is stored again"))
    test.press("Ctrl-Q")
    #expect(test.asked() == [.exit])
  }

  @Test func `leaving stores the text first, and asks where that cannot be done`() {
    var test = TestPlayer()
    test.type("half a wo")
    _ = test.asked()
    test.press("Ctrl-Q")
    #expect(test.asked() == [.store("half a wo", revision: test.player.editor.revision), .exit])
    test.send(.failed("the disk is gone", of: .store))
    #expect(test.player.dialog == .leaveUnsaved)
    test.type("n")
    test.type("!")
    #expect(test.player.editor.text == "half a wo!")
  }

  @Test func `snippets, marks and labels are typed by few keys`() {
    var test = TestPlayer()
    test.heard(at: 12_480, playing: false)
    test.press("Alt-1")
    test.type("so ;i and ;q")
    test.type("yes")
    test.press("Ctrl-T", "Alt-2")
    test.type("no\n;nwell")
    #expect(
      test.player.editor.text
        == "Speaker 1: so [inaudible] and “yes <12.48> \nSpeaker 2: no\nSpeaker 1: well”")
  }

  @Test func `labels are the recording's, and one takes another's place`() {
    var test = TestPlayer()
    test.send(.lexicon(Lexicon(speakers: ["Ruth", "Desmond"])))
    test.press("Alt-2")
    test.press("Alt-1")
    test.type("yes")
    test.press("Alt-3", "Alt-2")
    test.type("no\n;nwell")
    #expect(test.player.editor.text == "Ruth: yes\nDesmond: no\nRuth: well")
  }

  @Test func `a blank is no slip while a word is to follow`() {
    var test = TestPlayer()
    test.type("Hello ")
    let blank = Finding(
      rule: "spacing.edges", level: .error, message: "", range: 5..<6,
      start: .init(line: 1, column: 6), end: .init(line: 1, column: 7), text: " ")
    test.send(.checked([blank], reasons: [:], revision: test.player.editor.revision))
    #expect(test.player.findings.isEmpty)
    test.press("Home")
    #expect(test.player.findings == [blank])
    test.press("End")
    _ = test.asked()
    test.press("Ctrl-S")
    #expect(test.asked().contains(.handIn("Hello")))
  }

  @Test func `a pasted text is one step, with line ends as they should be`() {
    var test = TestPlayer(text: "a ")
    test.send(.input(.paste("b\r\nc\rd")))
    #expect(test.player.editor.text == "a b\nc\nd")
    test.press("Ctrl-Z")
    #expect(test.player.editor.text == "a ")
  }

  @Test func `words of the project complete what is typed`() {
    var test = TestPlayer()
    test.send(.lexicon(Lexicon(["Kowalski", "Kowalska", "Krakow"])))
    test.type("Kr")
    test.press("Ctrl-Space")
    #expect(test.player.editor.text == "Krakow")
    test.type(" Kow")
    test.press("Ctrl-Space", "Ctrl-Space", "Enter")
    #expect(test.player.editor.text == "Krakow Kowalska")
    test.type(" Kow")
    test.press("Ctrl-Space")
    test.type("1")
    #expect(test.player.editor.text == "Krakow Kowalska Kowalski")
  }

  @Test func `Shift selects, and what is cut comes back elsewhere`() {
    var test = TestPlayer(text: "one two")
    for _ in 0..<3 { test.press("Shift-Left") }
    test.press("Ctrl-X")
    #expect(test.asked().contains(.copy("two")))
    test.press("Home", "Ctrl-V")
    #expect(test.player.editor.text == "twoone ")
  }

  @Test func `find and replace`() {
    var test = TestPlayer(text: "the cat and the dog")
    test.press("Ctrl-R")
    test.type("the\na\n")
    #expect(test.player.editor.text == "a cat and a dog")
    #expect(test.screen.text.contains("replaced 2 times"))
    test.press("Ctrl-F")
    test.type("dog\n")
    #expect(test.player.editor.selection?.lowerBound.column == 12)
  }

  @Test func `a finding moves with its text, and goes when it is touched`() {
    var test = TestPlayer(text: "I'm gonna sing")
    test.check([TestPlayer.finding(4..<9, "Write “going to”.", fix: "going to")])
    test.press("Home")
    test.type("Oh ")
    #expect(test.player.findings.map(\.range) == [7..<12])
    test.press("F7", "F8")
    #expect(test.player.editor.text == "Oh I'm going to sing")
    #expect(test.player.findings == [])
    _ = test.asked()
    test.wait(150)
    #expect(test.asked() == [.check("Oh I'm going to sing", revision: test.player.editor.revision)])
  }

  @Test func `what is taken out goes with its blank, also where the text has moved`() {
    var test = TestPlayer(text: "I sing um")
    test.check([
      TestPlayer.finding(
        7..<9, "leave ‘um’ out", fix: "", tidy: Finding.Change(range: 6..<9, text: ""))
    ])
    test.press("Home")
    test.type("So ")
    test.press("F8")
    #expect(test.player.editor.text == "So I sing")
  }

  @Test(arguments: [0, 4, 9, 14])
  func `the finding that is explained is mended at once, and the cursor stays`(column: Int) {
    var test = TestPlayer(text: "I'm gonna sing")
    test.check([
      TestPlayer.finding(0..<14, "a doubt", level: .warning),
      TestPlayer.finding(4..<9, "Write “going to”.", fix: "going to"),
    ])
    test.press("Home")
    for _ in 0..<column { test.press("Right") }
    test.press("F8")
    #expect(test.player.editor.text == "I'm going to sing")
    #expect(
      test.player.editor.cursor.column == (column < 4 ? column : column < 9 ? 12 : column + 3))
  }

  @Test func `what refuses the whole text is explained before lesser things in it`() {
    var test = TestPlayer(text: "far too long ")
    let whole = TestPlayer.finding(0..<13, "more words than the sound can hold")
    let blank = TestPlayer.finding(12..<13, "a blank at the end", level: .warning)
    test.press("Ctrl-S")
    test.send(.handedIn(.refused([whole, blank])))
    #expect(test.player.findingShown == whole)
    // A doubt about the whole is shown where nothing has a place of its own.
    test.check([TestPlayer.finding(0..<13, "a doubt", level: .warning), blank])
    test.press("Home")
    #expect(test.player.findingShown == blank)
  }

  @Test func `F7 goes where a finding has a place, and says what holds for the whole text`() {
    var test = TestPlayer(text: "far too long ")
    let whole = TestPlayer.finding(0..<13, "more words than the sound can hold")
    test.check([whole, TestPlayer.finding(4..<7, "a word"), TestPlayer.finding(12..<13, "a blank")])
    test.press("Home", "F7")
    #expect(test.player.editor.cursor.column == 4)
    test.press("F7")
    #expect(test.player.editor.cursor.column == 12)
    test.press("F7")
    #expect(test.player.editor.cursor.column == 4)
    // Who types at the end is not sent to the beginning by what is nowhere in particular.
    test.check([whole])
    test.press("End", "F7")
    #expect(test.player.editor.cursor.column == 13)
    #expect(
      test.player.notice?.text == "of the whole text: more words than the sound can hold")
  }

  @Test func `what is safe is mended all at once, and can be taken back`() {
    var test = TestPlayer(text: "I'm gonna sing")
    test.press("Left", "Left", "Shift-F8")
    #expect(test.asked().contains(.fix("I'm gonna sing", revision: test.player.editor.revision)))
    test.send(.fixed("I am going to sing", revision: test.player.editor.revision))
    #expect(test.player.editor.text == "I am going to sing")
    #expect(test.player.editor.cursor.column == 16)
    test.press("Ctrl-Z")
    #expect(test.player.editor.text == "I'm gonna sing")
  }
}
