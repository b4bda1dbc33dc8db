import Foundation

/// Which words are typed for which, as all texts of a job show it.
///
/// Where a word wins, the words that some texts have instead are mishearings of it. A word that is
/// often heard as another is backed by votes for that other one: `in` speaks for `and` more than
/// for `on`. What one pair is too rare to show, its pattern shows: a letter or an ending that is
/// left out (`stones` for `stone's`) more often than it is put in. Where few texts vote, a word that
/// is written elsewhere in the job is believed rather than one that is not.
struct Confusions {
  /// The settings were tuned on dev-clean of CrowdSpeech, and hold on dev-other.
  private enum Setting {
    /// What a tenfold likelihood adds to the backing, by the natural logarithm.
    static let pair = 0.14
    static let pattern = 0.1
    /// Votes' worth of common knowledge that every word, and every pattern, starts with.
    static let prior = 40.0
    static let patternPrior = 4.0
    /// How often any word is typed for any other, and how much more often for a like one.
    static let anyWord = 0.003
    static let likeWord = 0.05
    /// The likeness, in thousandths, from which the difference of two words is a pattern.
    static let alike: Int32 = 400
    /// What the logarithm is held within.
    static let logs = -2.0...3.0
    /// By the number of texts, how much it counts that a word stands elsewhere.
    static func familiarity(of texts: Int) -> Double { texts == 2 ? 0.5 : texts == 3 ? 0.2 : 0 }
    /// Beyond so many places a word is no more familiar.
    static let mostPlaces = 3.0
    /// No word is backed by votes for another as by its own.
    static let mostBacking = 0.9
  }

  /// A word that was said and one that was typed.
  private struct Pair: Hashable {
    var said: Int32
    var typed: Int32
    var reversed: Self { Pair(said: typed, typed: said) }
  }
  private var counts: [Pair: Double] = [:]
  /// Votes in the slots that a word won, by its number.
  private var totals: [Int32: Double] = [:]
  /// In how many places a word stands, by the share of the votes that it has there.
  private var places: [Int32: Double] = [:]
  private var patterns: [Pair: Int] = [:]
  private var patternCounts: [Double] = []

  init() {}

  init(in slots: [Slot], weights: [Double], lexicon: Lexicon) {
    var numbers: [String: Int] = [:]
    for slot in slots where !slot.isSilent {
      let tally = Tally(slot, weights: weights, lexicon: lexicon)
      let winner = tally.sums[tally.heaviest]
      guard tally.total > 0 else { continue }
      for sum in tally.sums where sum.word >= 0 {
        places[sum.word, default: 0] += sum.weight / tally.total
      }
      guard winner.word >= 0, slot.entries.count > 1 else { continue }
      let share = winner.weight / tally.total
      totals[winner.word, default: 0] += share * Double(slot.entries.count)
      guard tally.sums.count > 1 else { continue }
      let words = tally.sums.map(\.word).filter { $0 >= 0 }
      for said in words {
        for typed in words where typed != said {
          addPattern(Pair(said: said, typed: typed), &numbers, lexicon)
        }
      }
      for entry in slot.entries where entry.word >= 0 && entry.word != winner.word {
        let pair = Pair(said: winner.word, typed: entry.word)
        counts[pair, default: 0] += share
        if let pattern = patterns[pair] { patternCounts[pattern] += share }
      }
    }
  }

  private mutating func addPattern(
    _ pair: Pair, _ numbers: inout [String: Int], _ lexicon: Lexicon
  ) {
    guard patterns[pair] == nil, lexicon.similarity(pair.said, pair.typed) >= Setting.alike else {
      return
    }
    let (said, typed) = lexicon.difference(pair.said, pair.typed)
    let name = said + ">" + typed
    if numbers[name] == nil {
      numbers[name] = patternCounts.count
      patternCounts.append(0)
    }
    patterns[pair] = numbers[name]
  }

  /// What speaks for each word of a slot, its own mishearings among it, in the order of the tally.
  ///
  /// `support` is what the votes alone say.
  func support(_ support: [Double], of slot: Slot, _ tally: Tally, _ lexicon: Lexicon) -> [Double] {
    guard !places.isEmpty, tally.sums.count(where: { $0.word >= 0 }) > 1 else { return support }
    let own = Own(slot, tally)
    let familiarity = familiarity(in: slot, tally)
    let backed = support.indices.map { index in
      let said = tally.sums[index].word
      guard said >= 0 else { return support[index] }
      return tally.sums.reduce(support[index]) { sum, other in
        guard other.word >= 0, other.word != said else { return sum }
        let backing = Tally.backing(said, other.word, lexicon)
        let more = self.backing(of: Pair(said: said, typed: other.word), own, lexicon)
        return sum + other.weight * min(Setting.mostBacking - backing, more)
      }
    }
    return zip(backed, familiarity).map { $0 * $1 }
  }

  /// How familiar each word of a slot is beside the most familiar one; 1 for none.
  private func familiarity(in slot: Slot, _ tally: Tally) -> [Double] {
    let power = Setting.familiarity(of: slot.entries.count)
    guard power > 0, tally.total > 0 else { return tally.sums.map { _ in 1 } }
    let known = tally.sums.map { word, weight in
      let elsewhere = (places[word] ?? 0) - weight / tally.total
      return word < 0 ? 0 : min(Setting.mostPlaces, max(0, elsewhere)) + 0.5
    }
    let most = known.max() ?? 1
    return zip(tally.sums, known).map { $0.word < 0 ? 1 : pow($1 / most, power) }
  }

  private func backing(of pair: Pair, _ own: Own, _ lexicon: Lexicon) -> Double {
    let similarity = lexicon.similarity(pair.said, pair.typed)
    let alike = Double(similarity) / 1000
    let expected = Setting.anyWord + Setting.likeWord * alike * alike * alike
    let count = max(0, (counts[pair] ?? 0) - own.count(of: pair))
    let total = max(0, (totals[pair.said] ?? 0) - own.total(of: pair.said))
    let rate = (count + Setting.prior * expected) / (total + Setting.prior)
    var backing = Setting.pair * Self.held(log(rate / expected))
    if let pattern = patterns[pair], let reversed = patterns[pair.reversed] {
      let there = max(0, patternCounts[pattern] - own.count(of: pair))
      let back = max(0, patternCounts[reversed] - own.count(of: pair.reversed))
      backing +=
        Setting.pattern * log((there + Setting.patternPrior) / (back + Setting.patternPrior))
    }
    return backing
  }

  private static func held(_ value: Double) -> Double {
    min(max(value, Setting.logs.lowerBound), Setting.logs.upperBound)
  }

  /// What a slot itself has added to the counts: no slot is evidence for itself.
  private struct Own {
    private let winner: Int32
    private let share: Double
    private let slot: Slot

    init(_ slot: Slot, _ tally: Tally) {
      let winner = tally.sums[tally.heaviest]
      self.winner = winner.word
      share = tally.total > 0 ? winner.weight / tally.total : 0
      self.slot = slot
    }

    func count(of pair: Pair) -> Double {
      guard pair.said == winner else { return 0 }
      return share * Double(slot.entries.count { $0.word == pair.typed })
    }

    func total(of word: Int32) -> Double {
      word == winner ? share * Double(slot.entries.count) : 0
    }
  }
}
