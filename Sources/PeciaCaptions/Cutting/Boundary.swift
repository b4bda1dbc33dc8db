/// What stands between two neighbouring atoms, and what it costs to part them there.
struct Boundary {
  /// A sentence ends here.
  var endsSentence = false
  /// What ending a cue here costs.
  var cue = Price()
  /// What ending a line here costs.
  var line = Price()
}

/// Judges the places between atoms by grammar, punctuation, pauses and script.
struct BoundaryJudge {
  private let atoms: [Atom]
  private let forms: WordForms
  private let words: LanguageWords

  init(_ atoms: [Atom], language: LanguageWords) {
    self.atoms = atoms
    words = language
    forms = WordForms(atoms, language)
  }

  /// The boundary before each atom, and the one behind the last; the first and last cost nothing.
  func boundaries() -> [Boundary] {
    (0...atoms.count).map { index in
      guard index > 0, index < atoms.count else { return Boundary(endsSentence: true) }
      return boundary(before: index)
    }
  }

  /// The words that end a sentence, by their place in the list that was cut.
  func sentenceEnds() -> Set<Int> {
    Set(atoms.indices.filter(endsSentence).map { atoms[$0].word })
  }

  private func boundary(before index: Int) -> Boundary {
    var boundary = Boundary()
    let (left, right) = (forms[index - 1], forms[index])
    let pause = max(0, atoms[index].start - atoms[index - 1].end)
    boundary.endsSentence = endsSentence(index - 1)
    if boundary.endsSentence {
      (boundary.cue.taste, boundary.line.taste) = (0, 30)
    } else if left.endsClause {
      (boundary.cue.taste, boundary.line.taste) = (70, 20)
    } else if right.kinds.contains(.opener) || right.opensBracket {
      (boundary.cue.taste, boundary.line.taste) = (130, 40)
    } else {
      (boundary.cue.taste, boundary.line.taste) = (230, 80)
    }
    // A pause makes a good end of nearly any cue.
    boundary.cue.taste *= 1 - min(0.9, Double(pause) / 1200)
    let fault = fault(left, right, index: index)
    boundary.cue += fault
    boundary.line += fault
    return boundary
  }

  /// What is wrong with parting two words that belong together.
  private func fault(_ left: WordForm, _ right: WordForm, index: Int) -> Price {
    let atom = atoms[index]
    if atom.continues {
      return Price(taste: atom.spaced ? Cost.splitWord : Cost.splitWord / 10)
    }
    let changes = atoms[index - 1].speaker != atom.speaker
    return changes ? Price() : Self.fault(left, right, words)
  }

  /// Whether a line that ends with `left` ends on a word that belongs to `right`.
  static func isFault(_ left: Substring, _ right: Substring, _ words: LanguageWords) -> Bool {
    fault(WordForm(left, words), WordForm(right, words), words).fault >= Cost.leaning
  }

  private static func fault(
    _ left: WordForm, _ right: WordForm, _ words: LanguageWords
  ) -> Price {
    if left.isUnspaced || right.isUnspaced {
      if Script.neverFirst.contains(right.first) { return Price(fault: Cost.bound) }
      if Script.neverLast.contains(left.last) { return Price(fault: Cost.bound) }
      return Price()
    }
    if left.endsMark { return Price() }
    if left.kinds.contains(.title), right.isCapital { return Price(fault: Cost.bound) }
    if left.endsFullStop { return Price() }
    // Of ‘very very late’ only the second one belongs to what follows.
    if left.bare == right.bare, !left.kinds.isDisjoint(with: [.bound, .leaning]) {
      return Price(fault: Cost.repeated)
    }
    if left.kinds.contains(.bound) { return Price(fault: Cost.bound) }
    if left.endsClause { return Price() }
    if left.isNumber, right.isNumber || right.kinds.contains(.unit) {
      return Price(fault: Cost.splitNumber)
    }
    if left.kinds.contains(.leaning) { return Price(fault: Cost.leaning) }
    // Who says a name twice may be parted between.
    if left.bare == right.bare { return Price(taste: 300) }
    if left.isCapital, right.isCapital, !left.bare.isEmpty {
      return words.capitalsAreNames ? Price(fault: Cost.splitName) : Price(taste: 300)
    }
    return Price(taste: left.isNumber ? 400 : 0)
  }

