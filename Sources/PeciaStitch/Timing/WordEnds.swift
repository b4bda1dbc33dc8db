import Foundation

/// Turns frames into seconds: where a word starts behind a pause, and where it ends before one.
struct WordEnds {
  let islands: SpeechIslands
  /// The first frame behind a pause that scores as speech begins so much after the speech, and the
  /// last one before a pause so much before its end: the model hears what is loud.
  private static let (onset, decay) = (0.015, 0.07)
  /// An island that ends so much behind the model's end, in seconds, ends with the room's echo.
  private static let echo = 0.25

  /// How far, in seconds, the model's start of a sentence and that of its island may differ to be
  /// taken for one.
  private static let near = 0.05

  /// `times` with the starts behind pauses half-way to where the sound grows loud.
  ///
  /// Both err, and not alike. Nothing else moves.
  func sharpened(_ times: [Range<Double>]) -> [Range<Double>] {
    guard islands.contrast >= 25 else { return times }
    let ranges = islands.ranges(fillingUnder: 0.18)
    var island = 0
    return times.indices.map { index in
      let (start, end) = (times[index].lowerBound, times[index].upperBound)
      let before = index > 0 ? times[index - 1].upperBound : 0
      while island < ranges.count, ranges[island].lowerBound < start - Self.near { island += 1 }
      guard start > before, island < ranges.count,
        ranges[island].lowerBound <= start + Self.near
      else { return times[index] }
      let middle = (start + ranges[island].lowerBound) / 2
      return min(max(middle, before), end)..<end
    }
  }

  func times(of alignment: SoundAligner.Alignment) -> [Range<Double>] {
    let ranges = islands.ranges(fillingUnder: 0.18)
    let isQuiet = islands.contrast >= 25
    let words = alignment.words
    let starts = words.indices.map { index -> Double in
      let before = index > 0 ? words[index - 1].upperBound : 0
      let isBehindPause = words[index].lowerBound > before && !words[index].isEmpty
      let start = Double(words[index].lowerBound) / 100
      return isBehindPause ? max(start - Self.onset, Double(before) / 100) : start
    }
    return words.indices.map { index in
      let start = starts[index]
      let end = Double(words[index].upperBound) / 100
      let isLast = index + 1 == words.count
      let isBeforePause = isLast || words[index + 1].lowerBound > words[index].upperBound
      guard isBeforePause, !words[index].isEmpty else { return start..<max(end, start) }
      let limit = isLast ? Double(alignment.path.count) / 100 : starts[index + 1]
      let island = ranges.last { $0.lowerBound < end - 0.02 }?.upperBound ?? end
      let isNear = isQuiet && island > end && island <= end + Self.echo
      return start..<max(min(isNear ? island : end + Self.decay, limit), end, start)
    }
  }
}
