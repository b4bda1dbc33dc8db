import PeciaCore

/// The smallest piece that a line or a cue is made of: a word, or a piece of one that may break.
struct Atom {
  /// The place of its word in the list that was cut.
  var word: Int
  var text: Substring
  /// In grapheme clusters.
  var width: Int
  /// Milliseconds.
  var start: Int
  var end: Int
  /// Whether a blank parts it from the piece before, when both stand in one line.
  var spaced: Bool
  /// Whether it goes on with the word of the piece before.
  var continues: Bool
  /// A number for its speaker; 0 for none.
  var speaker: Int
}

/// Makes atoms of words: times that never run backwards, pieces that fit a line where one can be
/// had without changing the word.
struct Atomiser {
  /// The most characters in a line.
  let limit: Int
  private(set) var atoms: [Atom] = []
  private(set) var speakers: [String: Int] = [:]
  private var clock = 0
  private var last: Character?

  init(_ words: [TimedWord], limit: Int) {
    self.limit = limit
    atoms.reserveCapacity(words.count + 8)
    for (index, word) in words.enumerated() {
      let start = max(clock, word.range.lowerBound.milliseconds)
      let next = index + 1 < words.count ? words[index + 1].range.lowerBound.milliseconds : .max
      let end = max(start, min(word.range.upperBound.milliseconds, max(next, start)))
      clock = start
      add(word, index: index, start: start, end: end)
    }
  }

  private mutating func add(_ word: TimedWord, index: Int, start: Int, end: Int) {
    let speaker = word.speaker.map { name in
      if let number = speakers[name] { return number }
      speakers[name] = speakers.count + 1
      return speakers.count
    }
    let pieces = pieces(of: word.text)
    let total = max(pieces.reduce(0) { $0 + $1.width }, 1)
    var done = 0
    for (number, piece) in pieces.enumerated() {
      let from = start + (end - start) * done / total
      done += piece.width
      let unspaced = Script.isUnspaced(last) && Script.isUnspaced(piece.text.first)
      atoms.append(
        Atom(
          word: index, text: piece.text, width: piece.width, start: from,
          end: start + (end - start) * done / total,
          spaced: number > 0 ? piece.spaced : !unspaced, continues: number > 0,
          speaker: speaker ?? 0))
      last = piece.text.last
    }
  }

  private typealias Piece = (text: Substring, width: Int, spaced: Bool)

  /// A word's pieces: parted at its blanks, and between characters in scripts without blanks.
  private func pieces(of word: String) -> [Piece] {
    if word.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
      return word.isEmpty ? [] : [(word[...], word.utf8.count, false)]
    }
    return word.split(whereSeparator: \.isWhitespace).flatMap { part -> [Piece] in
      let width = visibleCharacters(in: part)
      guard width > min(8, limit), Script.hasUnspaced(part) else { return [(part, width, true)] }
      return runs(of: part)
    }
  }

  /// Runs of a text without blanks, cut behind punctuation and where hiragana ends.
  private func runs(of part: Substring) -> [Piece] {
    var runs: [Piece] = []
    var from = part.startIndex
    var width = 0
    var index = part.startIndex
    while index < part.endIndex {
      let character = part[index]
      let next = part.index(after: index)
      width += 1
      defer { index = next }
      guard next < part.endIndex else { break }
      let follower = part[next]
      if Script.neverFirst.contains(follower) || Script.neverLast.contains(character) {
        if width < limit { continue }
      } else {
        guard Script.isUnspaced(character) || Script.isUnspaced(follower) else { continue }
        let ends = Script.neverFirst.contains(character) && character.isPunctuation
        let turns = Script.isHiragana(character) && !Script.isHiragana(follower)
        guard ends || turns || width >= min(8, limit) else { continue }
      }
      runs.append((part[from..<next], width, runs.isEmpty))
      (from, width) = (next, 0)
    }
    runs.append((part[from...], visibleCharacters(in: part[from...]), runs.isEmpty))
    return runs
  }
}
