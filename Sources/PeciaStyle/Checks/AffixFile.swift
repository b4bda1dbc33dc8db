import Foundation

/// What a hunspell `.aff` file says of endings and beginnings.
struct AffixFile {
  typealias Affix = SpellingDictionary.Affix
  typealias Flag = SpellingDictionary.Flag
  private(set) var suffixes: [Affix] = []
  private(set) var prefixes: [Affix] = []
  private(set) var forbidden: Flag?
  private(set) var keepsCase: Flag?
  private(set) var replacements: [(slip: String, meant: String)] = []
  private var form = "char"
  /// Sets of flags that a number stands for (`AF`), from 1.
  private var aliases: [Substring] = []

  init(_ text: String) {
    var crossing: [String: Bool] = [:]
    var hasCount = false
    for line in text.split(whereSeparator: \.isNewline) {
      let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
      guard fields.count > 1 else { continue }
      switch fields[0] {
      case "FLAG": form = fields[1]
      case "FORBIDDENWORD": forbidden = flags(fields[1][...]).first
      case "KEEPCASE": keepsCase = flags(fields[1][...]).first
      case "AF":
        if hasCount { aliases.append(fields[1][...]) }
        hasCount = true
      case "REP" where fields.count > 2:
        let meant = fields[2].replacing("_", with: " ")
        if !fields[1].contains(where: { "^$".contains($0) }) {
          replacements.append((fields[1], meant))
        }
      case "SFX", "PFX":
        guard fields.count > 3, let flag = flags(fields[1][...]).first else { continue }
        if fields.count == 4 || (fields.count == 5 && fields[4].hasPrefix("#")) {
          crossing[fields[0] + fields[1]] = fields[2] == "Y"
          continue
        }
        let affix = Affix(
          flag: flag, crosses: crossing[fields[0] + fields[1]] ?? true,
          strip: fields[2] == "0" ? "" : fields[2],
          add: String((fields[3] == "0" ? "" : fields[3]).prefix { $0 != "/" }),
          condition: Self.condition(fields[4]))
        if fields[0] == "SFX" { suffixes.append(affix) } else { prefixes.append(affix) }
      default: break
      }
    }
  }

  func flags(_ text: Substring) -> [Flag] {
    if !aliases.isEmpty, let number = Int(text), aliases.indices.contains(number - 1) {
      return plainFlags(aliases[number - 1])
    }
    return plainFlags(text)
  }

  private func plainFlags(_ text: Substring) -> [Flag] {
    switch form {
    case "num": return text.split(separator: ",").compactMap { Flag($0) }
    case "long":
      let letters = Array(text.unicodeScalars)
      return stride(from: 0, to: letters.count - 1, by: 2).map {
        letters[$0].value << 16 | letters[$0 + 1].value
      }
    default: return text.unicodeScalars.map(\.value)
    }
  }

  private static func condition(_ text: String) -> [(letters: Set<Character>, negated: Bool)?] {
    var places: [(letters: Set<Character>, negated: Bool)?] = []
    var rest = text[...]
    while let first = rest.popFirst() {
      if first == "." {
        places.append(nil)
      } else if first == "[" {
        let inside = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inside.count + 1)
        let negated = inside.first == "^"
        places.append((Set(negated ? inside.dropFirst() : inside), negated))
      } else {
        places.append(([first], false))
      }
    }
    return places
  }
}
