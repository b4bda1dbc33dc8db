/// A short trigger that becomes a longer text while one types: `;i` → `[inaudible]`.
///
/// `$time` becomes the time of the playing position in seconds, `$speaker` the speaker who holds,
/// `$next` the one after; `$|` is where the cursor goes.
struct Snippet: Hashable, Sendable {
  var trigger: String
  var expansion: String

  static let standard: [Snippet] = [
    Snippet(trigger: ";i", expansion: "[inaudible]"),
    Snippet(trigger: ";c", expansion: "[crosstalk]"),
    Snippet(trigger: ";l", expansion: "[laughs]"),
    Snippet(trigger: ";m", expansion: "[music]"),
    Snippet(trigger: ";a", expansion: "[applause]"),
    Snippet(trigger: ";q", expansion: "“$|”"),
    Snippet(trigger: ";t", expansion: "<$time>"),
    Snippet(trigger: ";n", expansion: "$next: "),
    Snippet(trigger: ";o", expansion: "$speaker: "),
  ]

  /// The text to put in the trigger's place, and how far into it the cursor goes.
  func text(time: String, speaker: String, next: String) -> (text: String, cursor: Int) {
    var text = expansion.replacing("$time", with: time)
      .replacing("$speaker", with: speaker).replacing("$next", with: next)
    guard let mark = text.firstRange(of: "$|") else { return (text, text.count) }
    let cursor = text.distance(from: text.startIndex, to: mark.lowerBound)
    text.removeSubrange(mark)
    return (text, cursor)
  }

  /// `\n` as a line end, `\\` as a backslash: a snippet stands on one line of its file.
  static func unescaped(_ text: some StringProtocol) -> String {
    var result = ""
    var escaped = false
    for character in text {
      if escaped {
        result.append(character == "n" ? "\n" : character)
        escaped = false
      } else if character == "\\" {
        escaped = true
      } else {
        result.append(character)
      }
    }
    return result
  }
}

extension [Snippet] {
  /// The snippet whose trigger stands whole at the end of `text`, at the beginning of a word.
  func match(before text: ArraySlice<Character>) -> Snippet? {
    guard contains(where: { $0.trigger.last == text.last }) else { return nil }
    return filter { snippet in
      let trigger = Array<Character>(snippet.trigger)
      guard text.suffix(trigger.count).elementsEqual(trigger) else { return false }
      guard let before = text.dropLast(trigger.count).last else { return true }
      return !before.isLetter && !before.isNumber && before != ";"
    }
    .max { $0.trigger.count < $1.trigger.count }
  }

  /// Whether a longer trigger begins with this one.
  func continues(_ snippet: Snippet) -> Bool {
    contains { $0.trigger != snippet.trigger && $0.trigger.hasPrefix(snippet.trigger) }
  }
}
