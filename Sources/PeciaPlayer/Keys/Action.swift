/// What a key can do.
///
/// The raw value is the action's name in a file of keys.
enum Action: String, CaseIterable, Hashable, Sendable {
  // Sound
  case play, hold, back, on, farBack = "far-back", farOn = "far-on", restart, again
  case goTo = "go-to", slower, faster, plainSpeed = "normal-speed", louder, quieter
  case channel, loopStart = "loop-start", loopEnd = "loop-end", loopHere = "loop-here", cycle
  // Text
  case left, right, up, down, wordLeft = "word-left", wordRight = "word-right"
  case lineStart = "line-start", lineEnd = "line-end", textStart = "text-start"
  case textEnd = "text-end", pageUp = "page-up", pageDown = "page-down"
  case newLine = "new-line", eraseBack = "erase-back", eraseOn = "erase-on"
  case eraseWordBack = "erase-word-back", eraseWordOn = "erase-word-on"
  case eraseLine = "erase-line", selectAll = "select-all"
  case cut, copy, paste, undo, redo, find, findNext = "find-next", replace
  case mark, complete
  case speaker1 = "speaker-1", speaker2 = "speaker-2", speaker3 = "speaker-3"
  case speaker4 = "speaker-4", speaker5 = "speaker-5", speaker6 = "speaker-6"
  case speaker7 = "speaker-7", speaker8 = "speaker-8", speaker9 = "speaker-9"
  case nextFinding = "next-finding", fix, fixAll = "fix-all"
  // Work
  case handIn = "hand-in", giveBack = "give-back", earlier, later, compare, help, redraw, leave
  // Review
  case nextDispute = "next-dispute", previousDispute = "previous-dispute", reason
  case playWords = "play-words"

  enum Group: String, CaseIterable { case sound, text, work, review }

  var group: Group {
    switch self {
    case .play, .hold, .back, .on, .farBack, .farOn, .restart, .again, .goTo, .slower, .faster,
      .plainSpeed, .louder, .quieter, .channel, .loopStart, .loopEnd, .loopHere, .cycle:
      .sound
    case .handIn, .giveBack, .earlier, .later, .compare, .help, .redraw, .leave: .work
    case .nextDispute, .previousDispute, .reason, .playWords: .review
    default: .text
    }
  }

  /// 1 to 9 for the keys that insert a speaker's label; nil for the others.
  var speakerNumber: Int? {
    rawValue.hasPrefix("speaker-") ? Int(rawValue.dropFirst(8)) : nil
  }

  /// What the help page says of it.
  var summary: String {
    if let speakerNumber { return "insert the label of speaker \(speakerNumber)" }
    return Self.summaries[self] ?? ""
  }

  private static let summaries: [Action: String] = [
    .play: "play, or pause and step back",
    .hold: "play while it is held down (for a pedal)",
    .back: "2 seconds back", .on: "2 seconds on",
    .farBack: "5 seconds back", .farOn: "5 seconds on",
    .restart: "to the start of the clip", .again: "play the last seconds again",
    .goTo: "go to a time", .slower: "slower", .faster: "faster",
    .plainSpeed: "speed as recorded", .louder: "louder", .quieter: "quieter",
    .channel: "both channels, or one of them",
    .loopStart: "begin a loop here", .loopEnd: "end the loop here and play it",
    .loopHere: "loop around this place, or stop looping",
    .cycle: "cyclic dictation: play, pause, step back, on",
    .left: "one character left", .right: "one character right", .up: "one line up",
    .down: "one line down", .wordLeft: "one word left", .wordRight: "one word right",
    .lineStart: "start of the line", .lineEnd: "end of the line",
    .textStart: "start of the text", .textEnd: "end of the text",
    .pageUp: "one page up", .pageDown: "one page down", .newLine: "new line",
    .eraseBack: "erase the character before", .eraseOn: "erase the character behind",
    .eraseWordBack: "erase the word before", .eraseWordOn: "erase the word behind",
    .eraseLine: "erase to the end of the line", .selectAll: "select the whole text",
    .cut: "cut", .copy: "copy", .paste: "paste", .undo: "undo", .redo: "redo",
    .find: "find", .findNext: "find the next", .replace: "find and replace",
    .mark: "insert a time mark", .complete: "complete the word",
    .nextFinding: "to the next finding", .fix: "mend the finding under the cursor",
    .fixAll: "mend all that is safe to mend",
    .handIn: "hand in", .giveBack: "give the clip back",
    .earlier: "my earlier clips", .later: "my later clips, back to the open one",
    .compare: "compare with the draft, or with all texts",
    .help: "this page", .redraw: "draw the screen anew", .leave: "leave; the text is kept",
    .nextDispute: "next place, next dispute", .previousDispute: "place before, last decision",
    .playWords: "play exactly the disputed words",
    .reason: "say why",
  ]
}
