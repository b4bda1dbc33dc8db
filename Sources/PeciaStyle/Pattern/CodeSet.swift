/// A set of characters: what one place of a pattern may match.
struct CodeSet: Hashable, Sendable {
  /// Kinds of characters that are asked for by name.
  enum Kind: Hashable, Sendable {
    case digit, word, blank, letter, upper, lower, number, punctuation, symbol
  }
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private(set) var ranges: [ClosedRange<Code>] = []
  private var kinds: [Kind] = []
  private var excludedKinds: [Kind] = []
  var isNegated = false

  init() {}

  mutating func insert(_ range: ClosedRange<Code>) {
    for code in range where code < 128 { setBit(code) }
    if range.upperBound >= 128 { ranges.append(max(range.lowerBound, 128)...range.upperBound) }
  }

  mutating func insert(_ kind: Kind, negated: Bool = false) {
    for code in Code(0)..<128 where kind.holds(code) != negated { setBit(code) }
    if negated { excludedKinds.append(kind) } else { kinds.append(kind) }
  }

  /// Adds the capital of every small letter in the set, and the other way round.
  mutating func ignoreCase() {
    for code in Code(65)...90 where bit(code) || bit(code + 32) {
      setBit(code)
      setBit(code + 32)
    }
    for range in ranges where range.count <= 512 {
      for code in range {
        for other in [code.folded, code.raised] where !range.contains(other) {
          insert(other...other)
        }
      }
    }
    if kinds.contains(.upper) { insert(.lower) } else if kinds.contains(.lower) { insert(.upper) }
  }

  func contains(_ code: Code) -> Bool {
    guard code >= 128 else { return bit(code) != isNegated }
    return
      (ranges.contains { $0.contains(code) } || kinds.contains { $0.holds(code) }
      || excludedKinds.contains { !$0.holds(code) }) != isNegated
  }

  /// The set's part below 128, as 128 bits.
  var ascii: (low: UInt64, high: UInt64) { isNegated ? (~low, ~high) : (low, high) }
  /// Whether anything above 127 can be in the set.
  var reachesBeyondASCII: Bool {
    isNegated || !ranges.isEmpty || !kinds.isEmpty || !excludedKinds.isEmpty
  }
  var isEmpty: Bool { !reachesBeyondASCII && ascii.low == 0 && ascii.high == 0 }

  private mutating func setBit(_ code: Code) {
    if code < 64 { low |= 1 << UInt64(code) } else { high |= 1 << UInt64(code - 64) }
  }
  private func bit(_ code: Code) -> Bool {
    code < 64 ? low >> UInt64(code) & 1 == 1 : high >> UInt64(code - 64) & 1 == 1
  }
}

extension CodeSet.Kind {
  func holds(_ code: Code) -> Bool {
    switch self {
    case .digit: code.isDigit
    case .word: code.isWord || code == 95
    case .blank: code.isBlank
    case .letter: code.isLetter
    case .upper: code.isUpper
    case .lower: code.isLower
    case .number: code.isDigit || (code >= 128 && code.scalar.properties.numericType != nil)
    case .punctuation:
      switch code.scalar.properties.generalCategory {
      case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
        .initialPunctuation, .finalPunctuation, .otherPunctuation:
        code != masked
      default: false
      }
    case .symbol:
      switch code.scalar.properties.generalCategory {
      case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: code != masked
      default: false
      }
    }
  }
}
