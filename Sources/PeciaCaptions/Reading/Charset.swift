import Foundation

/// A character set that caption files are found in.
public enum Charset: String, CaseIterable, Sendable {
  case utf8 = "utf-8"
  case utf16 = "utf-16"
  case windows1250 = "windows-1250"
  case windows1251 = "windows-1251"
  case windows1252 = "windows-1252"
  case shiftJIS = "shift-jis"
  case eucJP = "euc-jp"

  /// The set called `name`, in any case (`cp1252`, `latin1`, `utf8` are known too).
  public init?(name: String) {
    let name = name.lowercased()
    switch name {
    case "utf8": self = .utf8
    case "utf16": self = .utf16
    case "cp1250", "latin2", "iso-8859-2": self = .windows1250
    case "cp1251": self = .windows1251
    case "cp1252", "latin1", "iso-8859-1": self = .windows1252
    case "sjis", "shift_jis", "cp932": self = .shiftJIS
    default: self.init(rawValue: name)
    }
  }

  /// The 128 characters from 0x80 on of a set with one byte a character.
  private var upperHalf: [Unicode.Scalar]? {
    switch self {
    case .windows1250: Self.half1250
    case .windows1251: Self.half1251
    case .windows1252: Self.half1252
    default: nil
    }
  }

  /// U+FFFD stands where a set has no character.
  private static let half1250 = Array(
    """
    €�‚�„…†‡�‰Š‹ŚŤŽŹ�‘’“”•–—�™š›śťžź\u{A0}ˇ˘Ł¤Ą¦§¨©Ş«¬\u{AD}®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľż\
    ŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙
    """.unicodeScalars)
  private static let half1251 = Array(
    """
    ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—�™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї\
    АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя
    """.unicodeScalars)
  private static let half1252: [Unicode.Scalar] =
    Array("€�‚ƒ„…†‡ˆ‰Š‹Œ�Ž��‘’“”•–—˜™š›œ�žŸ".unicodeScalars)
    + (0xA0...0xFF).compactMap(Unicode.Scalar.init)

  /// The bytes as text; nil where they cannot be in this set.
  func text(of bytes: [UInt8]) -> String? {
    if let half = upperHalf {
      var scalars = String.UnicodeScalarView()
      for byte in bytes {
        scalars.append(byte < 0x80 ? Unicode.Scalar(byte) : half[Int(byte) - 0x80])
      }
      return String(scalars)
    }
    switch self {
    case .shiftJIS: return String(data: Data(bytes), encoding: .shiftJIS)
    case .eucJP: return String(data: Data(bytes), encoding: .japaneseEUC)
    case .utf16: return DecodedText.utf16(bytes[...], bigEndian: false)
    default: return String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// A file's text, its line ends made `\n`.
struct DecodedText {
  var text: String
  var notices: [String] = []

  init(_ data: Data, charset: Charset?) {
    let bytes = Array(data)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      text = String(decoding: Self.plainLineEnds(bytes[3...]), as: UTF8.self)
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      text = Self.utf16(bytes[2...], bigEndian: false)
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      text = Self.utf16(bytes[2...], bigEndian: true)
    } else if let charset, let decoded = charset.text(of: bytes) {
      text = decoded
    } else if let zeros = Self.looksLikeUTF16(bytes) {
      text = Self.utf16(bytes[...], bigEndian: zeros == 0)
    } else if let decoded = String(validating: Self.plainLineEnds(bytes[...]), as: UTF8.self) {
      text = decoded
    } else {
      let charset = Self.likeliest(bytes)
      text = charset.text(of: bytes) ?? String(decoding: bytes, as: UTF8.self)
      notices = [
        "the text is no UTF-8 and was read as \(charset.rawValue); say --charset if that is wrong"
      ]
    }
    if text.utf8.contains(0x0D) {
      text = String(decoding: Self.plainLineEnds(Array(text.utf8)[...]), as: UTF8.self)
    }
  }

  private static func plainLineEnds(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count)
    var wasReturn = false
    for byte in bytes {
      if byte == 0x0A, wasReturn {
        wasReturn = false
        continue
      }
      wasReturn = byte == 0x0D
      output.append(wasReturn ? 0x0A : byte)
    }
    return output
  }

  static func utf16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) -> String {
    var units: [UInt16] = []
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(bigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    return String(decoding: units, as: UTF16.self)
  }

  /// Whether every other byte of the beginning is nought, and which: 0 for the first, 1 for the
  /// second; nil for neither.
  private static func looksLikeUTF16(_ bytes: [UInt8]) -> Int? {
    let head = bytes.prefix(64)
    guard head.count >= 8 else { return nil }
    let zeros = head.indices.filter { head[$0] == 0 }
    guard zeros.count * 3 >= head.count, let first = zeros.first else { return nil }
    return zeros.allSatisfy { $0 % 2 == first % 2 } ? first % 2 : nil
  }

  /// The set that text in no Unicode form is likeliest in: whose letters suit the bytes best.
  private static func likeliest(_ bytes: [UInt8]) -> Charset {
    let high = bytes.filter { $0 >= 0x80 }
    let letters = bytes.count { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    if high.count > letters * 2 {
      let cyrillic = high.count { $0 >= 0xC0 }
      if cyrillic * 10 >= high.count * 9 { return .windows1251 }
      for charset in [Charset.shiftJIS, .eucJP] where charset.text(of: bytes) != nil {
        return charset
      }
      return .windows1251
    }
    func oddities(_ charset: Charset, _ usual: Set<Character>) -> Int {
      (charset.text(of: high) ?? "").count { !usual.contains($0) }
    }
    let western = oddities(.windows1252, usualWestern)
    return oddities(.windows1250, usualCentral) < western ? .windows1250 : .windows1252
  }

  private static let signs = "’‘“”„«»…–—\u{A0}§°€"
  private static let usualWestern = Set<Character>(
    "éèêëàâçîïôûùöäüßñáíóúåæøãõœÉÈÀÂÇÎÔÖÄÜÑÁÍÓÚÅÆØ¿¡ªº" + signs)
  private static let usualCentral = Set<Character>(
    "ąćęłńóśźżáčďéěíňřšťúůýžőűöüäâăîşţđĄĆĘŁŃÓŚŹŻÁČĎÉĚÍŇŘŠŤÚŮÝŽŐŰÖÜÄß" + signs)
}
