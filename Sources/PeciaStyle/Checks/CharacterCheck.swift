import Foundation

/// `characters`: characters that do not belong into a text at all.
struct CharacterCheck: Check {
  static let key = "characters"
  let isForAnyLanguage = true
  static let knowsFixes = true
  static let placeholders: Set<String> = ["code"]
  private enum Kind: String, CaseIterable {
    /// Control characters but line ends and tabs.
    case control
    /// Characters without width, and soft hyphens.
    case invisible
    /// U+FFFD, and letters read in the wrong encoding (`cafÃ©`).
    case broken
    /// Letters whose accents stand apart (not NFC).
    case decomposed
    /// Code points without a character.
    case unassigned
  }
  private let kinds: Set<Kind>
  private let allowed: CodeSet?

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    let entry = fields.optional("forbid")
    kinds = Set(try entry?.entries.map { try $0.choice("forbid") as Kind } ?? [])
    if let entry = fields.optional("only") {
      let pattern = try entry.string("only")
      _ = try entry.pattern("[\(pattern)]")
      var parser = PatternParser("[\(pattern)]", ignoresCase: true)
      guard case .set(let set) = try parser.parse() else {
        throw entry.wrong("‘only’ is no set of characters", "write it as inside ‘[ ]’: \"a-z '\"")
      }
      allowed = set
    } else {
      allowed = nil
    }
    guard !kinds.isEmpty || allowed != nil else {
      throw fields.entry.wrong("the rule forbids nothing", "write ‘forbid: [control]’ or ‘only’")
    }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var violations: [Violation] = []
    let codes = reading.codes
    for index in codes.indices {
      let code = codes[index]
      if code >= 32 && code < 127 || code == 10 || code == 9 || code == 13 { continue }
      if kinds.contains(.control), code < 32 || (0x7F...0x9F).contains(code) && code != 0x85 {
        violations.append(violation(index..<index + 1, "", code))
      } else if kinds.contains(.invisible), Self.isInvisible(index, codes) {
        violations.append(violation(index..<index + 1, "", code))
      } else if kinds.contains(.broken), let length = Self.brokenLength(index, codes) {
        violations.append(violation(index..<index + length, nil, code))
      } else if kinds.contains(.unassigned), code >= 128,
        [.unassigned, .privateUse].contains(code.scalar.properties.generalCategory)
      {
        violations.append(violation(index..<index + 1, nil, code))
      }
    }
    if kinds.contains(.decomposed) { violations += decomposed(reading) }
    if let allowed {
      for index in codes.indices
      where reading.plain[index] != masked && !codes[index].isBlank
        && !allowed.contains(codes[index])
      {
        violations.append(violation(index..<index + 1, nil, codes[index]))
      }
    }
    return violations
  }

  private func violation(_ range: Range<Int>, _ fix: String?, _ code: Code) -> Violation {
    let digits = String(code, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return Violation(range: range, fix: fix, values: ["code": name])
  }

  /// A joiner inside an emoji or between letters of scripts that need it is no fault.
  private static func isInvisible(_ index: Int, _ codes: [Code]) -> Bool {
    switch codes[index] {
    case 0x200C, 0x200D:
      let before = index > 0 ? codes[index - 1] : 32
      let after = index + 1 < codes.count ? codes[index + 1] : 32
      return before < 0x600 || after < 0x600
    case 0xAD, 0x200B, 0x200E, 0x200F, 0x202A...0x202E, 0x2060...0x2064, 0x2066...0x2069, 0xFEFF:
      return true
    default: return false
    }
  }

  /// The length of a letter that was read in the wrong encoding; nil where there is none.
  private static func brokenLength(_ index: Int, _ codes: [Code]) -> Int? {
    if codes[index] == 0xFFFD { return 1 }
    guard index + 1 < codes.count else { return nil }
    let (first, second) = (codes[index], codes[index + 1])
    if (first == 0xC3 || first == 0xC2), (0x80...0xBF).contains(second) || second == 0x20AC {
      return 2
    }
    if first == 0xE2, second == 0x20AC, index + 2 < codes.count { return 3 }
    return nil
  }

  private func decomposed(_ reading: Reading) -> [Violation] {
    reading.lines.flatMap { line -> [Violation] in
      guard reading.codes[line].contains(where: { $0 >= 0x300 }) else { return [] }
      let text = reading.string(line)
      guard
        text.precomposedStringWithCanonicalMapping.unicodeScalars.count != line.count
          || !text.precomposedStringWithCanonicalMapping.unicodeScalars.elementsEqual(
            text.unicodeScalars)
      else { return [] }
      var place = line.lowerBound
      return text.compactMap { character -> Violation? in
        let length = character.unicodeScalars.count
        defer { place += length }
        let whole = String(character).precomposedStringWithCanonicalMapping
        guard !whole.unicodeScalars.elementsEqual(character.unicodeScalars) else { return nil }
        return violation(place..<place + length, whole, reading.codes[place])
      }
    }
  }
}
