extension KeyMap {
  /// The keys as they come: each action has one that is at hand, and one that neither terminals
  /// nor desktops take for themselves (most of these begin with Ctrl-O).
  static let standard: KeyMap = {
    var keys = KeyMap()
    for (action, names) in standardNames {
      keys.set(action, to: KeyMap.names(in: names[...]).compactMap { KeyStroke(name: $0) })
    }
    for number in 1...9 {
      guard let action = Action(rawValue: "speaker-\(number)"),
        let digit = Character(single: "\(number)")
      else { continue }
      let prefixed = KeyStroke(.control("o"), Key(.character(digit)))
      keys.set(action, to: [KeyStroke(.alt(digit)), prefixed])
    }
    return keys
  }()

  private static let standardNames: [(Action, String)] = [
    (.play, "Tab, Ctrl-P"), (.hold, "F9, Ctrl-O Space"), (.back, "F1, Ctrl-O b"),
    (.on, "F2, Ctrl-O n"), (.farBack, "Shift-F1, Alt-b, Ctrl-O B"),
    (.farOn, "Shift-F2, Alt-n, Ctrl-O N"),
    (.restart, "Alt-Home, Alt-h, Ctrl-O h"), (.again, "F5, Ctrl-O a"),
    (.goTo, "Alt-g, Ctrl-O g"), (.slower, "F3, Ctrl-O -"), (.faster, "F4, Ctrl-O +"),
    (.plainSpeed, "Alt-0, Ctrl-O 0"), (.louder, "Alt-Up, Ctrl-O u"),
    (.quieter, "Alt-Down, Ctrl-O d"), (.channel, "Alt-c, Ctrl-O c"),
    (.loopStart, "Alt-[, Ctrl-O ["), (.loopEnd, "Alt-], Ctrl-O ]"),
    (.loopHere, "F6, Ctrl-O l"), (.cycle, "Alt-d, Ctrl-O y"),
    (.left, "Left, Ctrl-O Left"), (.right, "Right, Ctrl-O Right"), (.up, "Up, Ctrl-O Up"),
    (.down, "Down, Ctrl-O Down"), (.wordLeft, "Ctrl-Left, Alt-Left"),
    (.wordRight, "Ctrl-Right, Alt-Right"), (.lineStart, "Home, Ctrl-A"),
    (.lineEnd, "End, Ctrl-E"), (.textStart, "Ctrl-Home, Ctrl-O Home, Ctrl-O <"),
    (.textEnd, "Ctrl-End, Ctrl-O End, Ctrl-O >"), (.pageUp, "PageUp, Ctrl-O PageUp, Ctrl-O ,"),
    (.pageDown, "PageDown, Ctrl-O PageDown, Ctrl-O ."), (.newLine, "Enter, Ctrl-J"),
    (.eraseBack, "Backspace, Ctrl-H"), (.eraseOn, "Delete, Ctrl-D"),
    (.eraseWordBack, "Ctrl-W, Alt-Backspace"), (.eraseWordOn, "Ctrl-Delete, Alt-Delete"),
    (.eraseLine, "Ctrl-K, Ctrl-O k"), (.selectAll, "Alt-a, Ctrl-O *"), (.cut, "Ctrl-X, Ctrl-O x"),
    (.copy, "Ctrl-C, Ctrl-O C"), (.paste, "Ctrl-V, Ctrl-O v"), (.undo, "Ctrl-Z, Ctrl-_"),
    (.redo, "Ctrl-Y, Alt-z"), (.find, "Ctrl-F, Ctrl-O /"), (.findNext, "Alt-f, Ctrl-O ;"),
    (.replace, "Ctrl-R, Ctrl-O %"), (.mark, "Ctrl-T, Ctrl-O t"),
    (.complete, "Ctrl-Space, Ctrl-N"), (.nextFinding, "F7, Ctrl-O j"), (.fix, "F8, Ctrl-O f"),
    (.fixAll, "Shift-F8, Alt-F, Ctrl-O F"), (.handIn, "Ctrl-S, Ctrl-O s"),
    (.giveBack, "Alt-r, Ctrl-O r"), (.earlier, "Alt-PageUp, Alt-e, Ctrl-O e"),
    (.later, "Alt-PageDown, Alt-l, Ctrl-O E"), (.compare, "Alt-m, Ctrl-O m"),
    (.help, "F10, Ctrl-G"), (.redraw, "Ctrl-L, Ctrl-O L"), (.leave, "Ctrl-Q, Ctrl-O q"),
    (.nextDispute, "Alt-., Ctrl-O )"), (.previousDispute, "Alt-,, Ctrl-O ("),
    (.reason, "Alt-w, Ctrl-O w"), (.playWords, "Shift-F5, Alt-x, Ctrl-O A"),
  ]
}
