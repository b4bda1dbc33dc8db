/// The lines of a text whose line ends are `\n`.
func lines(of text: String) -> [Substring] {
  text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map(Substring.init)
}

extension Substring {
  /// Without the blanks at both ends; quick.
  var trimmed: Substring {
    var slice = utf8
    while let byte = slice.first, byte == 0x20 || byte == 0x09 { slice = slice.dropFirst() }
    while let byte = slice.last, byte == 0x20 || byte == 0x09 { slice = slice.dropLast() }
    return Substring(slice)
  }

  /// Whether it has nothing but blanks.
  var isBlank: Bool { utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x00 } }

  /// The first of its words, as blanks part them; nil without any.
  var firstWord: Substring? {
    guard utf8.allSatisfy({ $0 < 0x80 }) else { return split(whereSeparator: \.isWhitespace).first }
    let rest = utf8.drop(while: isASCIIBlank)
    return rest.isEmpty ? nil : Substring(rest.prefix { !isASCIIBlank($0) })
  }

  /// The last of its words, as blanks part them; nil without any.
  var lastWord: Substring? {
    guard utf8.allSatisfy({ $0 < 0x80 }) else { return split(whereSeparator: \.isWhitespace).last }
    guard let end = utf8.lastIndex(where: { !isASCIIBlank($0) }) else { return nil }
    let head = utf8[...end]
    let blank = head.lastIndex(where: isASCIIBlank)
    return Substring(blank.map { head[$0...].dropFirst() } ?? head)
  }

  var isDigits: Bool { !isEmpty && utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
}

/// Reads numbers and signs from the front of a line, byte by byte.
struct ByteScanner {
  private(set) var rest: Substring.UTF8View

  init(_ line: Substring) { rest = line.utf8 }

  var isAtEnd: Bool { rest.isEmpty }
  var next: UInt8? { rest.first }

  mutating func skipBlanks() {
    while let byte = rest.first, byte == 0x20 || byte == 0x09 { rest = rest.dropFirst() }
  }

  /// Takes `byte` if it comes next.
  mutating func take(_ character: Character) -> Bool {
    guard let byte = character.asciiValue, rest.first == byte else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Takes a run of digits; nil without one, or with more than `most`.
  mutating func number(most: Int = 9) -> (value: Int, digits: Int)? {
    var (value, digits) = (0, 0)
    while let byte = rest.first, byte >= 0x30, byte <= 0x39 {
      digits += 1
      guard digits <= most else { return nil }
      value = value * 10 + Int(byte - 0x30)
      rest = rest.dropFirst()
    }
    return digits > 0 ? (value, digits) : nil
  }
}

/// The thousandths that a decimal fraction's digits stand for: `5` is 500.
func thousandths(_ fraction: (value: Int, digits: Int)) -> Int {
  var (value, digits) = fraction
  while digits > 3 { (value, digits) = (value / 10, digits - 1) }
  while digits < 3 { (value, digits) = (value * 10, digits + 1) }
  return value
}

extension String {
  /// Whether it has nothing but blanks.
  var isBlank: Bool {
    guard let first = utf8.first else { return true }
    // A letter, a digit or a sign of ASCII at its head settles it.
    if first > 0x20, first < 0x7F { return false }
    return allSatisfy(\.isWhitespace)
  }

  /// Its words, as blanks part them.
  var blankParted: [Substring] {
    guard utf8.allSatisfy({ $0 < 0x80 }) else { return split(whereSeparator: \.isWhitespace) }
    return utf8.split(whereSeparator: isASCIIBlank).map(Substring.init)
  }
}

private func isASCIIBlank(_ byte: UInt8) -> Bool {
  byte == 0x20 || byte <= 0x0D && byte >= 0x09
}
