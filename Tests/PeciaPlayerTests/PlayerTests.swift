import PeciaCore
import PeciaWorkflow
import Testing

@testable import PeciaPlayer

@Suite struct PlayerTests {
  // MARK: Sound

  @Test func `Tab plays, and pauses a step back`() {
    var test = TestPlayer()
    test.press("Tab")
    #expect(test.asked() == [.sound(.play)])
    test.heard(at: 4000, playing: true)
    test.press("Tab")
    #expect(test.asked() == [.sound(.pause(back: 1500))])
  }

  @Test func `keys move and change the sound while one types`() {
    var test = TestPlayer()
    test.heard(at: 4000, playing: true)
    test.type("so")
    test.press("F1", "F2", "Shift-F1", "Shift-F2", "F3", "F4", "F4", "Alt-Up", "Alt-Home", "F5")
    #expect(
      test.asked().filter { if case .sound = $0 { true } else { false } } == [
        .sound(.seek(2000)), .sound(.seek(6000)), .sound(.seek(0)), .sound(.seek(9000)),
        .sound(.speed(0.9)), .sound(.speed(1)), .sound(.speed(1.1)), .sound(.decibels(3)),
        .sound(.seek(0)), .sound(.seek(1000)), .sound(.play),
      ])
    #expect(test.player.editor.text == "so")
  }

  @Test func `speed stays between 0,4 and 3`() {
    var test = TestPlayer()
    for _ in 0..<40 { test.press("F4") }
    #expect(test.player.transport.speed == 3)
    for _ in 0..<40 { test.press("F3") }
    #expect(test.player.transport.speed == 0.4)
    test.press("Alt-0")
    #expect(test.player.transport.speed == 1)
  }

  @Test func `a loop goes between two places, or around one`() {
    var test = TestPlayer()
    test.heard(at: 3000, playing: false)
    test.press("Alt-[")
    test.heard(at: 5000, playing: false)
    test.press("Alt-]")
    #expect(test.asked() == [.sound(.loop(3000..<5000)), .sound(.seek(3000)), .sound(.play)])
    test.press("F6")
    #expect(test.asked() == [.sound(.loop(nil))])
    test.press("F6")
    #expect(test.asked().first == .sound(.loop(4000..<6000)))
  }

  @Test func `a held key plays until it is let go, as the terminal tells`() {
    var test = TestPlayer()
    test.send(.input(.reportsReleases))
    test.send(.input(.key(.function(9), .press)))
    test.heard(at: 0, playing: true)
    test.wait(5000)
    test.send(.input(.key(.function(9), .again)))
    #expect(test.asked() == [.sound(.play)])
    test.send(.input(.key(.function(9), .release)))
    #expect(test.asked() == [.sound(.pause(back: 1500))])
  }

  @Test func `where the terminal does not tell, a held key ends with its repeats`() {
    var test = TestPlayer()
    test.press("F9")
    test.heard(at: 0, playing: true)
    test.wait(500)
    for _ in 0..<20 {
      test.press("F9")
      test.wait(40)
    }
    #expect(test.asked() == [.sound(.play)])
    test.wait(300)
    #expect(test.asked() == [.sound(.pause(back: 1500))])
  }

  @Test func `cyclic dictation, channels and a time to go to`() {
    var test = TestPlayer()
    test.press("Alt-d")
    #expect(test.asked() == [.sound(.cycle(.init())), .sound(.play)])
    test.press("Alt-c", "Alt-c", "Alt-c")
    #expect(
      test.asked() == [
        .sound(.channels(.only(0))), .sound(.channels(.only(1))), .sound(.channels(.all)),
      ])
    test.press("Alt-g")
    test.type("0:12.5\n")
    #expect(test.asked() == [.sound(.seek(12_500))])
    test.press("Alt-g")
    test.type("soon\n")
    #expect(test.asked() == [])
    #expect(test.screen.text.contains("‘soon’ is no time; write 12.5 or 1:02"))
  }

  // MARK: Typing

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

  // MARK: Findings

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

  // MARK: Work

  @Test func `a text with errors stays, and a good one makes room for the next`() {
    var test = TestPlayer(text: "I'm gonna sing")
    _ = test.asked()
    test.press("Ctrl-S")
    #expect(test.asked() == [.handIn("I'm gonna sing")])
    test.send(.handedIn(.refused([TestPlayer.finding(4..<9, "Write “going to”.")])))
    #expect(test.screen.text.contains("not handed in: 1 slip to mend first"))
    #expect(test.screen.text.contains("Write “going to”."))
    #expect(test.player.editor.cursor.column == 4)
    test.press("Ctrl-S")
    test.send(.handedIn(.accepted))
    #expect(test.asked().suffix(2) == [.next, .listEarlier])
    #expect(test.player.session == WorkTotals(clips: 1, words: 3, milliseconds: 20_000))
    test.send(.nothingLeft)
    #expect(test.screen.text.contains("nothing is left for kim; 1 clip handed in"))
  }

  @Test func `an empty text is not handed in`() {
    var test = TestPlayer(text: " \n")
    test.press("Ctrl-S")
    #expect(!test.asked().contains(.handIn(" \n")))
    #expect(test.screen.text.contains("there is no text"))
  }

  @Test func `a clip is given back in two keys`() {
    var test = TestPlayer()
    test.press("Alt-r")
    test.type("2")
    #expect(test.asked() == [.release(.noSpeech)])
    test.send(.released)
    #expect(test.asked() == [.next, .listEarlier])
  }

  @Test func `earlier clips are looked at, and changed while nobody has judged them`() {
    var test = TestPlayer(text: "open")
    let earlier = [true, false].enumerated().map { index, canChange in
      EarlierClip(
        task: TestPlayer.clip(number: 6 - index, text: "old \(index)").task, canChange: canChange)
    }
    test.send(.earlier(earlier))
    test.type("!")
    _ = test.asked()
    test.press("Alt-e")
    #expect(
      test.asked() == [
        .store("open!", revision: test.player.editor.revision), .showEarlier(earlier[0]),
      ])
    var clip = TestPlayer.clip(number: 6, text: "old 0")
    clip.isEarlier = true
    test.send(.began(clip))
    test.type("?")
    test.wait(2000)
    #expect(!test.asked().contains { if case .store = $0 { true } else { false } })
    test.press("Ctrl-S")
    #expect(test.asked() == [.handIn("old 0?")])
    test.send(.handedIn(.accepted))
    #expect(test.player.editor.text == "open!")
    #expect(test.player.session.clips == 0)
    test.press("Alt-e", "Alt-e")
    var judged = TestPlayer.clip(number: 5, text: "old 1")
    judged.isEarlier = true
    judged.canChange = false
    test.send(.began(judged))
    test.type("x")
    #expect(test.player.editor.text == "old 1")
    test.press("Alt-l", "Alt-l")
    #expect(test.player.editor.text == "open!")
  }

  @Test func `a round ends with a summary when the hands rest`() {
    var test = TestPlayer(minutes: 1)
    test.type("one two three")
    test.wait(70_000)
    test.send(.stored(revision: test.player.editor.revision))
    test.wait(3000)
    #expect(test.screen.text.contains("Round 1 is over"))
    test.press("Enter")
    #expect(test.player.dialog == nil)
    #expect(test.player.round?.number == 2)
  }

  @Test func `a signal stores the text and ends`() {
    var test = TestPlayer()
    test.type("x")
    _ = test.asked()
    test.send(.told)
    #expect(test.asked() == [.store("x", revision: test.player.editor.revision), .exit])
  }

  @Test(arguments: UInt64(0)..<20)
  func `any keys at all are survived, at any size`(seed: UInt64) {
    var random = Seeded(seed: seed)
    var test = TestPlayer(text: "Ana: one two\nthree 漢字 four", draft: "one")
    test.check([
      TestPlayer.finding(5..<8, "m", fix: "x"), TestPlayer.finding(9..<12, "n", level: .warning),
    ])
    let strokes = Action.allCases.flatMap { KeyMap.standard.strokes[$0] ?? [] }
    for _ in 0..<80 {
      switch Int.random(in: 0..<10, using: &random) {
      case 0: test.type(["x", "é", ";i", "\n", " ", "y", "2"].randomElement(using: &random) ?? "")
      case 1: test.wait(Int.random(in: 0...2000, using: &random))
      case 2:
        test.send(
          .resized(
            columns: Int.random(in: 1...110, using: &random),
            rows: Int.random(in: 1...40, using: &random)))
      case 3:
        test.heard(
          at: Int.random(in: 0...20_000, using: &random), playing: Bool.random(using: &random))
      case 4: test.press("Enter", "Esc")
      default:
        let stroke = strokes[Int.random(in: 0..<strokes.count, using: &random)]
        test.press(stroke.description)
      }
      for effect in test.asked() where effect == .next {
        test.send(.began(TestPlayer.clip(text: "next")))
      }
      _ = test.screen
      #expect(test.player.editor.cursor == test.player.editor.clamped(test.player.editor.cursor))
    }
  }
}
