import Foundation

/// A hunspell dictionary: stems, and the endings and beginnings that they may take.
///
/// Plain prefixes and suffixes are known (`PFX`, `SFX`); compounds are not, so a compound counts
/// as right where its parts are.
public struct SpellingDictionary: Sendable {
  private struct Affix: Sendable {
    var flag: String
    var strip: String
    var add: String
    /// Sets of characters at the stem's end (or start), one for each place; nil matches any.
    var condition: [(letters: Set<Character>, negated: Bool)?]
  }
  private var stems: [String: Set<String>] = [:]
  private var suffixes: [Affix] = []
  private var prefixes: [Affix] = []

  /// Where systems keep dictionaries.
  private static var folders: [String] {
    let own = ProcessInfo.processInfo.environment["DICPATH"] ?? ""
    return own.split(separator: ":").map(String.init) + [
      "/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts",
      "/usr/local/share/hunspell", "/opt/homebrew/share/hunspell", "/Library/Spelling",
    ]
  }

  /// Reads a dictionary of `language` (`en`, `en-GB`), of whatever country it is; nil where the
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

  /// Reads the dictionary `name` (`en_US`) where the system keeps such; nil where it has none.
  static func found(_ name: String) -> SpellingDictionary? {
    for folder in folders {
      let base = URL(filePath: folder).appending(path: name)
      guard let words = text(base.appendingPathExtension("dic")) else { continue }
      return SpellingDictionary(
        words: words, affixes: text(base.appendingPathExtension("aff")) ?? "")
    }
    return nil
  }

  /// Older dictionaries are in Latin-1.
  private static func text(_ file: URL) -> String? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    return String(validating: data, as: UTF8.self) ?? String(data: data, encoding: .isoLatin1)
  }

  init(words: String, affixes: String) {
    var flags = "char"
    for line in affixes.split(whereSeparator: \.isNewline) {
      let fields = line.split(whereSeparator: \.isWhitespace).map(String.init)
      if fields.first == "FLAG", fields.count > 1 { flags = fields[1] }
      guard fields.count >= 5, fields[0] == "SFX" || fields[0] == "PFX" else { continue }
      let affix = Affix(
        flag: fields[1], strip: fields[2] == "0" ? "" : fields[2],
        add: String((fields[3] == "0" ? "" : fields[3]).prefix { $0 != "/" }),
        condition: Self.condition(fields[4]))
      if fields[0] == "SFX" { suffixes.append(affix) } else { prefixes.append(affix) }
    }
    for line in words.split(whereSeparator: \.isNewline).dropFirst() {
      let entry = line.prefix { !$0.isWhitespace }
      let parts = entry.split(separator: "/", maxSplits: 1)
      guard let stem = parts.first else { continue }
      let own = parts.count > 1 ? Self.flags(parts[1], form: flags) : []
      stems[String(stem), default: []].formUnion(own)
    }
  }

  private static func flags(_ text: Substring, form: String) -> Set<String> {
    switch form {
    case "num": return Set(text.split(separator: ",").map(String.init))
    case "long":
      let letters = Array(text)
      return Set(
        stride(from: 0, to: letters.count - 1, by: 2).map { String(letters[$0...($0 + 1)]) })
    default: return Set(text.map(String.init))
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

  /// Whether the dictionary knows `word`; a capital at its start is allowed.
  public func knows(_ word: String) -> Bool {
    let straight = word.replacing("’", with: "'")
    let small = straight.lowercased()
    let forms =
      straight == small
      ? [small] : [straight, small, small.prefix(1).uppercased() + small.dropFirst()]
    return forms.contains { knowsForm($0) }
      || straight.contains("-") && straight.split(separator: "-").allSatisfy { knows(String($0)) }
  }

  private func knowsForm(_ word: String) -> Bool {
    if stems[word] != nil || knowsStem(word, with: nil) { return true }
    return prefixes.contains { prefix in
      guard word.hasPrefix(prefix.add), !prefix.add.isEmpty else { return false }
      let stem = prefix.strip + word.dropFirst(prefix.add.count)
      guard Self.holds(prefix.condition, Array(stem), atEnd: false) else { return false }
      return stems[stem]?.contains(prefix.flag) == true || knowsStem(stem, with: prefix.flag)
    }
  }

  private func knowsStem(_ word: String, with flag: String?) -> Bool {
    suffixes.contains { suffix in
      guard word.hasSuffix(suffix.add), !suffix.add.isEmpty else { return false }
      let stem = word.dropLast(suffix.add.count) + suffix.strip
      guard let own = stems[String(stem)], own.contains(suffix.flag),
        flag.map({ own.contains($0) }) ?? true
      else { return false }
      return Self.holds(suffix.condition, Array(stem), atEnd: true)
    }
  }

  private static func holds(
    _ condition: [(letters: Set<Character>, negated: Bool)?], _ stem: [Character], atEnd: Bool
  ) -> Bool {
    guard stem.count >= condition.count else { return condition.count == 1 && condition[0] == nil }
    let start = atEnd ? stem.count - condition.count : 0
    return condition.enumerated().allSatisfy { index, place in
      place.map { $0.letters.contains(stem[start + index]) != $0.negated } ?? true
    }
  }
}
