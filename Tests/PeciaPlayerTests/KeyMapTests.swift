import Testing

@testable import PeciaPlayer

@Suite struct KeyMapTests {
  @Test(arguments: Action.allCases)
  func `every action has a key at hand and a second one`(action: Action) {
    #expect((KeyMap.standard.strokes[action] ?? []).count >= 2, "\(action)")
    #expect(!action.summary.isEmpty)
  }

  @Test(arguments: Action.allCases)
  func `the names of keys are read back`(action: Action) {
    for stroke in KeyMap.standard.strokes[action] ?? [] {
      #expect(KeyStroke(name: stroke.description) == stroke)
      #expect(KeyMap.standard.actions[stroke] == action)
    }
  }

  @Test func `the keys that the interface promises are there`() throws {
    let promised: [(String, Action)] = [
      ("Tab", .play), ("F1", .back), ("F2", .on), ("F3", .slower), ("F4", .faster),
      ("Ctrl-S", .handIn), ("Ctrl-T", .mark), ("Alt-1", .speaker1), ("Alt-9", .speaker9),
      ("Ctrl-Space", .complete), ("F10", .help), ("Ctrl-G", .help), ("Ctrl-Q", .leave),
    ]
    for (name, action) in promised {
      let stroke = try #require(KeyStroke(name: name))
      #expect(KeyMap.standard.actions[stroke] == action, "\(name)")
    }
  }

  @Test func `a file changes keys and adds snippets`() throws {
    let keys = try KeyMap(
      text:
        "# mine\nplay = F12, Alt-,\n;sig = Kind regards,\\nAna\nhand-in=Ctrl-O d, Ctrl-S\n;i =\n",
      file: "keys")
    #expect(keys.strokes[.play]?.map(\.description) == ["F12", "Alt-,"])
    #expect(keys.meaning(of: Key(.tab)) == .none)
    #expect(keys.meaning(of: .control("o")) == .prefix)
    #expect(keys.meaning(of: Key(.character("d")), after: .control("o")) == .action(.handIn))
    #expect(keys.strokes[.quieter]?.map(\.description) == ["Alt-Down"])
    #expect(keys.snippets.first { $0.trigger == ";sig" }?.expansion == "Kind regards,\nAna")
    #expect(!keys.snippets.contains { $0.trigger == ";i" })
  }

  @Test(arguments: [
    ("play", "keys:1: ‘play’ has no ‘=’; write ‘play = Tab, Ctrl-P’"),
    ("\npaly = Tab", "keys:2: there is no action ‘paly’; Ctrl-G in the player lists them all"),
    ("play = Ctl-P", "keys:1: ‘Ctl-P’ is no key; write keys as ‘Ctrl-S’, ‘Alt-1’ or ‘F7’"),
    ("play = p", "keys:1: ‘p’ is needed for typing; add Ctrl- or Alt- to it"),
    ("leave =", "keys:1: no key is left for ‘leave’; give it one"),
    ("; = x", "keys:1: ‘;’ is no trigger; write ‘;’ and letters, as ‘;i’"),
  ])
  func `a line that cannot be used is named`(text: String, message: String) {
    #expect {
      try KeyMap(text: text, file: "keys")
    } throws: { "\($0)" == message }
  }
}