  /// Whether the word at `index` ends a sentence: `Dr.`, `3.14` and the `1.` of a list do not.
  private func endsSentence(_ index: Int) -> Bool {
    let form = forms[index]
    if form.endsMark { return true }
    guard form.endsFullStop else { return false }
    let next = index + 1 < atoms.count ? forms[index + 1] : nil
    if let next, next.isSmall { return false }
    if form.endsEllipsis { return true }
    if form.kinds.contains(.abbreviation) { return false }
    // Initials: `J.`, `U.S.`
    if form.bare.count == 1, form.isCapital { return false }
    if form.bare.contains("."), !form.isNumber { return false }
    if form.isNumber, form.bare.count <= 2 {
      return words.capitalsAreNames && index > 0 && !opensSentence(index)
    }
    return true
  }

  private func opensSentence(_ index: Int) -> Bool {
    let before = forms[index - 1]
    return before.endsMark || before.endsFullStop
      || atoms[index].speaker != atoms[index - 1].speaker
  }
}

/// The forms of many words, each different word looked at once.
private struct WordForms {
  private var forms: [WordForm] = []
  private var places: [Int32] = []

  init(_ atoms: [Atom], _ words: LanguageWords) {
    var known: [String: Int32] = [:]
    places.reserveCapacity(atoms.count)
    for atom in atoms {
      let text = String(atom.text)
      if let place = known[text] {
        places.append(place)
      } else {
        let place = Int32(forms.count)
        known[text] = place
        places.append(place)
        forms.append(WordForm(atom.text, words))
      }
    }
  }

  /// The form of the word at `index` of the many.
  subscript(index: Int) -> WordForm { forms[Int(places[index])] }
}

/// What the look of a word says: its bare form, its lists and what stands at its ends.
struct WordForm {
  /// In lower case, without the punctuation around it.
  let bare: String
  let kinds: LanguageWords.Kinds
  let first: Character
  let last: Character
  let isCapital: Bool
  let isSmall: Bool
  let isNumber: Bool
  /// Whether either end is in a script without blanks.
  let isUnspaced: Bool
  /// `?`, `!` and their like.
  let endsMark: Bool
  let endsFullStop: Bool
  let endsEllipsis: Bool
  /// A comma, a colon, a dash, a closing bracket.
  let endsClause: Bool
  let opensBracket: Bool

  init(_ text: Substring, _ words: LanguageWords) {
    // Most words are nothing but small letters.
    if text.utf8.allSatisfy(Self.isPlain), text.utf8.first != 0x27, text.utf8.last != 0x27 {
      self.init(plain: text, words)
    } else {
      self.init(marked: text, words)
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x61 && byte <= 0x7A || byte == 0x27
  }

  private init(plain text: Substring, _ words: LanguageWords) {
    bare = String(text)
    kinds = words.kinds[bare] ?? []
    first = text.first ?? " "
    last = text.last ?? " "
    (isSmall, isCapital, isNumber, isUnspaced) = (true, false, false, false)
    (endsMark, endsFullStop, endsEllipsis, endsClause) = (false, false, false, false)
    opensBracket = false
  }

  private init(marked text: Substring, _ words: LanguageWords) {
    var tail = text
    while let sign = tail.last, Self.closers.contains(sign) { tail.removeLast() }
    let closed = tail.endIndex != text.endIndex
    let sign = tail.last
    endsMark = sign.map(Self.marks.contains) ?? false
    endsEllipsis = sign == "…" || tail.hasSuffix("..")
    endsFullStop = sign == "." || sign == "…" || sign == "।" || sign == "۔"
    endsClause =
      !endsMark && !endsFullStop && (closed || sign.map(Self.clauses.contains) ?? false)
    while let sign = tail.last, Self.isOutside(sign) { tail.removeLast() }
    var inner = tail
    while let sign = inner.first, Self.isOutside(sign) { inner.removeFirst() }
    bare = inner.lowercased().replacingCurls()
    kinds = words.kinds[bare] ?? []
    first = text.first ?? " "
    last = text.last ?? " "
    isCapital = inner.first?.isUppercase ?? false
    isSmall = inner.first?.isLowercase ?? false
    isNumber = inner.first?.isNumber ?? false
    isUnspaced = Script.isUnspaced(first) || Script.isUnspaced(last)
    opensBracket = "([{«“".contains(first)
  }

  private static let closers = Set<Character>("\"'”’»)]}›」』）】")
  private static let marks = Set<Character>("?!。！？؟‽⁇⁈")
  private static let clauses = Set<Character>(",;:—–-、，；：،؛")

  private static func isOutside(_ character: Character) -> Bool {
    if character.isLetter || character.isNumber { return false }
    return character.isPunctuation || character == "¿" || character == "¡"
  }
}

extension String {
  /// With straight apostrophes, as the word lists have them.
  fileprivate func replacingCurls() -> String {
    utf8.contains(0xE2) ? String(map { $0 == "’" ? "'" : $0 }) : self
  }
}
