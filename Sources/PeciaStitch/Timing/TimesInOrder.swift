import PeciaCore

/// Puts found times into whole milliseconds and in order, and gives the rest what is left.
struct TimesInOrder {
  private(set) var ranges: [TimeRange]

  /// - `words`: all words and tags.
  /// - `found`: seconds by the place of the word; tags take the time between their neighbours, and
  ///   what was not found has no length behind the one before it.
  /// - `duration`: of the sound, in seconds.
  init(_ words: [SpokenWord], found: [Int: Range<Double>], duration: Double) {
    let end = Timestamp(seconds: duration)
    var ranges = [TimeRange?](repeating: nil, count: words.count)
    var last = Timestamp.zero
    for index in words.indices {
      guard let range = found[index] else { continue }
      let start = min(max(Timestamp(seconds: range.lowerBound), last), end)
      let stop = min(max(Timestamp(seconds: range.upperBound), start), end)
      ranges[index] = start..<stop
      last = stop
    }
    self.ranges = ranges.compactMap { $0 ?? .zero..<end }
    var index = 0
    while index < words.count {
      guard ranges[index] == nil else {
        index += 1
        continue
      }
      let run = index..<(ranges[index...].firstIndex { $0 != nil } ?? words.count)
      let from = index == 0 ? Timestamp.zero : self.ranges[index - 1].upperBound
      let to = run.upperBound == words.count ? end : self.ranges[run.upperBound].lowerBound
      share(from..<max(from, to), over: run, of: words)
      index = run.upperBound
    }
  }

  /// Gives a stretch to the tags of a run in equal parts; where there is no tag, to nothing.
  private mutating func share(_ range: TimeRange, over run: Range<Int>, of words: [SpokenWord]) {
    let tags = run.count { words[$0].isTag }
    var start = range.lowerBound
    var given = 0
    for index in run {
      var end = start
      if words[index].isTag {
        given += 1
        end = range.lowerBound + range.milliseconds * given / tags
      }
      ranges[index] = start..<end
      start = end
    }
  }
}
