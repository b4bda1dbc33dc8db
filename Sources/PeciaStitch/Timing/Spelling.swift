import Foundation

/// The rules by which a language's letters become units of sound.
///
/// A rule reads `left(letters)right = units`: in these surroundings, these letters sound so. `#` is
/// a word's edge, `V` a vowel letter, `C` another letter, `F` one of e, i, y, `*` any number of
/// other letters. At each place the first rule that fits holds, in the order of the table. The
/// form follows Elovitz et al., “Automatic translation of English text to phonetics by means of
/// letter-to-sound rules”, 1976; the rules are the table's own.
struct Spelling: Sendable {
  struct Rule: Sendable {
    /// Read away from the letters: the nearest sign first.
    var left: [Character]
    var letters: [Character]
    var right: [Character]
    var units: [UInt8]
  }

  /// The letters that the rules know.
  var letters: Set<Character>
  var vowels: Set<Character>
  private var rules: [Character: [Rule]] = [:]
  /// Whole words, in lower case, that the rules would get wrong; also digits and letters' names.
  private var words: [String: [UInt8]] = [:]
  private var letterNames: [Character: [UInt8]] = [:]

  init(letters: String, vowels: String) {
    self.letters = Set(letters)
    self.vowels = Set(vowels)
  }

  mutating func add(rule: Rule) {
    guard let first = rule.letters.first else { return }
    rules[first, default: []].append(rule)
  }
  mutating func add(word: String, units: [UInt8]) { words[word] = units }
  mutating func add(letter: Character, units: [UInt8]) { letterNames[letter] = units }

  /// How many of the letters of `text` the rules know, from 0 to 1; 1 where it has none.
  func coverage(of text: some Sequence<Character>) -> Double {
    var (known, all) = (0, 0)
    for character in text where character.isLetter {
      all += 1
      if let base = Self.folded(character).first, letters.contains(base) { known += 1 }
    }
    return all == 0 ? 1 : Double(known) / Double(all)
  }

  /// The units of a piece of text between blanks; empty for one without letters and digits.
  ///
  /// - `numbers`: reads a number as words of the language.
  func units(of piece: String, numbers: (String) -> String) -> [UInt8] {
    guard piece.contains(where: { $0.isLetter || $0.isNumber || "&%$€£+=".contains($0) })
    else { return [] }
    var units: [UInt8] = []
    let text = piece.contains(where: \.isNumber) || piece == "&" ? numbers(piece) : piece
    for part in text.split(whereSeparator: { !$0.isLetter && !"'’.".contains($0) }) {
      units += self.units(ofWord: part)
    }
    // A letter without a rule sounds for half a syllable, a digit that nothing reads for one.
    let sounds = text.reduce(0) { $0 + ($1.isLetter ? 1 : $1.isNumber ? 2 : 0) }
    if units.isEmpty, sounds > 0, let vague = words["?"] {
      units = (0..<min(max(sounds / 2, 1), 8)).flatMap { _ in vague }
    }
    return units
  }

  private func units(ofWord part: Substring) -> [UInt8] {
    let plain = part.filter { $0.isLetter }
    if isSpelt(part, letters: plain) {
      return plain.lowercased().flatMap { letterNames[$0] ?? [] }
    }
    var word = part.lowercased().map { $0 == "’" ? "'" : $0 }.filter { $0 != "." }
    while word.first == "'" { word.removeFirst() }
    while word.last == "'" { word.removeLast() }
    if let units = words[String(word)] { return units }
    let letters = word.flatMap { Self.folded($0) }.filter { self.letters.contains($0) }
    if letters.count != word.count, let units = words[String(letters)] { return units }
    return units(ofLetters: letters)
  }

  /// Whether a piece is said letter by letter: `D.C.`, `MS`.
  private func isSpelt(_ part: Substring, letters plain: String) -> Bool {
    guard (2...6).contains(plain.count), plain.allSatisfy(\.isUppercase) else { return false }
    return part.dropLast().contains(".")
      || !plain.lowercased().contains { vowels.contains($0) }
  }

  private func units(ofLetters word: [Character]) -> [UInt8] {
    var units: [UInt8] = []
    var place = 0
    while place < word.count {
      guard let rule = rules[word[place]]?.first(where: { fits($0, at: place, of: word) }) else {
        place += 1
        continue
      }
      units += rule.units
      place += rule.letters.count
    }
    return units
  }

  private func fits(_ rule: Rule, at place: Int, of word: [Character]) -> Bool {
    let end = place + rule.letters.count
    guard end <= word.count, word[place..<end].elementsEqual(rule.letters) else { return false }
    return fits(rule.left, of: word, from: place - 1, step: -1)
      && fits(rule.right, of: word, from: end, step: 1)
  }

  private func fits(_ context: [Character], of word: [Character], from: Int, step: Int) -> Bool {
    var place = from
    for sign in context {
      let letter = word.indices.contains(place) ? word[place] : nil
      switch sign {
      case "#":
        guard letter == nil else { return false }
      case "*":
        while word.indices.contains(place), !vowels.contains(word[place]) { place += step }
        continue
      case "V":
        guard let letter, vowels.contains(letter) else { return false }
      case "C":
        guard let letter, !vowels.contains(letter) else { return false }
      case "F":
        guard let letter, "eiy".contains(letter) else { return false }
      default:
        guard letter == sign else { return false }
      }
      place += step
    }
    return true
  }

  /// A letter in lower case without its accents: `é` is `e`.
  static func folded(_ character: Character) -> [Character] {
    if character.isASCII { return Array(character.lowercased()) }
    return String(character).lowercased().decomposedStringWithCanonicalMapping.unicodeScalars
      .filter {
        !$0.properties.isDiacritic && $0.properties.canonicalCombiningClass == .notReordered
      }
      .map { Character($0) }
  }
}
