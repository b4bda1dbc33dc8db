/// Words as numbers: equal words have equal numbers, so that inner loops compare integers.
///
/// Words that differ only in Unicode form (`é` in one or two scalars) are equal.
struct Lexicon {
  private var numbers: [String: Int32] = [:]
  private(set) var words: [String] = []
  /// The scalars of each word, by its number.
  private var letters: [[UInt32]] = []

  mutating func number(of word: String) -> Int32 {
    if let number = numbers[word] { return number }
    let number = Int32(words.count)
    numbers[word] = number
    words.append(word)
    letters.append(word.unicodeScalars.map(\.value))
    return number
  }

  /// The number of a word that was met before; nil for another.
  func known(_ word: String) -> Int32? { numbers[word] }

  subscript(number: Int32) -> String { words[Int(number)] }

  /// How alike two words are, in thousandths: 1 − character edit distance / the longer's length.
  func similarity(_ first: Int32, _ second: Int32) -> Int32 {
    if first == second { return 1000 }
    let (first, second) = (letters[Int(first)], letters[Int(second)])
    let longer = max(first.count, second.count)
    guard longer > 0 else { return 1000 }
    return Int32(1000 - 1000 * Self.distance(first, second) / longer)
  }

  /// Letters up to which words are compared one by one; nobody says a longer word.
  private static let comparable = 512

  /// The edit distance of two words; of very long ones, at most what remains between the letters
  /// that they share at their ends, so that it costs no more than to read them.
  private static func distance(_ first: [UInt32], _ second: [UInt32]) -> Int {
    let (shorter, longer) = (min(first.count, second.count), max(first.count, second.count))
    if longer <= comparable { return editDistance(first, second) }
    let start = zip(first, second).prefix { $0 == $1 }.count
    let end = zip(first.reversed(), second.reversed()).prefix { $0 == $1 }.count
    return longer - min(start + end, shorter)
  }

  /// How many letters two words share from their starts.
  func sharedStart(_ first: Int32, _ second: Int32) -> Int {
    zip(letters[Int(first)], letters[Int(second)]).prefix { $0 == $1 }.count
  }

  /// How many letters two words share at their ends.
  func sharedEnd(_ first: Int32, _ second: Int32) -> Int {
    zip(letters[Int(first)].reversed(), letters[Int(second)].reversed()).prefix { $0 == $1 }.count
  }

  /// The letters in which two words differ, between those that they share at their ends.
  func difference(_ first: Int32, _ second: Int32) -> (String, String) {
    let start = sharedStart(first, second)
    let words = [letters[Int(first)], letters[Int(second)]]
    let end = min(
      sharedEnd(first, second), min(words[0].count, words[1].count) - start)
    let parts = words.map { word in
      word[start..<word.count - end].reduce(into: "") { text, letter in
        if let scalar = Unicode.Scalar(letter) { text.unicodeScalars.append(scalar) }
      }
    }
    return (parts[0], parts[1])
  }

  func length(of word: Int32) -> Int { letters[Int(word)].count }
}

/// The least number of insertions, deletions and substitutions that turn `first` into `second`.
func editDistance<Symbol: Equatable>(_ first: [Symbol], _ second: [Symbol]) -> Int {
  let (rows, columns) = (first.count, second.count)
  if rows == 0 || columns == 0 { return max(rows, columns) }
  return withUnsafeTemporaryAllocation(of: Int32.self, capacity: columns + 1) { costs in
    for column in 0...columns { costs[column] = Int32(column) }
    for row in 0..<rows {
      let symbol = first[row]
      var diagonal = costs[0]
      costs[0] = Int32(row + 1)
      for column in 0..<columns {
        let above = costs[column + 1]
        let changed = diagonal + (symbol == second[column] ? 0 : 1)
        costs[column + 1] = min(changed, min(above, costs[column]) + 1)
        diagonal = above
      }
    }
    return Int(costs[columns])
  }
}
