/// Words that some write in one and others in two: `tomorrow`, `to morrow`.
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

  /// The pieces that go together with the next one, and the word that they make.
  private static func joints(
    in text: HeardText, _ lexicon: Lexicon, isWritten: (Int32) -> Bool
  ) -> [Int: Int32] {
    var joints: [Int: Int32] = [:]
    var index = 0
    while index + 1 < text.pieces.count {
      let (first, second) = (text.pieces[index], text.pieces[index + 1])
      guard first.tokens.count == 1, second.tokens.count == 1, first.speaker == second.speaker,
        second.mark == nil
      else {
        index += 1
        continue
      }
      let (a, b) = (text.tokens[first.tokens.lowerBound], text.tokens[second.tokens.lowerBound])
      if !a.isSilent, !b.isSilent,
        let word = lexicon.known(lexicon[a.word] + lexicon[b.word]), isWritten(word)
      {
        joints[index] = word
        index += 1
      }
      index += 1
    }
    return joints
  }

  private static func joined(_ text: HeardText, at joints: [Int: Int32]) -> HeardText {
    var joined = text
    (joined.pieces, joined.tokens) = ([], [])
    var index = 0
    while index < text.pieces.count {
      var piece = text.pieces[index]
      var tokens = Array(text.tokens[piece.tokens])
      if let word = joints[index] {
        index += 1
        let next = text.pieces[index]
        piece.text += " " + next.text
        tokens[0].word = word
        tokens[0].length += text.tokens[next.tokens.lowerBound].length
      }
      for token in tokens.indices { tokens[token].piece = Int32(joined.pieces.count) }
      piece.tokens = joined.tokens.count..<joined.tokens.count + tokens.count
      joined.tokens += tokens
      joined.pieces.append(piece)
      index += 1
    }
    joined.words = joined.tokens.filter { !$0.isSilent }.map(\.word)
    return joined
  }
}
