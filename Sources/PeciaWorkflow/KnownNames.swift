import PeciaCore

/// The names that a project knows, from its guide and its texts; and what is typed nearly like one.
struct KnownNames: Sendable {
  /// Tells a language's words from names.
  typealias Dictionary = @Sendable (String) -> Bool

  /// How often each word stands in the texts, as it is typed.
  private var counts: [String: Int] = [:]
  /// Names of the guide: they are right whatever the texts say.
  private let listed: Set<String>
  /// Names by their small letters.
  private var bySmall: [String: String] = [:]
  /// Names of five letters and more by their small letters, and by those less one of them.
  private var byShortened: [String: [String]] = [:]
  private let dictionary: Dictionary?

  /// The rule that its findings name, and why it is there.
  static let rule = "names"
  static let reason = "One person has one name: as the guide lists it, or as the texts have it."

  /// - Parameters:
  ///   - listed: names and speakers of the guide.
  ///   - texts: what workers have handed in.
  ///   - dictionary: says whether the language has a word, in small letters; nil where there is no
  ///     dictionary.
  init(listed: [String] = [], texts: [String] = [], dictionary: Dictionary? = nil) {
    self.dictionary = dictionary
    self.listed = Set(
      listed.flatMap { $0.split(separator: " ") }.map { String($0) }.filter { $0.count > 2 })
    var inside: [String: Int] = [:]
    for text in texts {
      for (word, isFirst) in Self.words(of: text) {
        counts[word, default: 0] += 1
        if !isFirst, word.first?.isUppercase == true { inside[word, default: 0] += 1 }
      }
    }
    // A name has its capital inside sentences too, more than once, and is never written small.
    let found = inside.filter { word, count in
      count > 1 && word.count > 2 && word != word.uppercased() && counts[word.lowercased()] == nil
    }
    // What the guide lists, and what is typed oftenest, comes first.
    let names = self.listed.union(found.keys).sorted { (weight($1), $0) < (weight($0), $1) }
    for name in names {
      let small = name.lowercased()
      guard bySmall[small] == nil else { continue }
      bySmall[small] = name
      guard name.count >= 5 else { continue }
      for form in Self.shortened(small) { byShortened[form, default: []].append(name) }
    }
  }

  private func weight(_ name: String) -> Int {
    listed.contains(name) ? .max : counts[name] ?? 0
  }

  /// The words that are typed nearly like a name, with the name as their fix; in order.
  func findings(in text: String) -> [Finding] {
    guard !bySmall.isEmpty else { return [] }
    let characters = Array(text)
    return MarkedText(text).pieces.compactMap { piece in
      guard piece.kind == .word else { return nil }
      let range = Self.core(of: characters, in: piece.range)
      let word = String(characters[range])
      guard let name = spelling(of: word) else { return nil }
      let lineStart = characters[..<range.lowerBound].lastIndex(where: \.isNewline).map { $0 + 1 }
      let column = range.lowerBound - (lineStart ?? 0) + 1
      return Finding(
        rule: Self.rule, level: .suggestion, message: "the project spells this name ‘\(name)’",
        range: range, start: TextPlace(line: piece.line + 1, column: column),
        end: TextPlace(line: piece.line + 1, column: column + range.count), text: word, fix: name)
    }
  }

  /// The name that `word` is meant for; nil where it is right, or no name.
  ///
  /// One letter too many, too few or another, or two that changed places, are forgiven.
  func spelling(of word: String) -> String? {
    guard word.count > 2, !listed.contains(word) else { return nil }
    let small = word.lowercased()
    if let name = bySmall[small] { return name == word || isOwn(word, beside: name) ? nil : name }
    let names = Self.shortened(small).flatMap { byShortened[$0] ?? [] }.filter { name in
      let name = name.lowercased()
      return Self.isNear(Array(small), Array(name)) && small != name + "s"
        && !isOwn(word, beside: name)
    }
    guard let name = names.max(by: { (weight($0), $1) < (weight($1), $0) }) else { return nil }
    // Without a dictionary only what is typed like a name can be told from a word.
    guard let dictionary else { return word.first?.isUppercase == true ? name : nil }
    return dictionary(small) ? nil : name
  }

  /// Whether the texts have `word` so often that it is a word, or a name, of its own.
  private func isOwn(_ word: String, beside name: String) -> Bool {
    guard let count = counts[word], count > 1, !listed.contains(name) else { return false }
    return count * 5 > counts[name] ?? 0
  }
}

// MARK: - Words and letters

extension KnownNames {
  /// The words of a text without the signs around them, and whether each begins a sentence.
  private static func words(of text: String) -> [(word: String, isFirst: Bool)] {
    var words: [(String, Bool)] = []
    var isFirst = true
    let characters = Array(text)
    for piece in MarkedText(text).pieces {
      switch piece.kind {
      case .label: isFirst = true
      case .tag, .mark: break
      case .word:
        let word = String(characters[core(of: characters, in: piece.range)])
        if !word.isEmpty { words.append((word, isFirst)) }
        // An abbreviation's point is taken for a sentence's: a name more or less is no matter.
        isFirst = piece.text.contains { ".?!…".contains($0) }
      }
    }
    return words
  }

  /// A word without the signs at its ends, and without `’s`.
  private static func core(of characters: [Character], in range: Range<Int>) -> Range<Int> {
    var range = range
    while let last = range.last, !isLetter(characters[last]) { range.removeLast() }
    while let first = range.first, !isLetter(characters[first]) { range.removeFirst() }
    if range.count > 3, characters[range.upperBound - 1] == "s",
      "'’".contains(characters[range.upperBound - 2])
    {
      range = range.lowerBound..<range.upperBound - 2
    }
    return range
  }

  private static func isLetter(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  /// A word, and the word less each of its letters: near words share one of these.
  private static func shortened(_ word: String) -> Set<String> {
    var forms: Set<String> = [word]
    for index in word.indices {
      var form = word
      form.remove(at: index)
      forms.insert(form)
    }
    return forms
  }

  /// Whether one letter more, less or other, or two that change places, makes one the other.
  private static func isNear(_ left: [Character], _ right: [Character]) -> Bool {
    guard abs(left.count - right.count) <= 1 else { return false }
    let head = zip(left, right).prefix { $0 == $1 }.count
    let (a, b) = (Array(left[head...]), Array(right[head...]))
    if a.count != b.count {
      return a.count > b.count ? Array(a.dropFirst()) == b : a == Array(b.dropFirst())
    }
    if a.dropFirst() == b.dropFirst() { return true }
    return a.count > 1 && a[0] == b[1] && a[1] == b[0] && a.dropFirst(2) == b.dropFirst(2)
  }
}
