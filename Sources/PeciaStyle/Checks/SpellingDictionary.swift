import Foundation
import Synchronization

/// A hunspell dictionary: stems, and the endings and beginnings that they may take.
///
/// Prefixes, suffixes and one of each together are known (`PFX`, `SFX`), forbidden words, and
/// words that keep their capitals. Compounds are not: a word with hyphens is right where its
/// parts are.
public struct SpellingDictionary: Sendable {
  struct Affix: Sendable {
    var flag: Flag
    /// Whether it may stand together with an affix at the other end.
    var crosses: Bool
    var strip: String
    var add: String
    /// Sets of characters at the stem's end (or start), one for each place; nil matches any.
    var condition: [(letters: Set<Character>, negated: Bool)?]
  }
  /// A letter, two letters or a number, as the dictionary writes its flags.
  typealias Flag = UInt32

  /// The number of each stem's set of flags.
  private let stems: [String: Int]
  private let flagSets: [Set<Flag>]
  /// By the last (first) character of what they add.
  private let suffixes: [Character: [Affix]]
  private let prefixes: [Character: [Affix]]
  private let forbidden: Flag?
  private let keepsCase: Flag?
  /// Slips that the dictionary's makers know: what is written, and what is meant.
  private let replacements: [(slip: String, meant: String)]

  private static let read = Mutex<[String: SpellingDictionary]>([:])

  /// Where systems keep dictionaries.
  private static var folders: [String] {
    let own = ProcessInfo.processInfo.environment["DICPATH"] ?? ""
    return own.split(separator: ":").map(String.init) + [
      "/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts",
      "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell", "/Library/Spelling",
    ]
  }

  /// The dictionary of `language` (`en`, `en-GB`), of whatever country it is; nil where the
  /// system has none.
  public static func found(language: String) -> SpellingDictionary? {
    let name = language.replacing("-", with: "_")
    if let exact = found(name) { return exact }
    let short = name.prefix { $0 != "_" }.lowercased()
    guard !short.isEmpty else { return nil }
    for folder in folders {
      let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      let fitting = files.filter { $0.hasPrefix("\(short)_") && $0.hasSuffix(".dic") }
      if let file = fitting.sorted().first { return found(String(file.dropLast(4))) }
    }
    return nil
  }

  /// The dictionary `name` (`en_US`) where the system keeps such; nil where it has none.
  ///
  /// A dictionary is read once, however many guides ask for it.
  static func found(_ name: String) -> SpellingDictionary? {
    for folder in folders {
      let base = URL(filePath: folder).appending(path: name)
      let words = base.appendingPathExtension("dic")
      guard FileManager.default.isReadableFile(atPath: words.path) else { continue }
      return read.withLock { known in
        if let dictionary = known[words.path] { return dictionary }
        guard let text = text(words) else { return nil }
        let dictionary = SpellingDictionary(
          words: text, affixes: self.text(base.appendingPathExtension("aff")) ?? "")
        known[words.path] = dictionary
        return dictionary
      }
    }
    return nil
  }

