import Foundation

/// Turns frames into seconds, and lets words before a pause end where the sound does.
struct WordEnds {
  let islands: SpeechIslands

  func times(of alignment: SoundAligner.Alignment) -> [Range<Double>] {
    let ranges = islands.ranges(fillingUnder: 0.18)
    let isQuiet = islands.contrast >= 25
    let words = alignment.words
    return words.indices.map { index in
      let start = Double(words[index].lowerBound) / 100
      var end = Double(words[index].upperBound) / 100
      let isBeforePause =
        index + 1 == words.count || words[index + 1].lowerBound > words[index].upperBound
      let next = index + 1 < words.count ? Double(words[index + 1].lowerBound) / 100 : .infinity
      if isQuiet, isBeforePause,
        let island = ranges.last(where: { $0.lowerBound < end - 0.02 }),
        island.upperBound > start + 0.05
      {
        end = min(island.upperBound, next)
      }
      return start..<max(end, start)
    }
  }
}
