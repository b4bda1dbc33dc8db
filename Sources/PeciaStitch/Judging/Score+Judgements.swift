import PeciaCore

extension Score {
  func judgement(
    ofClip index: Int, in part: Part, agree: Double, copiesMax: Int
  ) -> ClipJudgement {
    let clip = clips[index]
    let (agreement, state) = standing(ofClip: index, agree: agree)
    let count = clip.texts.texts.count
    return ClipJudgement(
      number: clip.texts.number, agreement: agreement, state: state,
      words: part.choices(ofClip: index).map(\.word),
      wantsCopy: state == .disputed && count >= clip.texts.copies && count < copiesMax)
  }

  private func standing(ofClip index: Int, agree: Double) -> (Double?, ClipState) {
    let clip = clips[index]
    if clip.isDecided { return (clip.agreement, .agreed) }
    if clip.heard.isEmpty { return (nil, .open) }
    let isIn = clip.texts.texts.count >= clip.texts.copies
    if let agreement = clip.agreement {
      return (agreement, agreement >= agree ? .agreed : .disputed)
    }
    // One text that says something: its neighbours are the only witnesses.
    guard let agreement = seamAgreement(ofClip: index) else { return (nil, isIn ? .thin : .open) }
    if agreement < agree { return (agreement, .disputed) }
    return (agreement, isIn ? .agreed : .open)
  }

  /// The agreement over both seams, by the number of words compared; a seam without a common word
  /// counts for nothing where the other one fits.
  private func seamAgreement(ofClip index: Int) -> Double? {
    let around = [index > 0 ? seams[index - 1] : nil, seams[index]].compactMap { $0 }
      .filter { $0.agreement != nil }
    let joined = around.filter { !$0.steps.isEmpty }
    let counted = joined.isEmpty ? around : joined
    let evidence = counted.reduce(0) { $0 + $1.evidence }
    guard evidence > 0 else { return nil }
    return counted.reduce(0) { $0 + ($1.agreement ?? 0) * Double($1.evidence) } / Double(evidence)
  }

  func seamJudgements(agree: Double) -> [SeamJudgement] {
    clips.indices.dropLast().compactMap { index in
      let (left, right) = (clips[index].texts, clips[index + 1].texts)
      guard left.range.upperBound > right.range.lowerBound else { return nil }
      let agreement = seams[index]?.agreement
      let isOpen = clips[index].heard.isEmpty || clips[index + 1].heard.isEmpty
      return SeamJudgement(
        left: left.number, right: right.number,
        range: right.range.lowerBound..<min(left.range.upperBound, right.range.upperBound),
        agreement: agreement,
        state: agreement.map { $0 >= agree ? .agreed : .disputed } ?? (isOpen ? .open : .thin))
    }
  }

  func workerJudgements(in part: Part) -> [WorkerJudgement] {
    var comparisons: [String: Int] = [:]
    for (index, clip) in clips.enumerated() {
      for text in clip.texts.texts { comparisons[text.worker, default: 0] += 0 }
      var seamCount = 0
      for seam in [index > 0 ? seams[index - 1] : nil, seams[index]] {
        if let seam, seam.agreement != nil { seamCount += 1 }
      }
      for heard in clip.heard where !heard.worker.isEmpty {
        comparisons[heard.worker, default: 0] += clip.heard.count - 1 + seamCount
      }
    }
    let numbers = Dictionary(
      zip(part.texts.map(\.worker), part.texts.workerNumbers),
      uniquingKeysWith: { first, _ in first }
    )
    return comparisons.sorted { $0.key < $1.key }.map { worker, count in
      let chance = numbers[worker].flatMap { part.reliability.workerErrors[$0] }
      return WorkerJudgement(
        worker: worker, reliability: count > 0 ? chance.map { 1 - $0 } : nil, comparisons: count)
    }
  }
}
