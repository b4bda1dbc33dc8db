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
    /// How much the differences in the words around count, where there are at least three texts.
    var near = 8.0
    /// What a place counts for less with each word between.
    var decay = 0.7
  }

  /// The weight of each text in a vote.
  private(set) var weights: [Double]
  /// The chance that a word of this text is wrong.
  private(set) var errorChances: [Double]
  /// The chance that a word of this worker is wrong, by worker; nil without a comparison.
  private(set) var workerErrors: [Double?]

  /// - Parameters:
  ///   - slots: all slots of the job, each text's in order; what is learnt of the trust in each text
  ///     place by place is put down in them.
  ///   - workers: the number of each text's worker.
  ///   - lexicon: the words of the slots.
  ///   - fixed: texts that a reviewer decided on: they outweigh all others.
  ///   - settings: how the estimate is made.
  init(
    slots: inout [Slot], workers: [Int], lexicon: Lexicon, fixed: Set<Int> = [],
    settings: Settings = Settings()
  ) {
    weights = Array(repeating: 1, count: workers.count)
    errorChances = Array(repeating: Self.unknown, count: workers.count)
    let workerCount = (workers.max() ?? -1) + 1
    workerErrors = Array(repeating: nil, count: workerCount)
    for text in fixed { (weights[text], errorChances[text]) = (Self.decided, 1e-6) }
    for _ in 0..<settings.rounds {
      var counts = Counts(texts: workers.count)
      for slot in slots { counts.add(slot, weights: weights, lexicon: lexicon) }
      let sums = update(counts, workers: workers, fixed: fixed, settings: settings)
      for fixed in fixed { counts.isFixed[fixed] = true }
      setTrust(in: &slots, counts, sums, settings)
    }
  }

  /// The weight of a text that a reviewer decided on.
  static let decided = 1e6
  /// The error chance of a text that was compared with nothing.
  private static let unknown = 0.1
  private static let least = 0.02

  private mutating func update(
    _ counts: Counts, workers: [Int], fixed: Set<Int>, settings: Settings
  ) -> [Evidence] {
    var sums = [Evidence](repeating: Evidence(), count: workers.count)
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
      sums[text].differing =
        differing[worker] - differs + settings.prior * overall + settings.local * differs
      sums[text].compared =
        compared[worker] - count + settings.prior + settings.local * count
      let chance = sums[text].differing / sums[text].compared
      errorChances[text] = min(max(chance, 0.01), 0.95)
      weights[text] = Self.weight(errorChances[text], settings)
    }
    return sums
  }

  /// Sets what part of its weight each text votes with in each slot.
  ///
  /// Where a text errs, it often errs in the next word too: the part follows how it fares in the
  /// places around. Two texts alone cannot show which of them errs.
  private func setTrust(
    in slots: inout [Slot], _ counts: Counts, _ sums: [Evidence], _ settings: Settings
  ) {
    var around = [Evidence](repeating: Evidence(), count: counts.places.count)
    for isForward in [true, false] {
      var running = [Evidence](repeating: Evidence(), count: sums.count)
      var place = isForward ? 0 : counts.places.count
      for slot in isForward ? Array(slots.indices) : slots.indices.reversed() {
        if !isForward { place -= slots[slot].entries.count }
        for (index, entry) in slots[slot].entries.enumerated() {
          let text = Int(entry.text)
          around[place + index].add(running[text], 1)
          running[text].add(counts.places[place + index], 1)
          running[text].scale(by: settings.decay)
        }
        if isForward { place += slots[slot].entries.count }
      }
    }
    var place = 0
    for slot in slots.indices {
      let isVote = slots[slot].entries.count > 2 && !slots[slot].isSilent
      for index in slots[slot].entries.indices {
        defer { place += 1 }
        let text = Int(slots[slot].entries[index].text)
        guard isVote, !counts.isFixed[text] else { continue }
        var evidence = sums[text]
        evidence.add(around[place], settings.near)
        let chance = min(max(evidence.differing / evidence.compared, 0.01), 0.95)
        slots[slot].entries[index].trust = Float(Self.weight(chance, settings) / weights[text])
      }
    }
  }

  private static func weight(_ chance: Double, _ settings: Settings) -> Double {
    guard chance < 0.55 else { return least }
    return max(least, pow(max(0, log((1 - chance) / chance) + settings.margin), settings.power))
  }

  /// How often something was compared, and how often it differed, as sums of shares.
  private struct Evidence {
    var compared = 0.0
    var differing = 0.0

    mutating func add(_ other: Self, _ factor: Double) {
      compared += factor * other.compared
      differing += factor * other.differing
    }
    mutating func scale(by factor: Double) {
      (compared, differing) = (compared * factor, differing * factor)
    }
  }

  /// Where each text was compared with the others, and where it differed from them.
  private struct Counts {
    var compared: [Double]
    var differing: [Double]
    var isFixed: [Bool]
    /// The same for each entry of each slot, in order.
    var places: [Evidence] = []

    init(texts: Int) {
      compared = Array(repeating: 0, count: texts)
      differing = compared
      isFixed = Array(repeating: false, count: texts)
    }

    mutating func add(_ slot: Slot, weights: [Double], lexicon: Lexicon) {
      let first = places.count
      places.append(contentsOf: repeatElement(Evidence(), count: slot.entries.count))
      // Half a word is evidence neither for nor against anybody.
      let heard = slot.entries.indices.filter { slot.entries[$0].hearing > Slot.Entry.cut }
      guard !slot.isSilent, heard.count > 1 else { return }
      let sums = Tally(
        Slot(entries: heard.map { slot.entries[$0] }, isSilent: false), weights: weights,
        lexicon: lexicon)
      for index in heard {
        let entry = slot.entries[index]
        let weight = weights[Int(entry.text)] * entry.part
        guard let (word, share) = sums.heaviest(without: entry.word, weight),
          word >= 0 || entry.word >= 0
        else { continue }
        let evidence = Evidence(compared: share, differing: word == entry.word ? 0 : share)
        places[first + index] = evidence
        compared[Int(entry.text)] += evidence.compared
        differing[Int(entry.text)] += evidence.differing
      }
    }
  }
}
