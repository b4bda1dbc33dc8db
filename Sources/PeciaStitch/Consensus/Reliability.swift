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
    var power = 2.0
    var margin = 0.3
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
  ///   - fixed: texts that a reviewer decided on: they outweigh all others.
  ///   - settings: how the estimate is made.
  init(
    slots: [Slot], workers: [Int], fixed: Set<Int> = [], settings: Settings = Settings()
  ) {
    weights = Array(repeating: 1, count: workers.count)
    errorChances = Array(repeating: 0, count: workers.count)
    let workerCount = (workers.max() ?? -1) + 1
    workerErrors = Array(repeating: nil, count: workerCount)
    for text in fixed { weights[text] = Self.decided }
    for _ in 0..<settings.rounds {
      var counts = Counts(texts: workers.count)
      for slot in slots where !slot.isSilent && slot.entries.count > 1 {
        counts.add(slot, weights: weights)
      }
      update(counts, workers: workers, fixed: fixed, settings: settings)
    }
  }

  /// The weight of a text that a reviewer decided on.
  static let decided = 1e6
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

    mutating func add(_ slot: Slot, weights: [Double]) {
      let sums = Tally(slot, weights: weights)
      for entry in slot.entries {
        let weight = weights[Int(entry.text)] * entry.hearing
        guard entry.hearing > Slot.Entry.cut,
          let (word, share) = sums.heaviest(without: entry.word, weight),
          word >= 0 || entry.word >= 0
        else { continue }
        compared[Int(entry.text)] += share
        if word != entry.word { differing[Int(entry.text)] += share }
      }
    }
  }
}

/// The weights of the different words of a slot.
struct Tally {
  private(set) var sums: [(word: Int32, weight: Double)] = []
  private(set) var total = 0.0

  init(_ slot: Slot, weights: [Double]) {
    for entry in slot.entries {
      let weight = weights[Int(entry.text)] * entry.hearing
      total += weight
      if let known = sums.firstIndex(where: { $0.word == entry.word }) {
        sums[known].weight += weight
      } else {
        sums.append((entry.word, weight))
      }
    }
  }

  /// The word that weighs most once `weight` of `word` is taken away, and its share of the rest;
  /// nil if nothing is left.
  func heaviest(without word: Int32, _ weight: Double) -> (Int32, Double)? {
    let rest = total - weight
    guard rest > 1e-9 else { return nil }
    var best: (word: Int32, weight: Double) = (-1, -1)
    for sum in sums {
      let left = sum.word == word ? sum.weight - weight : sum.weight
      if left > best.weight { best = (sum.word, left) }
    }
    return (best.word, min(1, best.weight / rest))
  }
}
