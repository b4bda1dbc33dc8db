public import PeciaCore

extension WordTimer {
  /// So many seconds of sound are enough to learn from.
  public static let enough = 300.0
  /// Fewer are too few; and the rounds of fitting and aligning.
  private static let (fewest, rounds) = (15.0, 6)
  /// Sound is cut into lessons at pauses, which are not to be longer, in seconds.
  private static let lesson = 25.0

  /// A timer that has learnt from a recording itself how its letters sound, begun from where
  /// punctuation and pauses put them; nil where there is too little to learn from.
  ///
  /// Its units are those of the table for any language; nothing is taken of how they sound there.
  public static func learnt(from sounds: [SpokenSound]) -> WordTimer? {
    let seconds = sounds.reduce(0) { $0 + Double($1.samples.count) / Double(sampleRate) }
    guard seconds >= fewest, let head = (try? TimingTable.shipped(for: TimingTable.anyLanguage)),
      head.covers(sounds.flatMap(\.words))
    else { return nil }
    var trainer = TableTrainer(table: head)
    (trainer.components, trainer.rounds) = (1, rounds)
    trainer.train(on: sounds)
    trainer.table.isLearnt = true
    return WordTimer(language: TimingTable.anyLanguage, table: trainer.table)
  }

  /// A timer that has learnt from the first minutes of a recording; nil where there is too little.
  ///
  /// - `ranges`: the times of `words` as pauses put them.
  /// - `next`: reads the recording from its start.
  public static func learnt(
    from words: [SpokenWord], at ranges: [TimeRange], reading next: (Int) throws -> [Float]
  ) rethrows -> WordTimer? {
    let samples = try next(Int(enough) * sampleRate)
    let end = samples.count * 1000 / sampleRate
    var sounds: [SpokenSound] = []
    var first = 0
    var from = 0
    // The longest pause so far, by the word behind it, of a lesson that is not too short.
    var cut: (word: Int, length: Int)?
    func place(before word: Int) -> Int {
      (ranges[word - 1].upperBound.milliseconds + ranges[word].lowerBound.milliseconds) / 2
    }
    for word in ranges.indices.dropFirst() {
      let start = ranges[word].lowerBound.milliseconds
      guard start < end else { break }
      if start - from > Int(lesson * 1000), let last = cut?.word {
        let until = place(before: last)
        sounds.append(
          SpokenSound(
            words: Array(words[first..<last]),
            samples: Array(samples[from * sampleRate / 1000..<until * sampleRate / 1000])))
        (first, from, cut) = (last, until, nil)
      }
      let pause = start - ranges[word - 1].upperBound.milliseconds
      if start - from > Int(lesson * 200), pause > 0, pause >= cut?.length ?? 0 {
        cut = (word, pause)
      }
    }
    if let last = ranges.last, last.upperBound.milliseconds <= end {
      sounds.append(
        SpokenSound(
          words: Array(words[first...]),
          samples: Array(samples[min(from * sampleRate / 1000, samples.count)...])))
    }
    return learnt(from: sounds)
  }
}
