import PeciaCore

/// A recording's clips as one line of slots: what neighbours share stands there once.
struct Part {
  /// A slot of the recording, and the slots of the clips that it holds.
  struct Place {
    var slot: Slot
    /// The clip's place in the score, and the slot's in the clip; one, or two at a seam.
    var origins: [(clip: Int, slot: Int)]
  }

  let score: Score
  let times: [[TimeRange]]
  private(set) var places: [Place] = []
  /// The first text of each clip among all texts.
  private let offsets: [Int]
  let ballot: Ballot
  /// The agreed text of the recording; slots are the places' numbers.
  let choices: [Ballot.Choice]
  let reliability: Reliability
  let texts: [HeardText]

  init(_ score: Score, seams: [Seam?], times: [[TimeRange]]) {
    self.score = score
    self.times = times
    var offsets: [Int] = []
    var texts: [HeardText] = []
    for clip in score.clips {
      offsets.append(texts.count)
      texts += clip.heard
    }
    self.offsets = offsets
    var line = Line(score: score, offsets: offsets)
    for index in score.clips.indices {
      line.append(clip: index, seam: index > 0 ? seams[index - 1] : nil)
    }
    places = line.places
    SpeakerNames.unify(&texts, of: texts.indices, slots: places.map(\.slot))
    self.texts = texts
    let decided = score.clips.indices.filter { score.clips[$0].isDecided }.map { offsets[$0] }
    var slots = places.map(\.slot)
    reliability = Reliability(
      slots: &slots, workers: texts.workerNumbers, lexicon: score.reader.lexicon,
      fixed: Set(decided))
    for index in places.indices { places[index].slot = slots[index] }
    ballot = Ballot(
      texts: texts, reliability: reliability, reader: score.reader,
      confusions: Confusions(
        in: slots, weights: reliability.weights, lexicon: score.reader.lexicon))
    choices = ballot.choices(in: slots)
  }

  /// A clip's own slots, with the numbers that its texts have in the recording.
  func slots(ofClip index: Int) -> [Slot] {
    Line.slots(of: score.clips[index], from: offsets[index])
  }

  /// The agreed words of one clip alone.
  func choices(ofClip index: Int) -> [Ballot.Choice] { ballot.choices(in: slots(ofClip: index)) }

  func texts(ofClip index: Int) -> Range<Int> {
    offsets[index]..<offsets[index] + score.clips[index].heard.count
  }

  /// The place of each slot of a clip, from the times of its agreed words; slots that hold none
  /// lie between them.
  func slotTimes(ofClip index: Int, words: [Int: [TimeRange]]) -> [TimeRange] {
    let clip = score.clips[index]
    guard let given = words[clip.texts.number] else { return clip.times }
    let choices = choices(ofClip: index)
    guard given.count == choices.count, !choices.isEmpty else { return clip.times }
    var times = [TimeRange?](repeating: nil, count: clip.slots.count)
    for (choice, range) in zip(choices, given) {
      let count = choice.slots.count
      for (part, slot) in choice.slots.enumerated() {
        let start = range.lowerBound + range.milliseconds * part / count
        times[slot] = start..<range.lowerBound + range.milliseconds * (part + 1) / count
      }
    }
    var last = clip.texts.range.lowerBound
    return times.map { time in
      let range = time ?? last..<last
      let start = max(last, range.lowerBound)
      last = max(start, range.upperBound)
      return start..<last
    }
  }
}

/// Puts clip after clip into one line.
private struct Line {
  let score: Score
  let offsets: [Int]
  var places: [Part.Place] = []
  /// Where each slot of the last clip stands in `places`.
  private var positions: [Int] = []

  init(score: Score, offsets: [Int]) {
    self.score = score
    self.offsets = offsets
  }

  static func slots(of clip: Score.Staff, from offset: Int) -> [Slot] {
    clip.slots.map { slot in
      var slot = slot
      for index in slot.entries.indices { slot.entries[index].text += Int32(offset) }
      return slot
    }
  }

  mutating func append(clip index: Int, seam: Seam?) {
    let slots = Self.slots(of: score.clips[index], from: offsets[index])
    // The slots that are new in the line: all, or those behind the seam.
    var positionsHere: [Int] = []
    if let steps = seam?.steps, !steps.isEmpty {
      join(slots, clip: index, steps: steps, positions: &positionsHere)
    }
    for (number, slot) in slots.enumerated().dropFirst(positionsHere.count) {
      positionsHere.append(places.count)
      places.append(Part.Place(slot: slot, origins: [(index, number)]))
    }
    positions = positionsHere
  }

  private mutating func join(
    _ slots: [Slot], clip index: Int, steps: [Seam.Step], positions positionsHere: inout [Int]
  ) {
    let start = steps.first { $0.left >= 0 }.map { positions[$0.left] } ?? places.count
    let tail = Array(places[start...])
    places.removeSubrange(start...)
    var next = 0
    for (number, step) in steps.enumerated() {
      let part = (Double(number) + 0.5) / Double(steps.count)
      let isLast = step.left == positions.count - 1 && step.half != .right
      let isFirst = step.right == 0 && step.half != .left
      let leftHearing = isLast ? Slot.Entry.cut : 1 - 0.8 * part
      let rightHearing = isFirst ? Slot.Entry.cut : 0.2 + 0.8 * part
      var place = Part.Place(
        slot: Slot(entries: absent(from: index - 1), isSilent: true), origins: [])
      if step.left >= 0 {
        let position = positions[step.left] - start
        places += tail[next..<position]
        place = tail[position]
        next = position + 1
      } else {
        place.slot.isSilent = slots[step.right].isSilent
      }
      for entry in place.slot.entries.indices {
        place.slot.entries[entry].hearing *= leftHearing
      }
      var added = step.right >= 0 ? slots[step.right].entries : absent(from: index)
      for entry in added.indices { added[entry].hearing = rightHearing }
      place.slot.entries += added
      if step.right >= 0 {
        positionsHere.append(places.count)
        place.origins.append((index, step.right))
      }
      places.append(place)
    }
    places += tail[next...]
  }

  /// Entries that say that no text of this clip has anything in a place.
  private func absent(from clip: Int) -> [Slot.Entry] {
    score.clips[clip].heard.indices.map {
      Slot.Entry(text: Int32(offsets[clip] + $0), token: -1, word: -1)
    }
  }
}
