/// What each of several texts has in one place.
struct Slot {
  struct Entry {
    /// The text's number in its job.
    var text: Int32
    /// The token's place in that text; −1 where the text has nothing here.
    var token: Int32
    /// The token's word; −1 where the text has nothing here.
    var word: Int32
    /// How far the text is to be trusted here, by how it fares in the words around: 1 as elsewhere.
    var trust: Float = 1
    /// How well this text's worker heard this place, from 0 to 1: words at a clip's edge are cut.
    var hearing = 1.0
    /// The part of its text's weight that it votes with.
    var part: Double { hearing * Double(trust) }

    /// How well the word at a clip's very edge is heard: it may be half a word.
    static let cut = 0.05
  }
  var entries: [Entry]
  /// Whether only tags, marks and ignored words stand here.
  var isSilent: Bool
}

/// Lays several texts of the same words against each other, slot by slot.
///
/// As in ROVER (Fiscus, 1997), one text after another is aligned with the slots so far; the text
/// nearest to all others comes first, then those nearest to it.
struct SlotBuilder {
  /// Prices in thousandths.
  private enum Price {
    static let gap = 620
    static let silentGap = 100
    static let change = 250
    static let unlike = 850
    static let never = 1_000_000
  }

  /// The slots of `texts`, whose numbers in the job are `numbers`.
  ///
  /// Where `weights` are known, the heaviest text comes first, then the others as they weigh.
  static func slots(
    of texts: [HeardText], numbers: [Int], lexicon: Lexicon, weights: [Double]? = nil
  ) -> [Slot] {
    let order =
      weights.map { weights in
        texts.indices.sorted { (-weights[$0], $0) < (-weights[$1], $1) }
      } ?? order(of: texts)
    var builder = SlotBuilder(texts: texts, lexicon: lexicon)
    for (place, text) in order.enumerated() { builder.add(text, after: place) }
    return builder.columns.map { column in
      let entries = zip(order, column.tokens).map { text, token in
        Slot.Entry(
          text: Int32(numbers[text]), token: token,
          word: token < 0 ? -1 : texts[text].tokens[Int(token)].word)
      }
      return Slot(entries: entries, isSilent: column.isSilent)
    }
  }

  /// The medoid, then the others by growing distance to it; equals by what they say.
  private static func order(of texts: [HeardText]) -> [Int] {
    let words = texts.map(\.words)
    var edits = [[Int]](repeating: Array(repeating: 0, count: texts.count), count: texts.count)
    var sums = [Double](repeating: 0, count: texts.count)
    for first in texts.indices {
      for second in texts.indices.dropFirst(first + 1) {
        let distance = wordDistance(words[first], words[second])
        (edits[first][second], edits[second][first]) = (distance, distance)
        let longer = max(words[first].count, words[second].count, 1)
        sums[first] += Double(distance) / Double(longer)
        sums[second] += Double(distance) / Double(longer)
      }
    }
    guard let medoid = texts.indices.min(by: { sums[$0] < sums[$1] }) else { return [] }
    return [medoid]
      + texts.indices.filter { $0 != medoid }
      .sorted { (edits[medoid][$0], $0) < (edits[medoid][$1], $1) }
  }

  /// One slot while texts are added.
  private struct Column {
    /// A token's place for each text so far, −1 for none.
    var tokens: [Int32]
    /// The different words (by their place in the table) and how many texts have each.
    var words: [(word: Int, count: Int)]
    var empties: Int
    var isSilent: Bool
  }

  private let texts: [HeardText]
  private let similarities: SimilarityTable
  private var columns: [Column] = []

  private init(texts: [HeardText], lexicon: Lexicon) {
    self.texts = texts
    similarities = SimilarityTable(of: texts, lexicon: lexicon)
  }

  /// Adds text number `text`, when `count` texts are already there.
  private mutating func add(_ text: Int, after count: Int) {
    let tokens = texts[text].tokens
    let words = similarities.places(of: tokens)
    let costs = Costs(
      count: count, tokens: tokens, words: words, slots: columns, similarities: similarities)
    var next: [Column] = []
    next.reserveCapacity(max(tokens.count, columns.count))
    let steps = AnchoredAlignment.steps(
      costs, first: words,
      second: columns.map { $0.words.max { ($0.count, $1.word) < ($1.count, $0.word) }?.word ?? -1 }
    )
    for step in steps {
      guard step.row >= 0 else {
        var column = columns[step.column]
        column.tokens.append(-1)
        column.empties += 1
        next.append(column)
        continue
      }
      guard step.column >= 0 else {
        next.append(
          Column(
            tokens: Array(repeating: -1, count: count) + [Int32(step.row)],
            words: [(words[step.row], 1)], empties: count,
            isSilent: tokens[step.row].isSilent))
        continue
      }
      var column = columns[step.column]
      column.tokens.append(Int32(step.row))
      if let known = column.words.firstIndex(where: { $0.word == words[step.row] }) {
        column.words[known].count += 1
      } else {
        column.words.append((words[step.row], 1))
      }
      next.append(column)
    }
    columns = next
  }

  /// The price of laying one more text against the slots so far, in thousandths × texts.
  private struct Costs: AlignmentCosts {
    let count: Int
    let tokens: [HeardText.Token]
    let words: [Int]
    let slots: [Column]
    let similarities: SimilarityTable

    var rows: Int { tokens.count }
    var columns: Int { slots.count }

    func skip(row: Int) -> Int {
      (tokens[row].isSilent ? Price.silentGap : Price.gap) * count
    }
    func skip(column: Int) -> Int {
      let slot = slots[column]
      return (slot.isSilent ? Price.silentGap : Price.gap) * (count - slot.empties)
    }
    func pair(_ row: Int, _ column: Int) -> Int {
      let isSilent = tokens[row].isSilent
      if isSilent != slots[column].isSilent { return Price.never * count }
      let word = words[row]
      var cost = (isSilent ? 0 : Price.gap * 9 / 10) * slots[column].empties
      for other in slots[column].words where other.word != word {
        let unlike = 1000 - similarities[word, other.word]
        cost += other.count * (Price.change + Price.unlike * unlike / 1000)
      }
      return cost
    }
  }
}

/// How alike the words of a few texts are, worked out once for each pair.
private struct SimilarityTable {
  private var numbers: [Int32: Int] = [:]
  private var words: [Int32] = []
  private var table: [Int16] = []
  private let lexicon: Lexicon

  /// Beyond this many words the table would take more room than it saves time.
  private static let largest = 4000

  init(of texts: [HeardText], lexicon: Lexicon) {
    self.lexicon = lexicon
    for text in texts {
      for token in text.tokens where numbers[token.word] == nil {
        numbers[token.word] = words.count
        words.append(token.word)
      }
    }
    guard words.count <= Self.largest else { return }
    let count = words.count
    table = Array(repeating: 1000, count: count * count)
    for first in words.indices {
      for second in 0..<first {
        let similarity = Int16(lexicon.similarity(words[first], words[second]))
        table[first * count + second] = similarity
        table[second * count + first] = similarity
      }
    }
  }

  func places(of tokens: [HeardText.Token]) -> [Int] { tokens.map { numbers[$0.word] ?? 0 } }

  subscript(first: Int, second: Int) -> Int {
    table.isEmpty
      ? Int(lexicon.similarity(words[first], words[second]))
      : Int(table[first * words.count + second])
  }
}
