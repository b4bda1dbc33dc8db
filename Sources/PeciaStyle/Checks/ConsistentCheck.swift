/// `consistent`: of several forms a text uses one throughout.
struct ConsistentCheck: Check {
  static let key = "consistent"
  static let knowsFixes = true
  static let placeholders: Set<String> = ["first"]
  private let list: WordList
  /// The forms of words, by the number of the group; an entry's number leads to its place here.
  private let groups: [[String]]
  private let places: [(group: Int, form: Int)]
  /// The forms of a sign, each as the characters that belong to it.
  private let signs: [[[Code]]]
  private let prefers: Bool
  /// What a person is called throughout, its name the first group: `=Bo=`.
  private let names: Pattern?
  var phrases: [(number: Int, text: String)] { list.phrases }

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    var list = WordList(scope: context.scope)
    var groups: [[String]] = []
    var places: [(group: Int, form: Int)] = []
    for entry in fields.optional("either")?.entries ?? [] {
      let forms = try entry.entries.map { try $0.string("either") }
      guard forms.count > 1 else {
        throw entry.wrong("a group has one form only", "write ‘[okay, OK]’ for each group")
      }
      for (form, text) in forms.enumerated() {
        try list.add(text, number: places.count, at: entry)
        places.append((groups.count, form))
      }
      groups.append(forms)
    }
    signs = try (fields.optional("signs")?.entries ?? []).map { entry in
      try entry.entries.map { try $0.string("signs").codes }
    }
    prefers = try fields.bool("first") ?? false
    names = try fields.optional("names")?.pattern(ignoresCase: false)
    guard !groups.isEmpty || !signs.isEmpty || names != nil else {
      throw fields.entry.wrong("the rule names no forms", "write ‘either: [[okay, OK]]’")
    }
    (self.list, self.groups, self.places) = (list, groups, places)
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var used: [Int: Int] = [:]
    var violations: [Violation] = []
    for hit in list.hits(in: reading, hits) {
      let (group, form) = places[hit.number]
      let wanted = prefers ? 0 : used[group] ?? form
      used[group] = wanted
      guard form != wanted else { continue }
      let text = groups[group][wanted]
      let fix =
        text.first?.isUppercase == true ? text : text.withCase(of: reading.string(hit.range))
      violations.append(Violation(range: hit.range, fix: fix, values: ["first": text]))
    }
    for forms in signs { violations += signViolations(forms, reading) }
    if let names { violations += nameViolations(names, reading) }
    return violations
  }

  /// Names that sound like one that stands above: `Beau` behind `Bo`.
  private func nameViolations(_ names: Pattern, _ reading: Reading) -> [Violation] {
    var first: [String: String] = [:]
    return names.matches(in: reading.plain).compactMap { match in
      guard let name = match.groups.first.flatMap({ $0 }).map({ reading.string($0) }) else {
        return nil
      }
      let sound = Self.sound(of: name)
      let known = first[sound] ?? name
      first[sound] = known
      guard known != name else { return nil }
      return Violation(range: match.range, values: ["first": known])
    }
  }

  /// What is left of a name without its vowels, doubled letters and mute h; its first letter stays.
  private static func sound(of name: String) -> String {
    var sound = ""
    for letter in name.lowercased() where letter.isLetter || letter.isNumber {
      if sound.isEmpty || !("aeiouyhw".contains(letter) || sound.last == letter) {
        sound.append(letter)
      }
    }
    return sound
  }

  private func signViolations(_ forms: [[Code]], _ reading: Reading) -> [Violation] {
    let all = Set(forms.flatMap { $0 })
    var wanted: Int? = prefers ? 0 : nil
    var violations: [Violation] = []
    for index in reading.plain.indices where all.contains(reading.plain[index]) {
      guard let form = forms.firstIndex(where: { $0.contains(reading.plain[index]) }) else {
        continue
      }
      let standard = wanted ?? form
      wanted = standard
      guard form != standard else { continue }
      let sign = Self.sign(of: forms[standard], at: index, reading)
      violations.append(
        Violation(
          range: index..<index + 1, fix: sign,
          values: ["first": sign ?? String(codes: forms[standard])]))
    }
    return violations
  }

  /// The sign of a form that fits at a place: of a pair the first opens and the second closes, and
  /// stands for an apostrophe.
  ///
  /// nil where `'` may be either: before a word (`'tis`), and behind one on a line where a `'`
  /// stands before a word.
  private static func sign(of form: [Code], at index: Int, _ reading: Reading) -> String? {
    guard form.count > 1 else { return String(codes: form) }
    let isOpening = opens(at: index, reading)
    if reading.plain[index] == apostrophe {
      if isOpening { return nil }
      let start = (reading.plain[..<index].lastIndex(of: 10) ?? -1) + 1
      let isOpen = (start..<index).contains {
        reading.plain[$0] == apostrophe && opens(at: $0, reading)
      }
      if isOpen, reading.plain(at: index + 1)?.isLetter != true { return nil }
    }
    return String(codes: [form[isOpening ? 0 : 1]])
  }

  private static let apostrophe: Code = 39

  /// Whether a sign stands before a word.
  private static func opens(at index: Int, _ reading: Reading) -> Bool {
    let before = reading.plain(at: index - 1)
    return before == nil || before?.isBlank == true || before == 40 || before == 91
  }
}
