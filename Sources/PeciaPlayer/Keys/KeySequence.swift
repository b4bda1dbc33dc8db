/// Reads one key, or one answer of the terminal, from the front of some bytes.
struct KeySequence {
  enum Meaning {
    case input(Input)
    case pasteStart
    /// A whole sequence that means nothing to the player.
    case nothing
  }

  private let bytes: ArraySlice<UInt8>
  /// Whether nothing more will come to complete the bytes.
  private let final: Bool
  /// How many bytes the sequence took.
  private(set) var length = 0

  init(bytes: ArraySlice<UInt8>, final: Bool) {
    self.bytes = bytes
    self.final = final
  }

  private func byte(_ offset: Int) -> UInt8? {
    offset < bytes.count ? bytes[bytes.startIndex + offset] : nil
  }

  /// The first sequence's meaning; nil where more bytes are needed.
  mutating func read() -> Meaning? {
    guard let first = byte(0) else { return nil }
    guard first == 0x1B else { return plain(at: 0, []) }
    guard let second = byte(1) else { return final ? take(1, Key(.escape)) : nil }
    switch second {
    case UInt8(ascii: "["): return control(at: 2, [])
    case UInt8(ascii: "O"): return shifted(at: 2, [])
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return answer(opening: second)
    case 0x1B:
      guard let third = byte(2) else { return final ? take(1, Key(.escape)) : nil }
      if third == UInt8(ascii: "[") { return control(at: 3, .alt) }
      if third == UInt8(ascii: "O") { return shifted(at: 3, .alt) }
      return take(1, Key(.escape))
    // A control byte behind an escape is a key of its own, pressed quickly after Esc: no terminal
    // tells it from Alt and Ctrl together. Alt-Backspace and Alt-Enter are in use.
    case 0..<8, 9..<13, 14..<0x20: return take(1, Key(.escape))
    default: return plain(at: 1, .alt)
    }
  }

  private mutating func take(_ count: Int, _ key: Key, _ phase: Input.Phase = .press) -> Meaning {
    length = count
    return .input(.key(key, phase))
  }
  private mutating func skip(_ count: Int) -> Meaning {
    length = count
    return .nothing
  }

  /// A character or a control byte; `start` is 1 behind an escape.
  private mutating func plain(at start: Int, _ modifiers: Key.Modifiers) -> Meaning? {
    guard let first = byte(start) else { return nil }
    switch first {
    case 0: return take(start + 1, Key(.character(" "), modifiers.union(.control)))
    case 8, 0x7F: return take(start + 1, Key(.backspace, modifiers))
    case 9: return take(start + 1, Key(.tab, modifiers))
    case 13: return take(start + 1, Key(.enter, modifiers))
    case 1...26:
      let letter = Character(Unicode.Scalar(first + 96))
      return take(start + 1, Key(.character(letter), modifiers.union(.control)))
    case 28...31:
      let sign = Character(Unicode.Scalar(first + 64))
      return take(start + 1, Key(.character(sign), modifiers.union(.control)))
    case 0x20...0x7E:
      return take(start + 1, Key(.character(Character(Unicode.Scalar(first))), modifiers))
    default: return unicode(at: start, modifiers)
    }
  }

  /// A character of several bytes; bytes that are no UTF-8 become U+FFFD, one by one.
  private mutating func unicode(at start: Int, _ modifiers: Key.Modifiers) -> Meaning? {
    guard let first = byte(start) else { return nil }
    let count =
      switch first {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 1
      }
    var piece = [first]
    for offset in 1..<max(count, 1) where offset < count {
      guard let next = byte(start + offset) else {
        if final { break }
        return nil
      }
      guard (0x80...0xBF).contains(next) else { break }
      piece.append(next)
    }
    let text = String(decoding: piece, as: UTF8.self)
    guard piece.count == count, count > 1, text.unicodeScalars.count == 1,
      let character = text.first, text != "\u{FFFD}" || piece == [0xEF, 0xBF, 0xBD]
    else { return take(start + 1, Key(.character("\u{FFFD}"), modifiers)) }
    // The C1 controls are no text.
    if character.unicodeScalars.allSatisfy({ (0x80..<0xA0).contains($0.value) }) {
      return skip(start + count)
    }
    return take(start + count, Key(.character(character), modifiers))
  }

