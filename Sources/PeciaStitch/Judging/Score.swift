import PeciaCore

/// A recording's texts laid against each other: within each clip, and over each seam.
///
/// Nothing here rests on a worker's standing, so a change touches its own clip and seams only.
struct Score {
  /// One clip and its slots.
  struct Staff {
    var texts: ClipTexts
    /// In order of content; texts of tags only have yielded, a reviewer's text comes first.
    var heard: [HeardText]
    /// Entries count texts from 0 in `heard`.
    var slots: [Slot]
    /// The place of each slot by letters and marks.
    var times: [TimeRange]
    /// The best agreement of two of its texts; nil with fewer than two.
    var agreement: Double?

    var isDecided: Bool { texts.accepted != nil }
    /// How far off a place may be that is known by letters only, in milliseconds: silence may lie
    /// anywhere between the words, and is what so many letters leave over at a common pace.
    var doubtByLetters: Double { 800 + 0.4 * Double(spare) }
    /// The milliseconds that its longest text leaves over at a common pace.
    var spare: Int {
      let letters = heard.map { $0.tokens.reduce(0) { $0 + Int($1.length) + 1 } }.max() ?? 0
      return max(0, texts.range.milliseconds - 75 * letters)
    }
    /// Whether there are words or tags.
    var hasText: Bool { !slots.isEmpty }
  }

  private(set) var clips: [Staff] = []
  /// The seam behind each clip; nil where the next clip shares nothing, or a side has nothing.
  private(set) var seams: [Seam?] = []
  private(set) var reader: TextReader

  init(of clips: [ClipTexts], normalisation: Normalisation) {
    reader = TextReader(normalisation)
    let ordered = clips.sorted {
      ($0.range.lowerBound, $0.range.upperBound, $0.number)
        < ($1.range.lowerBound, $1.range.upperBound, $1.number)
    }
    for clip in ordered { self.clips.append(Self.staff(of: clip, reader: &reader)) }
    seams = self.clips.indices.map { seam(behind: $0) }
  }

  /// Puts other texts in the place of a clip's.
  mutating func replace(_ changed: [ClipTexts]) {
    var touched: Set<Int> = []
    for clip in changed {
      guard let index = clips.firstIndex(where: { $0.texts.number == clip.number }) else {
        continue
      }
      if clips[index].texts == clip { continue }
      clips[index] = Self.staff(of: clip, reader: &reader)
      touched.formUnion([index - 1, index])
    }
    for index in touched where seams.indices.contains(index) { seams[index] = seam(behind: index) }
  }

  private static func staff(of clip: ClipTexts, reader: inout TextReader) -> Staff {
    var heard = clip.texts.inOrder.map { reader.read($0) }.withoutYielding
    if let accepted = clip.accepted {
      heard.insert(reader.read(WorkerText(worker: "", text: accepted)), at: 0)
    }
    let slots = SlotBuilder.slots(
      of: heard, numbers: Array(heard.indices), lexicon: reader.lexicon)
    let places = heard.enumerated().map { text, heard in
      (Int32(text), Placed.tokens(of: heard, in: clip.range))
    }
    return Staff(
      texts: clip, heard: heard, slots: slots,
      times: Placed.slots(
        slots, tokens: Dictionary(uniqueKeysWithValues: places), in: clip.range),
      agreement: agreement(of: heard, slots: slots, lexicon: reader.lexicon))
  }

  /// The agreement of the two texts that agree best.
  private static func agreement(
    of heard: [HeardText], slots: [Slot], lexicon: Lexicon
  ) -> Double? {
    guard heard.count > 1 else { return nil }
    var (alike, compared) = (
      [[Int]](repeating: Array(repeating: 0, count: heard.count), count: heard.count),
      [[Int]](repeating: Array(repeating: 0, count: heard.count), count: heard.count)
    )
    for slot in slots where !slot.isSilent {
      for first in slot.entries {
        for second in slot.entries where first.text < second.text {
          guard first.word >= 0 || second.word >= 0 else { continue }
          compared[Int(first.text)][Int(second.text)] += 1
          guard first.word >= 0, second.word >= 0 else { continue }
          alike[Int(first.text)][Int(second.text)] += Int(
            lexicon.similarity(first.word, second.word))
        }
      }
    }
    return heard.indices.flatMap { first in
      heard.indices.dropFirst(first + 1).map { second in
        compared[first][second] == 0
          ? 1 : Double(alike[first][second]) / 1000 / Double(compared[first][second])
      }
    }
    .max()
  }

  /// How far off a place may be where words were timed in the sound, in milliseconds.
  private static let doubtByTimer = 450.0

  private func seam(behind index: Int) -> Seam? {
    seam(behind: index, times: { clips[$0].times }, isTimed: { _ in false })
  }

  private func seam(
    behind index: Int, times: (Int) -> [TimeRange], isTimed: (Int) -> Bool
  ) -> Seam? {
    guard index + 1 < clips.count, clips[index].hasText, clips[index + 1].hasText,
      clips[index].texts.range.upperBound > clips[index + 1].texts.range.lowerBound
    else { return nil }
    let sides = [index, index + 1].map {
      SeamSide(
        clip: clips[$0].texts.range, slots: clips[$0].slots, times: times($0),
        doubt: isTimed($0) ? Self.doubtByTimer : clips[$0].doubtByLetters, isTimed: isTimed($0),
        spare: clips[$0].spare, lexicon: reader.lexicon)
    }
    return Seam(left: sides[0], right: sides[1], lexicon: reader.lexicon)
  }

  /// All clips joined into one line of slots, with the weights of their texts.
  ///
  /// `times` are what `Judgement.stitched` takes.
  func part(times: [Int: [TimeRange]]?) -> Part {
    guard let times else { return Part(self, seams: seams, times: clips.map(\.times)) }
    let untimed = Part(self, seams: seams, times: clips.map(\.times))
    let placed = clips.indices.map { untimed.slotTimes(ofClip: $0, words: times) }
    let seams = clips.indices.map { index in
      seam(
        behind: index, times: { placed[$0] },
        isTimed: { times[clips[$0].texts.number] != nil })
    }
    return Part(self, seams: seams, times: placed)
  }
}
