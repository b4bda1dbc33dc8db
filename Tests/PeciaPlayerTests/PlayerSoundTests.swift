import PeciaCore
import PeciaWorkflow
import Testing

@testable import PeciaPlayer

/// Keys that play, move and change the sound.
@Suite struct PlayerSoundTests {
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
}
