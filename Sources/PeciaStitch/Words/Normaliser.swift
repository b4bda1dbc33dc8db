import PeciaCore

/// Brings words to the form in which they are compared.
struct Normaliser {
  /// One compared word of a typed one, and the letters that it came from.
  struct Part: Hashable {
    var word: String
    /// As it was typed, punctuation included.
    var typed: String
  }

  let normalisation: Normalisation
  private let spellings: [String: [String]]
  private let ignored: Set<String>

  init(_ normalisation: Normalisation) {
    self.normalisation = normalisation
    var spellings: [String: [String]] = [:]
    if normalisation.language.hasPrefix("en") {
      spellings = [
        "mr": ["mister"], "mrs": ["missus"], "dr": ["doctor"], "ok": ["okay"],
      ]
    }
    // A phrase that stands for one word is turned around: the word then stands for the phrase.
    for (form, meant) in normalisation.sameSpellings.sorted(by: { $0.key < $1.key }) {
      let (form, meant) = (Self.cleaned(form), Self.cleaned(meant))
      if form.count == 1 {
        spellings[form[0]] = meant
      } else if meant.count == 1 {
        spellings[meant[0]] = form
      }
    }
    self.spellings = spellings
    ignored = Set(normalisation.ignoredWords.flatMap { Self.cleaned($0) })
  }

  /// The words to compare of a typed one: several for `well-known` or `1905`, none for `—`.
  func parts(of typed: String) -> [Part] {
    Self.runs(in: Self.withoutThousandsCommas(typed)).flatMap { run in
      let words = words(for: run.word)
      return words.enumerated().map { index, word in
        Part(word: word, typed: words.count == 1 ? run.typed : word)
      }
    }
  }

  /// Whether the guide leaves this word out of account.
  func ignores(_ word: String) -> Bool { ignored.contains(word) }

  private func words(for run: String) -> [String] {
    if let meant = spellings[run] { return meant }
    guard normalisation.ignoresNumberForm, normalisation.language.hasPrefix("en"),
      run.utf8.first.map({ (48...57).contains($0) }) == true
    else { return [run] }
    return NumberForm.words(for: run) ?? NumberForm.ordinal(run) ?? [run]
  }

  /// The words of `text` in lower case without punctuation, for plain lists of words.
  static func cleaned(_ text: String) -> [String] {
    runs(in: withoutThousandsCommas(text)).map(\.word)
  }

  /// Letters, digits and apostrophes in lower case; every other character parts two words.
  private static func runs(in text: String) -> [Part] {
    var runs: [Part] = []
    var (word, typed) = ("", "")
    func close(_ word: inout String, _ typed: inout String) {
      let stripped = withoutOuterApostrophes(word)
      if stripped.isEmpty {
        // Punctuation goes with the word before it, or waits for the one behind it.
        if !runs.isEmpty {
          runs[runs.count - 1].typed += typed
          typed = ""
        }
      } else {
        runs.append(Part(word: stripped, typed: typed))
        typed = ""
      }
      word = ""
    }
    for character in text {
      if let plain = plain(character) {
        if word.isEmpty, !runs.isEmpty, !typed.isEmpty {
          runs[runs.count - 1].typed += typed
          typed = ""
        }
        word += plain
        typed.append(character)
      } else if character == "&" {
        close(&word, &typed)
        runs.append(Part(word: "and", typed: typed + "&"))
        typed = ""
      } else {
        typed.append(character)
        if !word.isEmpty { close(&word, &typed) }
      }
    }
    close(&word, &typed)
    return runs
  }

  private static func plain(_ character: Character) -> String? {
    if character.isLetter || character.isNumber { return character.lowercased() }
    return apostrophes.contains(character) ? "'" : nil
  }

  static let apostrophes: Set<Character> = ["'", "’", "‘", "`", "´", "ʼ", "＇"]

  /// Quotes at a word's ends go, the apostrophe of `dogs'` and `'tis` stays.
  private static func withoutOuterApostrophes(_ word: String) -> String {
    guard word.hasPrefix("'") || word.hasSuffix("'") else { return word }
    var bare = word[...]
    while bare.hasPrefix("'") { bare = bare.dropFirst() }
    if ["tis", "twas"].contains(bare), word.hasPrefix("'") { return "'" + bare }
    let opened = bare.endIndex
    while bare.hasSuffix("'") { bare = bare.dropLast() }
    let plural = bare.hasSuffix("s") && bare.endIndex < opened && !word.hasPrefix("'")
    return plural ? bare + "'" : String(bare)
  }

  /// `10,000` without its comma; other commas stay.
  private static func withoutThousandsCommas(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ",")), text.contains(where: \.isDigit) else {
      return text
    }
    let characters = Array(text)
    func isDigit(_ index: Int) -> Bool {
      characters.indices.contains(index) && characters[index].isDigit
    }
    return String(
      characters.indices.filter { index in
        guard characters[index] == ",", isDigit(index - 1) else { return true }
        return !((1...3).allSatisfy { isDigit(index + $0) } && !isDigit(index + 4))
      }
      .map { characters[$0] })
  }
}
