import PeciaCaptions
import PeciaCore
import Testing

/// Speech that leaves too little time to read.
@Suite struct HurriedCuesTests {
  /// Words without a grammar: only time and width tell one way of cutting from another.
  private static func words(seed: UInt64) -> [TimedWord] {
    var random = SplitMix64(seed: seed)
    var clock = 1000
    return (0..<11).map { _ in
      let text =
        ["stones", "walked", "lanterns", "gathered", "winter", "harbours"]
        .randomElement(using: &random) ?? "stones"
      let length = Int.random(in: 90...420, using: &random)
      let start = clock
      clock += length + Int.random(in: 0..<10, using: &random) / 6 * 450
      return TimedWord(
        text: text,
        range: Timestamp(milliseconds: start)..<Timestamp(milliseconds: start + length))
    }
  }

  /// The milliseconds that the cues of one line each would lack, cut before `starts`; nil where that
  /// breaks a limit.
  private static func lack(
    _ words: [TimedWord], _ starts: [Int], _ profile: CaptionProfile
  ) -> Int? {
    let gap = profile.gap.milliseconds(at: profile.frameRate)
    var begins: [Int] = []
    for start in starts {
      let word = words[start].range.lowerBound.milliseconds
      let free = start == 0 ? 0 : words[start - 1].range.upperBound.milliseconds + gap
      begins.append(min(word, max(word - 100, free)))
    }
    var lack = 0
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] : words.count
      let width = words[start..<end].reduce(-1) { $0 + $1.text.count + 1 }
      let next = index + 1 < starts.count ? begins[index + 1] - gap : Int.max
      let room = min(next - begins[index], profile.longest)
      guard width <= profile.charactersPerLine, room > profile.shortest else { return nil }
      lack += max(0, profile.readingTime(characters: width, words: end - start) - room)
    }
    return lack
  }

  @Test(arguments: 0..<60)
  func `no way of cutting into cues of one line gives more time to read`(seed: UInt64) throws {
    let profile = try CaptionProfile.named("netflix")
    let words = Self.words(seed: seed)
    let transcript = Transcript(
      recording: .init(name: "hurry", duration: Timestamp(milliseconds: 60_000)), language: "en",
      style: "", words: words)
    let cut = cues(of: transcript, profile: profile)
    let lacking = cut.reduce(0) { sum, cue in
      let needed = profile.readingTime(characters: cue.text.count, words: cue.words.count)
      return sum + max(0, needed - cue.range.milliseconds)
    }
    let least = (0..<1 << (words.count - 1)).compactMap { choice in
      let starts = [0] + (1..<words.count).filter { choice >> ($0 - 1) & 1 == 1 }
      return Self.lack(words, starts, profile)
    }.min()
    #expect(lacking <= least ?? .max)
  }
}
