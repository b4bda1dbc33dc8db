import PeciaCore

extension Part {
  /// The words of the recording with their times.
  ///
  /// Tags take the time that words leave: one that stands for a whole clip ends where the next word,
  /// which a neighbour heard, begins.
  func words() -> [TimedWord] {
    var ranges = choices.map { choice in
      let clip = clip(ofText: choice.text)
      let own = choice.slots.map { time(of: places[$0], preferring: clip) }
      let start = own.map(\.lowerBound).min() ?? .zero
      return start..<max(start, own.map(\.upperBound).max() ?? start)
    }
    var next: Timestamp?
    for index in choices.indices.reversed() {
      guard choices[index].word.isTag else {
        next = ranges[index].lowerBound
        continue
      }
      guard let next else { continue }
      let (start, end) = (ranges[index].lowerBound, ranges[index].upperBound)
      ranges[index] = min(start, next)..<min(end, next)
    }
    var last = Timestamp.zero
    return zip(choices, ranges).map { choice, range in
      let start = max(last, range.lowerBound)
      let end = max(start, range.upperBound)
      last = end
      return TimedWord(
        text: choice.word.text, range: start..<end, confidence: choice.word.confidence,
        speaker: choice.word.speaker, clips: clips(of: choice),
        workers: choice.word.workers.filter { !$0.isEmpty })
    }
  }

  /// The numbers of the clips whose texts have what was chosen, rising.
  private func clips(of choice: Ballot.Choice) -> [Int] {
    let clips = choice.slots.flatMap { slot in
      places[slot].slot.entries.filter { $0.word >= 0 && holds($0, choice) }
        .map { score.clips[clip(ofText: Int($0.text))].texts.number }
    }
    return Set(clips).sorted()
  }

  /// Whether an entry has one of the words that were chosen.
  private func holds(_ entry: Slot.Entry, _ choice: Ballot.Choice) -> Bool {
    let text = texts[choice.text]
    return text.pieces[choice.piece].tokens.contains { text.tokens[$0].word == entry.word }
  }

  /// The place of a slot by the clock of `clip` if it is there, else by that of any other.
  func time(of place: Place, preferring clip: Int) -> TimeRange {
    let origin = place.origins.first { $0.clip == clip } ?? place.origins.first
    guard let origin else { return .zero ..< .zero }
    return times[origin.clip][origin.slot]
  }

  /// The place in the score of the clip that a text belongs to.
  func clip(ofText text: Int) -> Int {
    var (low, high) = (0, score.clips.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if texts(ofClip: middle).lowerBound <= text { low = middle } else { high = middle - 1 }
    }
    // Clips without texts begin where the next one does.
    while low > 0, texts(ofClip: low).isEmpty { low -= 1 }
    return low
  }
}
