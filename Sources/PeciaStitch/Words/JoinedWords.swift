/// Words that some write in one and others in two: `tomorrow`, `to morrow`, `to-morrow`.
///
/// They count as one word, so that those who write it either way back each other; which way it is
/// written is put to the vote by itself.
enum JoinedWords {
  /// Makes one word of two neighbours where another of `texts` has them in one.
  static func join(_ texts: inout [HeardText], _ lexicon: Lexicon) {
    let words = texts.map { Set($0.words) }
    for index in texts.indices {
      let others = words.indices.filter { $0 != index }
      let joints = joints(in: texts[index], lexicon) { word in
        others.contains { words[$0].contains(word) }
      }
      if !joints.isEmpty { texts[index] = joined(texts[index], at: joints) }
    }
  }

  /// The tokens that go together with the next one, and the word that they make.
  private static func joints(
    in text: HeardText, _ lexicon: Lexicon, isWritten: (Int32) -> Bool
  ) -> [Int: Int32] {
    var joints: [Int: Int32] = [:]
    var index = 0
    while index + 1 < text.tokens.count {
      let (a, b) = (text.tokens[index], text.tokens[index + 1])
      if !a.isSilent, !b.isSilent, areNeighbours(index, in: text),
        let word = lexicon.known(lexicon[a.word] + lexicon[b.word]), isWritten(word)
      {
        joints[index] = word
        index += 1
      }
      index += 1
    }
    return joints
  }

  /// Whether a token and the next one stand in one piece, or are pieces of one turn.
  private static func areNeighbours(_ index: Int, in text: HeardText) -> Bool {
    let (a, b) = (text.tokens[index].piece, text.tokens[index + 1].piece)
    if a == b { return true }
    let (first, second) = (text.pieces[Int(a)], text.pieces[Int(b)])
    return b == a + 1 && first.tokens.count == 1 && second.tokens.count == 1
      && first.speaker == second.speaker && second.mark == nil
  }

  private static func joined(_ text: HeardText, at joints: [Int: Int32]) -> HeardText {
    var joined = text
    (joined.pieces, joined.tokens) = ([], [])
    var isOpen = false
    for (index, piece) in text.pieces.enumerated() {
      // The second piece of a joint has gone into the first.
      if isOpen {
        isOpen = false
        continue
      }
      var piece = piece
      let start = joined.tokens.count
      var token = piece.tokens.lowerBound
      while token < piece.tokens.upperBound {
        var one = text.tokens[token]
        one.piece = Int32(joined.pieces.count)
        if let word = joints[token] {
          token += 1
          one.word = word
          one.length += text.tokens[token].length
          if token == piece.tokens.upperBound {
            piece.text += " " + text.pieces[index + 1].text
            isOpen = true
          }
        }
        joined.tokens.append(one)
        token += 1
      }
      piece.tokens = start..<joined.tokens.count
      joined.pieces.append(piece)
    }
    joined.words = joined.tokens.filter { !$0.isSilent }.map(\.word)
    return joined
  }
}
