/// All the words and phrases that a guide's rules name, looked up once for every word of a text.
struct Lexicon: Sendable {
  /// A word or phrase that a rule names.
  struct Phrase: Hashable, Sendable {
    /// The rule's number in the guide.
    var rule: Int
    /// The phrase's number in its rule; negative for an exception.
    var number: Int
    var text: String
  }
  /// Where a rule's phrase stands in a text.
  struct Hit: Hashable, Sendable {
    var rule: Int
    var number: Int
    /// The numbers of the words.
    var words: Range<Int>
    var range: Range<Int>
  }

  private struct Node: Sendable {
    var next: [Int32: Int] = [:]
    var phrases: [Int] = []
  }

  private var lexemes: [UInt32: [Int32]] = [:]
  private var spellings: [[Code]] = []
  private var nodes: [Node] = [Node()]
  private var phrases: [Phrase] = []

  init() {}

  init(_ phrases: [Phrase]) {
    for phrase in phrases { add(phrase) }
  }

  /// The words of `phrase`; nil where it holds more than words and single blanks.
  static func words(of phrase: String) -> [[Code]]? {
    let reading = Reading(phrase, as: .transcript(), grammar: .init(), lexicon: .init())
    guard !reading.words.isEmpty, reading.marks.isEmpty else { return nil }
    var end = 0
    for word in reading.words {
      guard Int(word.start) == (end == 0 ? 0 : end + 1), end == 0 || reading.codes[end] == 32
      else { return nil }
      end = Int(word.end)
    }
    guard end == reading.codes.count else { return nil }
    return reading.words.map { reading.codes[$0.range].map(\.folded) }
  }

  private mutating func add(_ phrase: Phrase) {
    guard let words = Self.words(of: phrase.text) else { return }
    var node = 0
    for word in words {
      let lexeme = lexeme(adding: word)
      if let next = nodes[node].next[lexeme] {
        node = next
      } else {
        nodes.append(Node())
        nodes[node].next[lexeme] = nodes.count - 1
        node = nodes.count - 1
      }
    }
    phrases.append(phrase)
    nodes[node].phrases.append(phrases.count - 1)
  }

  private static func hash(_ word: [Code]) -> UInt32 {
    word.reduce(2_166_136_261) { ($0 ^ $1) &* 16_777_619 }
  }

  private mutating func lexeme(adding word: [Code]) -> Int32 {
    let hash = Self.hash(word)
    for known in lexemes[hash] ?? [] where spellings[Int(known)] == word { return known }
    spellings.append(word)
    lexemes[hash, default: []].append(Int32(spellings.count - 1))
    return Int32(spellings.count - 1)
  }

  /// The number of the word at `range`, whose `hash` is known; −1 where no rule names it.
  func lexeme(
    _ text: UnsafeBufferPointer<Code>, _ range: Range<Int>, hash: UInt32
  ) -> Int32 {
    guard let known = lexemes[hash] else { return -1 }
    for lexeme in known {
      let spelling = spellings[Int(lexeme)]
      guard spelling.count == range.count else { continue }
      if zip(range, spelling).allSatisfy({ text[$0].folded == $1 }) { return lexeme }
    }
    return -1
  }

  /// Where the rules' phrases stand, by rule; for each rule from left to right, the longest first.
  func hits(in reading: Reading, rules: Int) -> [[Hit]] {
    var hits = Array(repeating: [Hit](), count: rules)
    for first in reading.words.indices where reading.words[first].lexeme >= 0 {
      var (node, last) = (0, first)
      while last < reading.words.count, let next = nodes[node].next[reading.words[last].lexeme] {
        guard last == first || reading.isOnlyBlank(between: last - 1, and: last) else { break }
        node = next
        last += 1
        for phrase in nodes[node].phrases {
          let range = Int(reading.words[first].start)..<Int(reading.words[last - 1].end)
          hits[phrases[phrase].rule].append(
            Hit(
              rule: phrases[phrase].rule, number: phrases[phrase].number, words: first..<last,
              range: range))
        }
      }
    }
    return hits.map(Self.chosen)
  }

  /// Leaves the longest of the hits that overlap, and none that an exception covers or touches.
  private static func chosen(_ hits: [Hit]) -> [Hit] {
    guard !hits.isEmpty else { return [] }
    let sorted = hits.sorted {
      ($0.words.lowerBound, -$0.words.upperBound, $0.number)
        < ($1.words.lowerBound, -$1.words.upperBound, $1.number)
    }
    var exceptions = sorted.filter { $0.number < 0 }[...]
    var (chosen, end) = ([Hit](), 0)
    for hit in sorted where hit.number >= 0 {
      while let first = exceptions.first, first.words.upperBound <= hit.words.lowerBound {
        exceptions.removeFirst()
      }
      let excepted = exceptions.prefix { $0.words.lowerBound < hit.words.upperBound }
        .contains { $0.words.overlaps(hit.words) }
      guard !excepted, hit.words.lowerBound >= end else { continue }
      chosen.append(hit)
      end = hit.words.upperBound
    }
    return chosen
  }
}

extension Reading {
  /// Whether nothing but blanks stands between two words that follow one another.
  func isOnlyBlank(between left: Int, and right: Int) -> Bool {
    let (start, end) = (Int(words[left].end), Int(words[right].start))
    guard start < end else { return false }
    return plain[start..<end].allSatisfy { $0.isBlank && !$0.isNewline } || hasOneBreak(start..<end)
  }

  /// Whether `range` is blanks with a single line end: a phrase may run over it.
  private func hasOneBreak(_ range: Range<Int>) -> Bool {
    var breaks = 0
    for index in range {
      guard plain[index].isBlank else { return false }
      if plain[index] == 10 { breaks += 1 }
    }
    return breaks <= 1
  }
}
