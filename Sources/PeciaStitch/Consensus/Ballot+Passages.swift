import Foundation

extension Ballot {
  /// The share from which a slot's winner is beyond doubt.
  private static let sure = 0.75
  /// Slots that are settled at once: their wordings are compared letter by letter.
  private static let longest = 200
  /// How much the passage as a whole counts beside the votes on its slots; tuned on dev-clean of
  /// CrowdSpeech.
  private static let wholeness = 0.2

  /// Gives doubtful passages the wording that suits them best as a whole.
  ///
  /// Votes slot by slot make a patchwork of texts that differ in several words on end. Each text's
  /// own wording competes with it: by the votes for its words, and by how like it is, letter by
  /// letter, to what all texts have there.
  func settle(_ winners: inout [Winner], in slots: [Slot]) {
    let heard = winners.indices.filter { !slots[winners[$0].slot].isSilent }
    let runs = heard.split { winners[$0].share >= Self.sure }
      .flatMap { run in
        stride(from: run.startIndex, to: run.endIndex, by: Self.longest).map {
          Array(run[$0..<min($0 + Self.longest, run.endIndex)])
        }
      }
    for places in runs where places.count > 1 {
      let passage = Passage(slots: places.map { slots[winners[$0].slot] }, ballot: self)
      guard let words = passage?.best(beside: places.map { winners[$0].word }) else { continue }
      for (place, word) in zip(places, words) { winners[place].word = word }
    }
  }

  /// What each of several texts has in a run of slots.
  private struct Passage {
    private let support: [[Int32: Double]]
    /// The different wordings, a word or −1 a slot, and the weight of the texts that have each.
    private var wordings: [(words: [Int32], weight: Double)] = []
    private let lexicon: Lexicon

    /// nil where the slots are not all of the same texts (a passage ends at a seam), and for two
    /// texts, where the heavier one has won every slot.
    init?(slots: [Slot], ballot: Ballot) {
      lexicon = ballot.reader.lexicon
      let texts = slots[0].texts
      guard texts.count > 2, slots.allSatisfy({ $0.texts == texts }) else { return nil }
      support = slots.map { slot in
        let tally = Tally(slot, weights: ballot.reliability.weights, lexicon: ballot.reader.lexicon)
        let support = tally.support()
        return Dictionary(
          uniqueKeysWithValues: zip(tally.sums, support).map {
            ($0.word, tally.total > 0 ? $1 / tally.total : 0)
          })
      }
      for text in texts {
        let entries = slots.compactMap { slot in slot.entries.first { $0.text == text } }
        let part = entries.reduce(0) { $0 + $1.part } / Double(slots.count)
        let weight = ballot.reliability.weights[Int(text)] * part
        let words = entries.map(\.word)
        if let known = wordings.firstIndex(where: { $0.words == words }) {
          wordings[known].weight += weight
        } else {
          wordings.append((words, weight))
        }
      }
    }

    /// The wording to take; nil where the slots' own winners suit best.
    func best(beside winners: [Int32]) -> [Int32]? {
      let all = wordings.map { letters(of: $0.words) }
      let total = wordings.reduce(0) { $0 + $1.weight }
      guard total > 0 else { return nil }
      func score(_ words: [Int32], _ own: [UInt32]) -> Double {
        var likeness = 0.0
        for (letters, wording) in zip(all, wordings) {
          let longer = max(own.count, letters.count, 1)
          let alike = 1 - Double(editDistance(own, letters)) / Double(longer)
          likeness += wording.weight * alike * alike * alike
        }
        let votes = zip(support, words).reduce(0) { $0 + ($1.0[$1.1] ?? 0) }
        return votes / Double(words.count) + Ballot.wholeness * likeness / total
      }
      var best = (score: score(winners, letters(of: winners)), words: winners)
      var isPatchwork = true
      for (wording, letters) in zip(wordings, all) {
        let score = score(wording.words, letters)
        guard score > best.score + 1e-9 else { continue }
        (best, isPatchwork) = ((score, wording.words), false)
      }
      return isPatchwork ? nil : best.words
    }

    private func letters(of words: [Int32]) -> [UInt32] {
      words.flatMap { $0 < 0 ? [] : lexicon[$0].unicodeScalars.map(\.value) }
    }
  }
}
