/// What a character's script means for breaking lines.
enum Script {
  /// Whether words of this script stand without blanks between them (Chinese, Japanese, Thai …).
  static func isUnspaced(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case ..<0x0E00: false
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF: true
    case 0x2E80...0x312F, 0x31A0...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF: true
    case 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF01...0xFF60, 0xFF66...0xFF9F: true
    case 0x1B000...0x1B16F, 0x20000...0x3FFFF: true
    default: false
    }
  }

  static func isUnspaced(_ character: Character?) -> Bool {
    guard let scalar = character?.unicodeScalars.first else { return false }
    return isUnspaced(scalar)
  }

  /// Whether a text has anything written without blanks; quick for plain ASCII.
  static func hasUnspaced(_ text: some StringProtocol) -> Bool {
    text.utf8.contains { $0 >= 0xE0 } && text.unicodeScalars.contains(where: isUnspaced)
  }

  /// Hiragana, which mostly ends a phrase before the next kanji or katakana begins.
  static func isHiragana(_ character: Character) -> Bool {
    ("\u{3041}"..."\u{309F}").contains(character)
  }

  /// What no line begins with in Chinese and Japanese: closing signs, small kana, long signs.
  static let neverFirst = Set<Character>(
    "、。，．・：；？！）］｝〕〉》」』】〙〗〟’”｠»ゝゞーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎゕゖ々〻…‥)]}!?,.:;ๆฯ")
  /// What no line ends with there: opening signs.
  static let neverLast = Set<Character>("（［｛〔〈《「『【〘〖〝‘“｟«([{")
}

/// The characters that a reader sees: grapheme clusters without direction marks and joiners that
/// stand alone.
func visibleCharacters(in text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
  return text.reduce(into: 0) { count, character in
    if !character.unicodeScalars.allSatisfy(\.isInvisible) { count += 1 }
  }
}

extension Unicode.Scalar {
  /// A direction mark, a joiner or a byte-order mark: it takes no room on the screen.
  var isInvisible: Bool {
    switch value {
    case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF, 0x061C: true
    default: false
    }
  }
}