  /// `ESC O x`: keys of the keypad and F1 to F4.
  private mutating func shifted(at start: Int, _ modifiers: Key.Modifiers) -> Meaning? {
    guard let last = byte(start) else {
      return final ? take(start, Key(.character("O"), modifiers.union(.alt))) : nil
    }
    if let code = Self.letterKeys[last] { return take(start + 1, Key(code, modifiers)) }
    switch last {
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      let code = Self.letterKeys[last - 32] ?? .up
      return take(start + 1, Key(code, modifiers.union(.control)))
    case UInt8(ascii: "M"): return take(start + 1, Key(.enter, modifiers))
    case UInt8(ascii: "j")...UInt8(ascii: "y"):
      let character = Character(Unicode.Scalar(last - 64))
      return take(start + 1, Key(.character(character), modifiers))
    default: return skip(start + 1)
    }
  }

  /// `ESC [ … x`: everything else that keys send.
  private mutating func control(at start: Int, _ extra: Key.Modifiers) -> Meaning? {
    if byte(start) == UInt8(ascii: "[") {
      guard let last = byte(start + 1) else { return final ? skip(start + 1) : nil }
      let number = Int(last) - 64
      return (1...5).contains(number)
        ? take(start + 2, .function(number, extra)) : skip(start + 2)
    }
    var end = start
    while let next = byte(end), (0x20...0x3F).contains(next) { end += 1 }
    guard let last = byte(end) else {
      guard final else { return nil }
      return end == start
        ? take(start, Key(.character("["), extra.union(.alt))) : skip(end)
    }
    guard (0x40...0x7E).contains(last) else {
      // Another sequence or a control begins at once: it was Alt-[, quickly followed.
      return end == start && last < 0x20
        ? take(start, Key(.character("["), extra.union(.alt))) : skip(end)
    }
    let text = String(
      decoding: bytes[(bytes.startIndex + start)..<(bytes.startIndex + end)], as: UTF8.self)
    length = end + 1
    return ControlSequence(parameters: text, last: last).meaning(extra)
  }

  /// `ESC ] … BEL` and its kin: answers to questions, which end in BEL or `ESC \`.
  private mutating func answer(opening: UInt8) -> Meaning? {
    var end = 2
    while let next = byte(end) {
      if next == 7 || (next == 0x1B && byte(end + 1) == UInt8(ascii: "\\")) {
        let text = String(
          decoding: bytes[(bytes.startIndex + 2)..<(bytes.startIndex + end)], as: UTF8.self)
        length = next == 7 ? end + 1 : end + 2
        guard opening == UInt8(ascii: "]"), let light = Self.lightness(in: text) else {
          return .nothing
        }
        return .input(.background(light))
      }
      // Nobody answers at such length: it was Alt and a sign.
      if end > 256 { break }
      end += 1
    }
    guard final || end > 256 else { return nil }
    return take(2, Key(.character(Character(Unicode.Scalar(opening))), .alt))
  }

  /// The lightness in `11;rgb:1e1e/1e1e/1e1e`, by the weights of ITU-R BT.601.
  private static func lightness(in text: String) -> Double? {
    guard text.hasPrefix("11;rgb:") else { return nil }
    let parts = text.dropFirst(7).split(separator: "/").map { part -> Double? in
      guard (1...4).contains(part.count), let value = Int(part, radix: 16) else { return nil }
      return Double(value) / Double((1 << (4 * part.count)) - 1)
    }
    guard parts.count == 3, let red = parts[0], let green = parts[1], let blue = parts[2] else {
      return nil
    }
    return ((0.299 * red + 0.587 * green + 0.114 * blue) * 1000).rounded() / 1000
  }

  /// The keys that end in a letter, behind `ESC [` and `ESC O`.
  static let letterKeys: [UInt8: Key.Code] = [
    UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
    UInt8(ascii: "D"): .left, UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end,
    UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2),
    UInt8(ascii: "R"): .function(3), UInt8(ascii: "S"): .function(4),
  ]
}
