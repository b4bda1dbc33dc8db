import Foundation

/// How far each text of a job is to be trusted, learnt from the texts alone.
///
/// Expectation–maximisation over the whole job (after Dawid and Skene, 1979): where a text differs
/// from what the others make of a place, its worker's error chance grows; from the error chances
/// come new weights, and from these a new consensus.
struct Reliability {
  /// The settings were tuned on dev-clean of CrowdSpeech, and hold on dev-other.
  struct Settings {
    var rounds = 3
    /// Comparisons' worth of average worker that everybody starts with.
    var prior = 12.0
    /// How much a text's own differences count, beside those of its worker's other texts.
    var local = 4.0
    var power = 2.8
    var margin = 0.9
  }

  /// The weight of each text in a vote.
  private(set) var weights: [Double]
  /// The chance that a word of this text is wrong.
  private(set) var errorChances: [Double]
  /// The chance that a word of this worker is wrong, by worker; nil without a comparison.
  private(set) var workerErrors: [Double?]

  /// - Parameters:
  ///   - slots: all slots of the job.
  ///   - workers: the number of each text's worker.
  ///   - lexicon: the words of the slots.
  ///   - fixed: texts that a reviewer decided on: they outweigh all others.
  ///   - settings: how the estimate is made.
  init(
    slots: [Slot], workers: [Int], lexicon: Lexicon, fixed: Set<Int> = [],
    settings: Settings = Settings()
  ) {
    weights = Array(repeating: 1, count: workers.count)
    errorChances = Array(repeating: Self.unknown, count: workers.count)
    let workerCount = (workers.max() ?? -1) + 1
    workerErrors = Array(repeating: nil, count: workerCount)
    for text in fixed { (weights[text], errorChances[text]) = (Self.decided, 1e-6) }
    for _ in 0..<settings.rounds {
      var counts = Counts(texts: workers.count)
      for slot in slots where !slot.isSilent && slot.entries.count > 1 {
        counts.add(slot, weights: weights, lexicon: lexicon)
      }
      update(counts, workers: workers, fixed: fixed, settings: settings)
    }
  }

  /// The weight of a text that a reviewer decided on.
  static let decided = 1e6
  /// The error chance of a text that was compared with nothing.
  private static let unknown = 0.1
  private static let least = 0.02

  private mutating func update(
    _ counts: Counts, workers: [Int], fixed: Set<Int>, settings: Settings
  ) {
    var differing = Array(repeating: 0.0, count: workerErrors.count)
    var compared = differing
    for (text, worker) in workers.enumerated() where !fixed.contains(text) {
      differing[worker] += counts.differing[text]
      compared[worker] += counts.compared[text]
    }
    let all = compared.reduce(0, +)
    let overall = all > 0 ? differing.reduce(0, +) / all : 0.1
    for worker in workerErrors.indices where compared[worker] > 0 {
      workerErrors[worker] =
        (differing[worker] + settings.prior * overall) / (compared[worker] + settings.prior)
    }
    for (text, worker) in workers.enumerated() where !fixed.contains(text) {
      let (differs, count) = (counts.differing[text], counts.compared[text])
      let chance =
        (differing[worker] - differs + settings.prior * overall + settings.local * differs)
        / (compared[worker] - count + settings.prior + settings.local * count)
      errorChances[text] = min(max(chance, 0.01), 0.95)
      weights[text] = Self.weight(errorChances[text], settings)
    }
  }

  private static func weight(_ chance: Double, _ settings: Settings) -> Double {
    guard chance < 0.55 else { return least }
    return max(least, pow(max(0, log((1 - chance) / chance) + settings.margin), settings.power))
  }

  /// Where each text was compared with the others, and where it differed from them.
  private struct Counts {
    var compared: [Double]
    var differing: [Double]

    init(texts: Int) {
      compared = Array(repeating: 0, count: texts)
      differing = compared
    }

    mutating func add(_ slot: Slot, weights: [Double], lexicon: Lexicon) {
      // Half a word is evidence neither for nor against anybody.
      let heard = slot.entries.filter { $0.hearing > Slot.Entry.cut }
      guard heard.count > 1 else { return }
      let sums = Tally(
        Slot(entries: heard, isSilent: slot.isSilent), weights: weights, lexicon: lexicon)
      for entry in heard {
        let weight = weights[Int(entry.text)] * entry.hearing
        guard let (word, share) = sums.heaviest(without: entry.word, weight),
          word >= 0 || entry.word >= 0
        else { continue }
        compared[Int(entry.text)] += share
        if word != entry.word { differing[Int(entry.text)] += share }
      }
    }
  }
}

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
  private static let likeWord = 0.5

  init(_ slot: Slot, weights: [Double], lexicon: Lexicon) {
    for entry in slot.entries {
      let weight = weights[Int(entry.text)] * entry.hearing
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

  private static func backing(_ first: Int32, _ second: Int32, _ lexicon: Lexicon) -> Double {
    guard first != second, first >= 0, second >= 0 else { return first == second ? 1 : 0 }
    let alike = Double(lexicon.similarity(first, second)) / 1000
    return anyWord + likeWord * alike * alike * alike
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
