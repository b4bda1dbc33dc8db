extension Ballot {
  /// Where a smaller share of the places is agreed on, the texts are not of the same words.
  private static let strange = 0.25
  /// So few places tell nothing.
  private static let fewest = 5

  /// Gives stretches whose texts have next to nothing in common to one text as a whole.
  ///
  /// Slot by slot their votes would make a text that nobody typed. The text that weighs most is
  /// taken; of equals the one with the most words.
  ///
  /// - `winners`: one for each of `slots`, in order.
  func giveToOne(_ winners: inout [Winner], in slots: [Slot]) {
    var first = 0
    while first < slots.count {
      let texts = slots[first].texts
      let end = slots[first...].firstIndex { $0.texts != texts } ?? slots.count
      if texts.count > 1, isStrange(winners[first..<end], in: slots) {
        give(first..<end, of: slots, to: heaviest(of: texts, in: slots[first..<end]), &winners)
      }
      first = end
    }
  }

  private func isStrange(_ winners: ArraySlice<Winner>, in slots: [Slot]) -> Bool {
    var (places, agreed) = (0, 0)
    for winner in winners {
      let entries = slots[winner.slot].entries
      guard !slots[winner.slot].isSilent, entries.contains(where: { $0.word >= 0 }) else {
        continue
      }
      places += 1
      if winner.word >= 0, entries.count(where: { $0.word == winner.word }) > 1 { agreed += 1 }
    }
    return places >= Self.fewest && Double(agreed) < Self.strange * Double(places)
  }

  private func heaviest(of candidates: [Int32], in slots: ArraySlice<Slot>) -> Int32 {
    var sums = [Double](repeating: 0, count: candidates.count)
    for slot in slots {
      for entry in slot.entries {
        guard let place = candidates.firstIndex(of: entry.text) else { continue }
        sums[place] += reliability.weights[Int(entry.text)] * entry.part
      }
    }
    let best = candidates.indices.min {
      abs(sums[$0] - sums[$1]) > 1e-9 * sums[$0]
        ? sums[$0] > sums[$1]
        : (-texts[Int(candidates[$0])].words.count, candidates[$0])
          < (-texts[Int(candidates[$1])].words.count, candidates[$1])
    }
    return candidates[best ?? 0]
  }

  private func give(
    _ places: Range<Int>, of slots: [Slot], to text: Int32, _ winners: inout [Winner]
  ) {
    for place in places {
      let entries = slots[place].entries
      guard let own = entries.first(where: { $0.text == text }) else { continue }
      let tally = Tally(slots[place], weights: reliability.weights, lexicon: reader.lexicon)
      let weight = tally.sums.first { $0.word == own.word }?.weight ?? 0
      winners[place] = Winner(
        slot: place, word: own.word, share: tally.total > 0 ? weight / tally.total : 0)
    }
  }
}

extension Slot {
  /// Whose entries it has, rising.
  var texts: [Int32] { entries.map(\.text).sorted() }
}
