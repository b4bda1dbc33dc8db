/// The weights of the different words of a slot.
///
/// A word is backed in part by those that are like it, and a little by any word at all: several
/// spellings of a name together outweigh both nothing and another word.
struct Tally {
  private(set) var sums: [(word: Int32, weight: Double)] = []
  private(set) var total = 0.0
  /// How far word `i` backs word `j`, at `i × count + j`; empty where there is but one word.
  private var backing: [Double] = []

  /// What any word gives to another, and what a like one gives more.
  private static let anyWord = 0.1
  private static let likeWord = 0.2

  init(_ slot: Slot, weights: [Double], lexicon: Lexicon) {
    for entry in slot.entries {
      let weight = weights[Int(entry.text)] * entry.part
      total += weight
      if let known = sums.firstIndex(where: { $0.word == entry.word }) {
        sums[known].weight += weight
      } else {
        sums.append((entry.word, weight))
      }
    }
    guard sums.count > 2 || (sums.count == 2 && sums.allSatisfy { $0.word >= 0 }) else { return }
    for first in sums {
      for second in sums { backing.append(Self.backing(first.word, second.word, lexicon)) }
    }
  }

  static func backing(_ first: Int32, _ second: Int32, _ lexicon: Lexicon) -> Double {
    guard first != second, first >= 0, second >= 0 else { return first == second ? 1 : 0 }
    let alike = Double(lexicon.similarity(first, second)) / 1000
    return anyWord + likeWord * alike * alike * alike
  }

  /// The place in `sums` of the word that most speaks for.
  var heaviest: Int {
    let support = support()
    return sums.indices.dropFirst().reduce(0) { support[$1] > support[$0] * (1 + 1e-9) ? $1 : $0 }
  }

  /// What speaks for each word, in the order of `sums`, once `weight` of `word` is taken away.
  func support(without word: Int32 = -2, _ weight: Double = 0) -> [Double] {
    let left = sums.map { $0.word == word ? max(0, $0.weight - weight) : $0.weight }
    guard !backing.isEmpty else { return left }
    return sums.indices.map { index in
      // A word that nobody is left for cannot win.
      guard left[index] > 1e-9 else { return left[index] }
      return sums.indices.reduce(0) { $0 + left[$1] * backing[$1 * sums.count + index] }
    }
  }

  /// The word that most speaks for once `weight` of `word` is taken away, and its share of the
  /// rest; nil if nothing is left.
  func heaviest(without word: Int32, _ weight: Double) -> (Int32, Double)? {
    let rest = total - weight
    guard rest > 1e-9 else { return nil }
    let support = support(without: word, weight)
    var best = 0
    for index in sums.indices where support[index] > support[best] { best = index }
    let own = sums[best].word == word ? sums[best].weight - weight : sums[best].weight
    return (sums[best].word, min(1, own / rest))
  }
}