  /// Older dictionaries are in Latin-1.
  private static func text(_ file: URL) -> String? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    return String(validating: data, as: UTF8.self) ?? String(data: data, encoding: .isoLatin1)
  }

  init(words: String, affixes: String) {
    let file = AffixFile(affixes)
    var stems: [String: Int] = [:]
    var sets: [Set<Flag>] = [[]]
    var numbers: [Substring: Int] = [:]
    let lines = words.split(whereSeparator: \.isNewline)
    stems.reserveCapacity(lines.count)
    for line in lines.dropFirst() {
      let entry = line.prefix { $0 != " " && $0 != "\t" }
      let (stem, own) = Self.parts(of: entry)
      guard !stem.isEmpty else { continue }
      var number = 0
      if !own.isEmpty {
        number = numbers[own] ?? sets.count
        if number == sets.count {
          numbers[own] = number
          sets.append(Set(file.flags(own)))
        }
      }
      guard let known = stems.updateValue(number, forKey: stem), known != number else { continue }
      // Two lines for one stem: it takes what either says.
      stems[stem] = sets.count
      sets.append(sets[known].union(sets[number]))
    }
    (self.stems, flagSets) = (stems, sets)
    suffixes = Dictionary(grouping: file.suffixes) { $0.add.last ?? " " }
    prefixes = Dictionary(grouping: file.prefixes) { $0.add.first ?? " " }
    (forbidden, keepsCase) = (file.forbidden, file.keepsCase)
    replacements = file.replacements
  }

  /// `stem/FLAGS`; a slash of the stem is written `\/`.
  private static func parts(of entry: Substring) -> (stem: String, flags: Substring) {
    guard let slash = entry.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return (String(entry), "")
    }
    if slash > entry.startIndex, entry[entry.index(before: slash)] == "\\" {
      return (String(entry).replacing("\\/", with: "/"), "")
    }
    return (String(entry[..<slash]), entry[entry.index(after: slash)...])
  }

  /// Whether most stems are of Latin letters.
  var isLatin: Bool {
    let some = stems.keys.prefix(100)
    return some.count { $0.unicodeScalars.allSatisfy { $0.value < 0x250 } } * 2 > some.count
  }

  private func flags(of stem: String) -> Set<Flag>? { stems[stem].map { flagSets[$0] } }

  /// Whether the dictionary knows `word`; a capital at its start is allowed, and capitals throughout.
  public func knows(_ word: String) -> Bool {
    let straight = word.replacing("’", with: "'").replacing("‐", with: "-")
    if knowsCased(straight) { return true }
    guard straight.contains("-") else { return false }
    return straight.split(separator: "-").allSatisfy { knowsCased(String($0)) }
  }

  private func knowsCased(_ word: String) -> Bool {
    if isForbidden(word) { return false }
    if knowsForm(word, asTyped: true) { return true }
    let small = word.lowercased()
    guard small != word else { return false }
    let isShouted = word == word.uppercased()
    let opened = small.prefix(1).uppercased() + small.dropFirst()
    guard isShouted || word == opened else { return false }
    if isForbidden(small) { return false }
    return knowsForm(small, asTyped: false) || (isShouted && knowsForm(opened, asTyped: false))
  }

  private func isForbidden(_ word: String) -> Bool {
    guard let forbidden else { return false }
    return flags(of: word)?.contains(forbidden) == true
  }

  private func mayStand(_ own: Set<Flag>, asTyped: Bool) -> Bool {
    asTyped || keepsCase.map { !own.contains($0) } ?? true
  }

  private func knowsForm(_ word: String, asTyped: Bool) -> Bool {
    if let own = flags(of: word), mayStand(own, asTyped: asTyped) { return true }
    if knowsSuffixed(word, with: nil, asTyped: asTyped) { return true }
    guard let first = word.first else { return false }
    return prefixes[first]?.contains { prefix in
      guard word.hasPrefix(prefix.add), word.count > prefix.add.count else { return false }
      let stem = prefix.strip + word.dropFirst(prefix.add.count)
      guard holds(prefix.condition, Array(stem), atEnd: false) else { return false }
      if let own = flags(of: stem), own.contains(prefix.flag), mayStand(own, asTyped: asTyped) {
        return true
      }
      return prefix.crosses && knowsSuffixed(stem, with: prefix.flag, asTyped: asTyped)
    } ?? false
  }

  private func knowsSuffixed(_ word: String, with flag: Flag?, asTyped: Bool) -> Bool {
    guard let last = word.last else { return false }
    return suffixes[last]?.contains { suffix in
      guard flag == nil || suffix.crosses, word.hasSuffix(suffix.add),
        word.count > suffix.add.count
      else { return false }
      let stem = word.dropLast(suffix.add.count) + suffix.strip
      guard let own = flags(of: String(stem)), own.contains(suffix.flag),
        flag.map(own.contains) ?? true, mayStand(own, asTyped: asTyped)
      else { return false }
      return holds(suffix.condition, Array(stem), atEnd: true)
    } ?? false
  }

  private func holds(
    _ condition: [(letters: Set<Character>, negated: Bool)?], _ stem: [Character], atEnd: Bool
  ) -> Bool {
    guard stem.count >= condition.count else { return condition.count == 1 && condition[0] == nil }
    let start = atEnd ? stem.count - condition.count : 0
    return condition.enumerated().allSatisfy { index, place in
      place.map { $0.letters.contains(stem[start + index]) != $0.negated } ?? true
    }
  }

  /// A known word that `word` may be a slip for; nil where none is one slip away.
  ///
  /// The slips that the dictionary lists come first, then swapped letters, then one letter less,
  /// other or more.
  func meant(by word: String) -> String? {
    guard word.count < 30 else { return nil }
    for (slip, meant) in replacements {
      for range in word.ranges(of: slip) {
        let other = word.replacingCharacters(in: range, with: meant)
        if other.split(separator: " ").allSatisfy({ knows(String($0)) }) { return other }
      }
    }
    let letters = Array(word)
    var others: [[Character]] = []
    for index in letters.indices.dropLast() {
      var other = letters
      other.swapAt(index, index + 1)
      others.append(other)
    }
    for index in letters.indices.reversed() {
      others.append(Array(letters[..<index] + letters[(index + 1)...]))
    }
    for letter in "esiaonrtlcdugmphbyfvkwzxqj" {
      for index in letters.indices {
        others.append(letters[..<index] + [letter] + letters[(index + 1)...])
      }
      for index in 0...letters.count {
        others.append(letters[..<index] + [letter] + letters[index...])
      }
    }
    return others.lazy.map { String($0) }.first { $0 != word && $0.count > 1 && knows($0) }
  }
}
