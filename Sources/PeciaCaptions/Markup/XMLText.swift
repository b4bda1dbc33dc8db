/// Text and attribute values as XML 1.0 may hold them.
enum XMLText {
  /// `text` with `&`, `<`, `>` and `"` escaped, without the control characters that XML forbids.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: isSpecial) || text.unicodeScalars.contains(where: isForbidden)
    else { return text }
    var output = ""
    for scalar in text.unicodeScalars where !isForbidden(scalar) {
      switch scalar {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      case "\"": output += "&quot;"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0x22
  }

  /// Whether no XML 1.0 document may hold the character.
  static func isForbidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: false
    case ..<0x20, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
