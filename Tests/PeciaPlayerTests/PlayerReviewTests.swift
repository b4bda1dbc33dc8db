import PeciaCore
import PeciaWorkflow
import Testing

@testable import PeciaPlayer

@Suite struct PlayerReviewTests {
  /// A clip that two workers and a neighbour dispute.
  private static func disputed(_ text: String = "A light house stood on the outer rock.")
    -> Player.ClipAtHand
  {
    var clip = TestPlayer.clip(text: text)
    clip.task.review = TestPlayer.review
    return clip
  }

  @Test func `a reviewer hears the words, takes them one by one, says why, and decides`() {
    var test = TestPlayer()
    test.send(.began(Self.disputed()))
    // The first place is selected, and the sound waits two seconds before it.
    #expect(test.player.editor.selection.map { test.player.editor.text(in: $0) } == "A light house")
    #expect(test.asked().contains(.sound(.seek(1000))))
    test.press("F5", "Shift-F5")
    #expect(
      test.asked() == [
        .sound(.playStretch(1000..<6500)), .sound(.playStretch(3000..<4500)),
      ])
    // The words of one worker here, of the other there.
    test.press("Alt-1")
    #expect(test.player.editor.text == "The lighthouse stood on the outer rock.")
    test.press("Alt-.", "Alt-2")
    #expect(test.player.editor.text == "The lighthouse stood under the outer rock.")
    test.press("Ctrl-Z")
    #expect(test.player.editor.text == "The lighthouse stood on the outer rock.")
    test.press("Alt-.", "Alt-.")
    #expect(test.player.placeNumber == 3)
    // What the neighbour has in the shared seconds can be taken too.
    test.press("Alt-3")
    #expect(test.player.editor.text == "The lighthouse stood on the outer dock.")
    test.press("Alt-w")
    test.type("as it sounds\n")
    _ = test.asked()
    test.press("Ctrl-S")
    #expect(
      test.asked() == [.decide("The lighthouse stood on the outer dock.", why: "as it sounds")])
  }

  @Test func `typing replaces the words at a place, and places are gone through and back`() {
    var test = TestPlayer()
    test.send(.began(Self.disputed()))
    test.type("Some lighthouses")
    #expect(test.player.editor.text == "Some lighthouses stood on the outer rock.")
    test.press("Alt-.", "Alt-.", "Alt-,")
    #expect(test.player.placeNumber == 1)
    test.press("Alt-,", "Alt-a", "Alt-2")
    #expect(test.player.editor.text == "A light house stood under the water rock.")
    test.press("Alt-9")
    #expect(test.player.notice?.text == "there is no text 9")
    // Before the first place lies the last decision; behind the last one, when asked twice, the
    // next clip.
    test.press("Alt-a", "Home", "Ctrl-Home")
    _ = test.asked()
    test.press("Alt-,")
    #expect(test.asked().last == .withdraw)
    for _ in test.player.places { test.press("Alt-.") }
    #expect(!test.asked().contains(.skip))
    test.press("Alt-.", "Alt-.")
    #expect(test.asked().last == .skip)
  }

  @Test func `when all is decided, the last decision can be taken back`() {
    var test = TestPlayer()
    test.send(.began(Self.disputed()))
    test.press("Ctrl-S")
    test.send(.handedIn(.accepted))
    test.send(.nothingLeft)
    #expect(test.player.notice?.text.hasSuffix("Alt-, takes the last decision back") == true)
    _ = test.asked()
    test.press("Alt-,")
    #expect(test.asked() == [.withdraw])
    test.send(.withdrawn)
    test.send(.began(Self.disputed()))
    #expect(test.player.clip != nil)
    // It is counted when it is decided again, once.
    #expect(test.player.session == WorkTotals())
    test.press("Ctrl-S")
    test.send(.handedIn(.accepted))
    #expect(test.player.session == WorkTotals(clips: 1, words: 8, milliseconds: 20_000))
    // Who transcribes has nothing to take back.
    var worker = TestPlayer()
    worker.send(.nothingLeft)
    worker.press("Alt-,")
    #expect(worker.asked().isEmpty)
  }

  @Test func `a tag that only one has is a place, and can be taken or left out`() {
    var clip = TestPlayer.clip(text: "Go on, then.")
    clip.task.review = ReviewFacts(
      variants: [
        Variant(worker: "ada", text: "Go on, [laughs] then."),
        Variant(worker: "ben", text: "Go [inaudible], then."),
      ],
      words: [
        HeardWord(text: "Go", start: 0, end: 300), HeardWord(text: "on,", start: 300, end: 600),
        HeardWord(text: "then.", start: 2000, end: 2500),
      ], normalisation: Normalisation(ignoresTags: false))
    var test = TestPlayer()
    test.send(.began(clip))
    #expect(
      test.player.places.map { $0.choices.map(\.text) } == [["on, [laughs]", "[inaudible],"]])
    test.press("Alt-1")
    #expect(test.player.editor.text == "Go on, [laughs] then.")
    test.press("Alt-2")
    #expect(test.player.editor.text == "Go [inaudible], then.")
  }
}
