import PeciaCore

extension Part {
  /// The part of the weights below which a place counts as undecided.
  private static let undecided = 0.65

  /// The places where texts compete and none clearly wins, in order.
  ///
  /// The clips whose numbers are in `disputed` are named even where every single place has a
  /// clear winner.
  func disputes(disputed: Set<Int>) -> [DisputeJudgement] {
    var found: [DisputeJudgement] = []
    var run: [Int] = []
    for (index, place) in places.enumerated() {
      if place.slot.isSilent {
        continue
      }
      if isUndecided(place.slot) {
        run.append(index)
      } else if !run.isEmpty {
        found.append(dispute(over: run))
        run = []
      }
    }
    if !run.isEmpty { found.append(dispute(over: run)) }
    var named = Set(found.flatMap(\.clips))
    for index in score.clips.indices {
      let number = score.clips[index].texts.number
      guard disputed.contains(number), !named.contains(number) else { continue }
      let dispute = dispute(overClip: index)
      named.formUnion(dispute.clips)
      found.append(dispute)
    }
    return found.sorted {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
  }

  /// Slots whose words are shown on either side of a dispute.
  private static let around = 4

  /// The agreed words of some places.
  private func agreed(_ range: Range<Int>) -> String {
    var (low, high) = (0, choices.count)
    while low < high {
      let middle = (low + high) / 2
      if choices[middle].slots[0] < range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return choices[low...].prefix { $0.slots[0] < range.upperBound }.map(\.word.text)
      .joined(separator: " ")
  }

  /// A whole clip: its copies, or, of one text, what it and the neighbour that it is least like
  /// have in their shared seconds.
  private func dispute(overClip index: Int) -> DisputeJudgement {
    let clip = score.clips[index].texts
    let texts = clip.texts.inOrder.map { typed in
      typed.text.split(whereSeparator: \.isNewline).joined(separator: "\n")
    }.unique
    let around = [index - 1, index].filter { score.clips.indices.dropLast().contains($0) }
    let seam = around.min { seamAgreement($0) < seamAgreement($1) }
    guard clip.texts.count == 1, let seam, seamAgreement(seam) < 1 else {
      return DisputeJudgement(
        clips: [clip.number], range: clip.range, texts: texts, kind: "copies",
        score: score.clips[index].agreement ?? 0)
    }
    let sides = [score.clips[seam].texts, score.clips[seam + 1].texts]
    let start = sides[1].range.lowerBound
    let range = start..<max(start, sides[0].range.upperBound)
    return DisputeJudgement(
      clips: sides.map(\.number), range: range,
      texts: [words(ofClip: seam, in: range), words(ofClip: seam + 1, in: range)], kind: "seam",
      score: seamAgreement(seam))
  }

  /// How alike a clip and the next one are in their shared seconds; 1 where nothing is compared.
  private func seamAgreement(_ index: Int) -> Double { score.seams[index]?.agreement ?? 1 }

  /// The agreed words of one clip that begin in a stretch.
  private func words(ofClip index: Int, in range: TimeRange) -> String {
    choices(ofClip: index).filter { range.contains(times[index][$0.slots[0]].lowerBound) }
      .map(\.word.text).joined(separator: " ")
  }

  private func isUndecided(_ slot: Slot) -> Bool {
    guard slot.entries.contains(where: { $0.word != slot.entries[0].word }) else { return false }
    return ballot.winner(of: slot).share < Self.undecided
  }

  private func dispute(over run: [Int]) -> DisputeJudgement {
    let slots = run.map { places[$0].slot }
    let numbers = slots.flatMap { $0.entries.map(\.text) }.unique
    let versions = numbers.map { number in
      let entry = slots[0].entries.first { $0.text == number }
      let weight = reliability.weights[Int(number)] * (entry?.part ?? 0)
      return (text: typed(by: number, in: slots), weight: weight)
    }
    let (first, end) = (run[0], run[run.count - 1] + 1)
    let taken = agreed(first..<end)
    let others = versions.sorted { ($1.weight, $0.text) < ($0.weight, $1.text) }
      .map(\.text)
    let times = run.map { time(of: places[$0], preferring: places[$0].origins.last?.clip ?? 0) }
    let start = times.map(\.lowerBound).min() ?? .zero
    let clips = Set(numbers.map { score.clips[clip(ofText: Int($0))].texts.number })
    return DisputeJudgement(
      clips: clips.sorted(), range: start..<max(start, times.map(\.upperBound).max() ?? start),
      texts: ([taken] + others).unique, kind: clips.count > 1 ? "seam" : "copies",
      score: slots.map { ballot.winner(of: $0).share }.reduce(0, +) / Double(slots.count),
      before: agreed(first - Self.around..<first), after: agreed(end..<end + Self.around))
  }

  /// What one text has in these slots, as it was typed.
  private func typed(by number: Int32, in slots: [Slot]) -> String {
    let text = texts[Int(number)]
    var pieces: [Int32] = []
    for slot in slots {
      for entry in slot.entries where entry.text == number && entry.token >= 0 {
        let piece = text.tokens[Int(entry.token)].piece
        if pieces.last != piece { pieces.append(piece) }
      }
    }
    return pieces.map { text.pieces[Int($0)].text }.joined(separator: " ")
  }
}

extension Sequence where Element: Hashable {
  /// The elements in order, each once.
  var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
