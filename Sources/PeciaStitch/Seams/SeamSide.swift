import PeciaCore

/// One clip's slots as its neighbour sees them.
struct SeamSide {
  /// A slot that may stand in the shared seconds.
  struct Place {
    /// The slot's place in its clip.
    var slot: Int
    /// What most texts have there; of equals the first by its letters.
    var word: Int32
    /// The part of the texts that have a word there, from 0 to 1.
    var support: Double
    var isSilent: Bool
    var range: TimeRange
  }

  var clip: TimeRange
  var places: [Place]
  /// How far off the places' times may be, in milliseconds.
  var doubt: Double
  /// How often each word stands in the clip.
  var counts: [Int32: Int]
  var total: Int
  /// What it costs, in thousandths, that none of its words stands in the shared seconds: where no
  /// times say so, neighbours seldom share silence alone.
  let priceOfNothing: Int
  /// The milliseconds that its letters leave over at a common pace: so long it may be silent.
  let spare: Int

  /// `isTimed`: whether the words' times were found in the sound.
  init(
    clip: TimeRange, slots: [Slot], times: [TimeRange], doubt: Double, isTimed: Bool,
    spare: Int, lexicon: Lexicon
  ) {
    self.clip = clip
    self.doubt = doubt
    self.spare = spare
    priceOfNothing = isTimed ? 0 : 1000
    places = []
    counts = [:]
    total = 0
    for (index, slot) in slots.enumerated() {
      var found: [(word: Int32, count: Int)] = []
      for entry in slot.entries where entry.word >= 0 {
        if let known = found.firstIndex(where: { $0.word == entry.word }) {
          found[known].count += 1
        } else {
          found.append((entry.word, 1))
        }
      }
      let best = found.min {
        $0.count != $1.count ? $0.count > $1.count : lexicon[$0.word] < lexicon[$1.word]
      }
      guard let best else { continue }
      let with = found.reduce(0) { $0 + $1.count }
      places.append(
        Place(
          slot: index, word: best.word, support: Double(with) / Double(slot.entries.count),
          isSilent: slot.isSilent, range: times[index]))
      if !slot.isSilent {
        counts[best.word, default: 0] += 1
        total += 1
      }
    }
  }

  /// The tags behind its last word, and those before its first.
  var lastTags: ArraySlice<Place> {
    places[((places.lastIndex { !$0.isSilent } ?? -1) + 1)...]
  }
  var firstTags: ArraySlice<Place> { places.prefix { $0.isSilent } }

  /// At most this many places of a side are looked at: far more than any seam holds.
  private static let most = 240

  /// The places that may lie behind `time`, which a margin for doubt goes before.
  func tail(from time: Timestamp) -> ArraySlice<Place> {
    let early = time - Int(doubt * 6)
    let start = places.firstIndex { $0.range.upperBound > early } ?? places.count
    return places[max(start, places.count - Self.most)...]
  }

  /// The places that may lie before `time`, and those within a margin for doubt.
  func head(until time: Timestamp) -> ArraySlice<Place> {
    let late = time + Int(doubt * 6)
    let end = places.lastIndex { $0.range.lowerBound < late }.map { $0 + 1 } ?? 0
    return places[..<min(end, Self.most)]
  }
}
