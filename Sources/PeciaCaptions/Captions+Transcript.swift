public import PeciaCore

extension Captions {
  /// The words of all cues with times.
  ///
  /// Words without times of their own share their cue's, by their length. Times never run
  /// backwards.
  public func transcript(named name: String = "") -> Transcript {
    var words: [TimedWord] = []
    var clock = Timestamp.zero
    for entry in entriesInOrder {
      for var word in entry.timedWords {
        let start = max(word.range.lowerBound, clock)
        word.range = start..<max(start, word.range.upperBound)
        clock = start
        words.append(word)
      }
    }
    let end = entries.map(\.cue.range.upperBound).max() ?? .zero
    return Transcript(
      recording: .init(name: title ?? name, duration: end), language: language ?? "", style: "",
      words: words)
  }

  /// The entries by their starts.
  private var entriesInOrder: [Entry] {
    let starts = entries.lazy.map(\.cue.range.lowerBound)
    if zip(starts, starts.dropFirst()).allSatisfy(<=) { return entries }
    return entries.sorted { $0.cue.range.lowerBound < $1.cue.range.lowerBound }
  }
}

extension Captions.Entry {
  /// The cue's words: with their own times where they have them.
  var timedWords: [TimedWord] {
    if !cue.words.isEmpty { return cue.words }
    let stretches = spans.isEmpty ? [Span(cue.text)] : spans
    var pieces: [(text: String, speaker: String?, time: Timestamp?)] = []
    // Markup may begin and end within a word: only blanks and voices part words, and times where
    // a script has no blanks.
    var isWithin = false
    for span in stretches where !span.style.contains(.rubyText) && !span.text.isEmpty {
      let speaker = span.voice ?? cue.speaker
      let isFurther =
        isWithin && span.text.first?.isWhitespace == false && pieces.last?.speaker == speaker
        && (span.time == nil || !Script.isUnspaced(span.text.first))
      var time = span.time
      for (index, word) in span.text.blankParted.enumerated() {
        if index == 0, isFurther {
          pieces[pieces.count - 1].text += word
        } else {
          pieces.append((String(word), speaker, time))
        }
        time = nil
      }
      isWithin = span.text.last?.isWhitespace == false
    }
    return shared(pieces)
  }

  /// Gives each piece its share of the time between the marks around it.
  private func shared(
    _ pieces: [(text: String, speaker: String?, time: Timestamp?)]
  ) -> [TimedWord] {
    let last = max(cue.range.upperBound, cue.range.lowerBound)
    var words: [TimedWord] = []
    var index = 0
    var clock = cue.range.lowerBound
    while index < pieces.count {
      var end = index + 1
      while end < pieces.count, pieces[end].time == nil { end += 1 }
      let start = max(clock, min(pieces[index].time ?? clock, last))
      let bound = max(start, min(end < pieces.count ? pieces[end].time ?? last : last, last))
      let total = max(pieces[index..<end].reduce(0) { $0 + $1.text.utf8.count + 1 }, 1)
      var done = 0
      for piece in pieces[index..<end] {
        let from = start + (bound - start) * done / total
        done += piece.text.utf8.count + 1
        words.append(
          TimedWord(
            text: piece.text, range: from..<(start + (bound - start) * done / total),
            speaker: piece.speaker))
      }
      (index, clock) = (end, bound)
    }
    return words
  }
}
