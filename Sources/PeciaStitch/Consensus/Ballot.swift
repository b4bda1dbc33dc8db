import PeciaCore

/// A vote in every slot, and the winning words as they were typed.
struct Ballot {
  let texts: [HeardText]
  let reliability: Reliability
  let reader: TextReader
  /// How the job's texts write words that may stand in one or in two.
  var habits = SpellingHabits()
  /// Which words the job's texts have for each other.
  var confusions = Confusions()

  private var weights: [Double] { reliability.weights }

  /// What won in one slot.
  struct Winner {
    var slot: Int
    var word: Int32
    /// The winner's part of all weights.
    var share: Double
  }

  /// A word of the agreed text, and where it comes from.
  struct Choice {
    var word: ConsensusWord
    /// The slots that it stands for, in order.
    var slots: [Int]
    /// The text that it was taken from, and the piece in it.
    var text: Int
    var piece: Int
  }

  /// The heaviest entry of a slot; of equals what the text with the most words has.
  func winner(of slot: Slot) -> (word: Int32, share: Double) {
    let tally = Tally(slot, weights: weights, lexicon: reader.lexicon)
    let support = confusions.support(tally.support(), of: slot, tally, reader.lexicon)
    var best = 0
    for index in tally.sums.indices.dropFirst() {
      let (here, most) = (support[index], support[best])
      if here > most * (1 + 1e-9)
        || (here >= most * (1 - 1e-9)
          && rank(of: tally.sums[index].word, in: slot) < rank(of: tally.sums[best].word, in: slot))
      {
        best = index
      }
    }
    guard tally.total > 0 else { return (tally.sums[best].word, 0) }
    return (tally.sums[best].word, tally.sums[best].weight / tally.total)
  }

  /// Orders words of the same weight: all ties of two texts go to the same one, so that texts that
  /// have nothing in common make no patchwork.
  private func rank(of word: Int32, in slot: Slot) -> (Int, Int32) {
    slot.entries.lazy.filter { $0.word == word }
      .map { (-texts[Int($0.text)].words.count, $0.text) }
      .min(by: <) ?? (0, .max)
  }

  /// How likely the winner is right, by the log-odds of the texts for and against it.
  private func confidence(of winner: Winner, in slots: [Slot]) -> Double {
    let entries = slots[winner.slot].entries
    // One text alone is as good as its worker.
    if entries.count == 1 { return 1 - reliability.errorChances[Int(entries[0].text)] }
    var (support, dissent) = (0.0, 0.0)
    for entry in entries {
      let odds = Confidence.odds(reliability.errorChances[Int(entry.text)]) * entry.part
      if entry.word == winner.word { support += odds } else { dissent += odds }
    }
    return Confidence.of(support: support, dissent: dissent, count: entries.count)
  }

  /// The agreed text of `slots`.
  func choices(in slots: [Slot]) -> [Choice] {
    var all = slots.indices.map { index in
      let (word, share) = winner(of: slots[index])
      return Winner(slot: index, word: word, share: share)
    }
    settle(&all, in: slots)
    giveToOne(&all, in: slots)
    let winners = all.filter { $0.word >= 0 }
    var choices: [Choice] = []
    var place = 0
    while place < winners.count {
      let choice = choice(at: place, winners: winners, slots: slots)
      choices.append(choice)
      place += choice.slots.count
    }
    return choices
  }

  /// The typed piece that stands at `place`: of those whose words all win, the one with most votes.
  private func choice(at place: Int, winners: [Winner], slots: [Slot]) -> Choice {
    let entries = slots[winners[place].slot].entries.filter { $0.word == winners[place].word }
    let whole = entries.filter { isWhole($0, at: place, winners: winners, slots: slots) }
    let taken = heaviest(whole.isEmpty ? entries : whole, whole: !whole.isEmpty)
    let text = texts[Int(taken.text)]
    let index = Int(text.tokens[Int(taken.token)].piece)
    let piece = text.pieces[index]
    let count = whole.isEmpty ? 1 : piece.tokens.count
    let won = winners[place..<place + count]
    let marks = entries.compactMap { entry -> Timestamp? in
      let text = texts[Int(entry.text)]
      return text.pieces[Int(text.tokens[Int(entry.token)].piece)].mark
    }
    return Choice(
      word: ConsensusWord(
        text: whole.isEmpty ? reader.typed(Int(taken.token), of: text) : piece.text,
        speaker: speaker(of: entries, taken: piece.speaker),
        confidence: won.map { confidence(of: $0, in: slots) }.min() ?? 0,
        workers: Set(entries.map { texts[Int($0.text)].worker }).sorted(),
        isTag: piece.isTag, mark: piece.mark ?? marks.min()),
      slots: won.map(\.slot), text: Int(taken.text), piece: index)
  }

  /// Whether the piece that begins with this entry's token has all its words among the winners.
  private func isWhole(
    _ entry: Slot.Entry, at place: Int, winners: [Winner], slots: [Slot]
  ) -> Bool {
    let text = texts[Int(entry.text)]
    let tokens = text.pieces[Int(text.tokens[Int(entry.token)].piece)].tokens
    guard tokens.lowerBound == Int(entry.token), place + tokens.count <= winners.count else {
      return false
    }
    return tokens.dropFirst().allSatisfy { token in
      let winner = winners[place + token - tokens.lowerBound]
      return winner.word == text.tokens[token].word
        && slots[winner.slot].entries.contains { $0.text == entry.text && Int($0.token) == token }
    }
  }

  /// The entry whose typed form weighs most; equals by the form's letters.
  private func heaviest(_ entries: [Slot.Entry], whole: Bool) -> Slot.Entry {
    if entries.count == 1 { return entries[0] }
    var forms: [(form: String, weight: Double, entry: Slot.Entry, heaviest: Double)] = []
    for entry in entries {
      let text = texts[Int(entry.text)]
      let form =
        whole
        ? text.pieces[Int(text.tokens[Int(entry.token)].piece)].text
        : reader.typed(Int(entry.token), of: text)
      let weight = weights[Int(entry.text)] * entry.part * habits.factor(of: form)
      guard let known = forms.firstIndex(where: { $0.form == form }) else {
        forms.append((form, weight, entry, weight))
        continue
      }
      forms[known].weight += weight
      if weight > forms[known].heaviest {
        (forms[known].entry, forms[known].heaviest) = (entry, weight)
      }
    }
    if forms.count > 2, forms.contains(where: { SpellingHabits.isParted($0.form) }) {
      let sides = forms.map { SpellingHabits.isParted($0.form) }
      let parted = zip(forms, sides).reduce(0) { $0 + ($1.1 ? $1.0.weight : -$1.0.weight) } > 0
      forms = zip(forms, sides).filter { $0.1 == parted }.map(\.0)
    }
    return forms.min {
      abs($0.weight - $1.weight) > 1e-9 * $0.weight
        ? $0.weight > $1.weight : $0.form < $1.form
    }?.entry ?? entries[0]
  }

  /// The label that weighs most among the texts that have the word; a label before none.
  private func speaker(of entries: [Slot.Entry], taken: String?) -> String? {
    var labels: [String: Double] = [:]
    for entry in entries {
      let text = texts[Int(entry.text)]
      if let label = text.pieces[Int(text.tokens[Int(entry.token)].piece)].speaker {
        labels[label, default: 0] += weights[Int(entry.text)] * entry.part
      }
    }
    guard labels.count > 1 else { return labels.first?.key ?? taken }
    return labels.min { ($1.value, $0.key) < ($0.value, $1.key) }?.key
  }
}
