import PeciaCore
import PeciaWorkflow
import Testing

@testable import PeciaPlayer

/// Clips that come and go, and whatever keys are pressed.
@Suite struct PlayerTests {
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
