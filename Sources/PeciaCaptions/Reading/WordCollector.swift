import PeciaCore

/// Makes timed words of a recogniser's segments, and mends what its times lack.
struct WordCollector {
  private var words: [TimedWord] = []
  /// Places of words whose times are not known.
  private var untimed: Set<Int> = []
  private var clock = Timestamp.zero
  private var backwards = 0
  private var empty = 0

  mutating func add(_ segment: LooseSegment) {
    guard let list = segment.words, !list.isEmpty else {
      if let entry = segment.entry {
        for word in entry.timedWords { append(word) }
      }
      return
    }
    // Where words bring their blanks along, one without a blank goes on with the word before.
    let bringsBlanks = list.contains { ($0.word ?? $0.text ?? "").hasPrefix(" ") }
    for (index, word) in list.enumerated() {
      let raw = word.word ?? word.text ?? ""
      let text = raw.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard !text.isEmpty else {
        empty += 1
        continue
      }
      if bringsBlanks, index > 0, !raw.hasPrefix(" "), let last = words.last,
        !Script.isUnspaced(text.first), !Script.isUnspaced(last.text.last)
      {
        words[words.count - 1].text += text
        if let end = word.end {
          let bound = max(last.range.upperBound, Timestamp(seconds: end))
          words[words.count - 1].range = last.range.lowerBound..<bound
        }
        continue
      }
      add(word, text: text, in: segment)
    }
  }

  private mutating func add(_ word: LooseWord, text: String, in segment: LooseSegment) {
    let confidence = (word.confidence ?? word.score ?? word.probability).map { min(max($0, 0), 1) }
    let speaker = word.speaker ?? segment.speaker
    guard let start = word.start, let end = word.end else {
      untimed.insert(words.count)
      words.append(
        TimedWord(text: text, range: clock..<clock, confidence: confidence, speaker: speaker))
      return
    }
    let from = Timestamp(seconds: start)
    append(
      TimedWord(
        text: text, range: from..<max(from, Timestamp(seconds: end)), confidence: confidence,
        speaker: speaker))
  }

  private mutating func append(_ word: TimedWord) {
    var word = word
    if word.range.lowerBound < clock {
      backwards += 1
      word.range = clock..<max(clock, word.range.upperBound)
    }
    clock = word.range.lowerBound
    words.append(word)
  }

  func reading(language: String, file: String) -> CaptionReading {
    var words = words
    var index = 0
    while index < words.count {
      guard untimed.contains(index) else {
        index += 1
        continue
      }
      // Words without times share the time between those around them.
      var end = index
      while end < words.count, untimed.contains(end) { end += 1 }
      let from = index > 0 ? words[index - 1].range.upperBound : .zero
      let to = end < words.count ? max(from, words[end].range.lowerBound) : from
      let start = min(from, to)
      let count = end - index
      for place in index..<end {
        let step = to - start
        words[place].range =
          (start + step * (place - index) / count)..<(start + step * (place - index + 1) / count)
      }
      index = end
    }
    var clock = Timestamp.zero
    for index in words.indices {
      let start = max(clock, words[index].range.lowerBound)
      words[index].range = start..<max(start, words[index].range.upperBound)
      clock = start
    }
    var notices: [String] = []
    if backwards > 0 {
      notices.append("\(file): the times of \(backwards) words ran backwards and were held back")
    }
    if empty > 0 {
      let what = empty == 1 ? "a word had no text and was" : "\(empty) words had no text and were"
      notices.append("\(file): \(what) left out")
    }
    if !untimed.isEmpty {
      notices.append("\(file): \(untimed.count) words had no times and share those around them")
    }
    return CaptionReading(
      .transcript(
        Transcript(
          recording: .init(name: "", duration: words.map(\.range.upperBound).max() ?? .zero),
          language: language, style: "", words: words)),
      notices: notices)
  }
}
