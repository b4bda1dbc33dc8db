import PeciaCore

/// One worker's text, ready to be compared: what was typed, and the words that it stands for.
struct HeardText {
  /// A word or a tag as it was typed.
  struct Piece {
    var text: String
    /// The speaker's label that holds for it.
    var speaker: String?
    var isTag: Bool
    /// The time mark before it, from the clip's start.
    var mark: Timestamp?
    /// Its tokens.
    var tokens: Range<Int> = 0..<0
  }
  /// A compared word; a silent one (a tag, `—`, a word the guide ignores) counts in no agreement.
  struct Token {
    var word: Int32
    var piece: Int32
    var isSilent: Bool
    /// Letters, for dividing time: at least 1.
    var length: Int32
  }

  var worker: String
  var typed: String
  var pieces: [Piece] = []
  var tokens: [Token] = []
  /// The words that count, without the silent ones.
  var words: [Int32] = []
  /// Whether it holds nothing but tags and blanks.
  var saysNothing: Bool { !pieces.contains { !$0.isTag } }
}

/// Makes texts comparable with each other: it gives equal words equal numbers.
struct TextReader {
  private let normaliser: Normaliser
  private(set) var lexicon = Lexicon()
  /// What is known of each typed form, so that it is worked out once.
  private var forms: [String: [Form]] = [:]

  private struct Form {
    var word: Int32
    var isSilent: Bool
    var typed: String
  }

  init(_ normalisation: Normalisation) { normaliser = Normaliser(normalisation) }

  mutating func read(_ text: WorkerText) -> HeardText {
    var heard = HeardText(worker: text.worker, typed: text.text)
    var speaker: String?
    var mark: Timestamp?
    for piece in MarkedText(text.text).pieces {
      switch piece.kind {
      case .label(let name): speaker = name
      case .mark(let time): mark = time
      case .word, .tag:
        heard.pieces.append(
          HeardText.Piece(
            text: String(piece.text), speaker: speaker, isTag: piece.kind == .tag, mark: mark))
        mark = nil
      }
    }
    for index in heard.pieces.indices { addTokens(of: index, to: &heard) }
    if normaliser.normalisation.ignoresRepeats { silenceRepeats(in: &heard) }
    heard.words = heard.tokens.filter { !$0.isSilent }.map(\.word)
    return heard
  }

  private mutating func addTokens(of index: Int, to heard: inout HeardText) {
    let piece = heard.pieces[index]
    let start = heard.tokens.count
    for form in forms(of: piece.text, isTag: piece.isTag) {
      heard.tokens.append(
        HeardText.Token(
          word: form.word, piece: Int32(index), isSilent: form.isSilent,
          length: Int32(max(1, lexicon.length(of: form.word)))))
    }
    heard.pieces[index].tokens = start..<heard.tokens.count
  }

  private mutating func forms(of text: String, isTag: Bool) -> [Form] {
    if let known = forms[text] { return known }
    var made = [Form]()
    if isTag {
      let name = text.lowercased().prefix { $0 != "]" } + "]"
      made = [
        Form(
          word: lexicon.number(of: String(name)), isSilent: normaliser.normalisation.ignoresTags,
          typed: text)
      ]
    } else {
      made = normaliser.parts(of: text).map {
        Form(
          word: lexicon.number(of: $0.word), isSilent: normaliser.ignores($0.word),
          typed: $0.typed)
      }
      if made.isEmpty { made = [Form(word: lexicon.number(of: text), isSilent: true, typed: text)] }
    }
    forms[text] = made
    return made
  }

  /// The letters of a piece that belong to one of its tokens.
  func typed(_ token: Int, of text: HeardText) -> String {
    let piece = text.pieces[Int(text.tokens[token].piece)]
    let forms = forms[piece.text] ?? []
    let place = token - piece.tokens.lowerBound
    return forms.indices.contains(place) ? forms[place].typed : piece.text
  }

  /// Leaves out of account what repeats the one to four words before it.
  private func silenceRepeats(in heard: inout HeardText) {
    var kept: [Int] = []
    var index = 0
    let spoken = heard.tokens.indices.filter { !heard.tokens[$0].isSilent }
    while index < spoken.count {
      let repeated = (1...4).first { length in
        guard kept.count >= length, index + length <= spoken.count else { return false }
        return (0..<length).allSatisfy {
          heard.tokens[kept[kept.count - length + $0]].word == heard.tokens[spoken[index + $0]].word
        }
      }
      if let repeated {
        for token in spoken[index..<index + repeated] { heard.tokens[token].isSilent = true }
        index += repeated
      } else {
        kept.append(spoken[index])
        index += 1
      }
    }
  }
}
