/// A Unicode scalar's number: texts are read as arrays of these.
typealias Code = UInt32

/// What stands in the place of tags, labels and time marks: no word, no blank, no mark.
let masked: Code = 0xFFFC

extension Code {
  init(_ scalar: Unicode.Scalar) { self = scalar.value }

  var scalar: Unicode.Scalar { Unicode.Scalar(self) ?? "\u{FFFD}" }
  private var properties: Unicode.Scalar.Properties { scalar.properties }

  var isDigit: Bool { self &- 48 < 10 }
  var isLetter: Bool {
    if self < 128 { return (self | 32) &- 97 < 26 }
    if self == masked || (0x2000...0x206F).contains(self) { return false }
    return properties.isAlphabetic || properties.generalCategory == .nonspacingMark
      || properties.generalCategory == .spacingMark
  }
  /// A letter, a mark on one, or a number: what words are made of.
  var isWord: Bool {
    if self < 128 { return isLetter || isDigit }
    return isLetter || properties.numericType != nil
  }
  var isNewline: Bool {
    self == 10 || self == 13 || self == 11 || self == 12 || self == 0x85 || self == 0x2028
      || self == 0x2029
  }
  var isBlank: Bool {
    if self < 128 { return self == 32 || (9...13).contains(self) }
    return self == 0x85 || self == 0xA0
      || (self >= 0x1680 && properties.isWhitespace)
  }
  var isUpper: Bool {
    self < 128
      ? self &- 65 < 26 : (properties.isUppercase || properties.generalCategory == .titlecaseLetter)
  }
  var isLower: Bool { self < 128 ? self &- 97 < 26 : properties.isLowercase }
  /// The small form, where it is one scalar; a curly apostrophe becomes a straight one.
  var folded: Code {
    if self < 128 { return self &- 65 < 26 ? self + 32 : self }
    if self == 0x2019 { return 39 }
    let small = properties.lowercaseMapping.unicodeScalars
    return small.count == 1 ? small.first?.value ?? self : self
  }
  /// The capital form, where it is one scalar.
  var raised: Code {
    if self < 128 { return self &- 97 < 26 ? self - 32 : self }
    let large = properties.uppercaseMapping.unicodeScalars
    return large.count == 1 ? large.first?.value ?? self : self
  }
  var isApostrophe: Bool { self == 39 || self == 0x2019 }
  /// A closing quote or bracket that may follow a sentence's end.
  var isCloser: Bool {
    switch self {
    case 34, 39, 41, 93, 125, 0x2019, 0x201D, 0xBB: true
    default: false
    }
  }
  var isTerminal: Bool { self == 46 || self == 63 || self == 33 || self == 0x2026 }
}

extension String {
  init(codes: some Sequence<Code>) {
    var scalars = String.UnicodeScalarView()
    for code in codes { scalars.append(code.scalar) }
    self.init(scalars)
  }
  var codes: [Code] { unicodeScalars.map(\.value) }
}
