import PeciaCaptions
import PeciaCore
import Testing

/// Speech that leaves too little time to read: every way of cutting it, and of timing the cues, is
/// tried, by rules that are written down here anew.
@Suite struct HurriedCuesTests {
  /// A cue stands a millisecond longer than it must: so all lengths are on the grid of the words.
  private static let narrow = """
    name: narrow
    extends: netflix
    characters: 18
    shortest: 0.799
    longest: 3
    gap: 0.1
    close-gaps-under: 0.5
    """
  private static let wide = """
    name: wide
    extends: netflix
    shortest: 0.839
    gap: 0.08
    close-gaps-under: 0.5
    """

  /// Words on a grid of 10 milliseconds; ‘the’ belongs to the next word, and nothing else does.
  ///
  /// In talk two people take turns, some of a single word.
  private static func words(seed: UInt64, count: Int, isTalk: Bool) -> [TimedWord] {
    var random = SplitMix64(seed: seed)
    var clock = 1000
    var isAna = true
    return (0..<count).map { _ in
      let text =
        ["stones", "walked", "the", "the", "lanterns", "gathered,", "winter", "harbours."]
        .randomElement(using: &random) ?? "stones"
      let length = Int.random(in: 12...46, using: &random) * 10
      let start = clock
      clock += length + Int.random(in: 0..<10, using: &random) / 6 * 450
      if isTalk, Int.random(in: 0..<3, using: &random) == 0 { isAna.toggle() }
      return TimedWord(
        text: text,
        range: Timestamp(milliseconds: start)..<Timestamp(milliseconds: start + length),
        speaker: isTalk ? isAna ? "Ana" : "Ben" : nil)
    }
  }

  /// How much is wrong with a way of cutting: lines that end on ‘the’, then milliseconds lacking.
  ///
  /// An end between ‘the’ and another ‘the’ weighs a third.
  private struct Wrong: Comparable, CustomStringConvertible {
    var ends: Int
    var lack: Int
    static func < (left: Self, right: Self) -> Bool {
      (left.ends, left.lack) < (right.ends, right.lack)
    }
    var description: String { "\(ends) line ends, \(lack) ms" }
  }

  /// Every way of cutting some words.
  private struct Ways {
    let words: [TimedWord]
    let profile: CaptionProfile
    /// Milliseconds that the times of cues are multiples of: 40 at 25 frames a second.
    let step: Int
    let rate: FrameRate

    /// Every time within a tenth of a second before a word, or the last frame before it.
    private func beginnings(_ word: Int) -> [Int] {
      let last = start(word) / step * step
      return Array(stride(from: last, through: min(last, start(word) - 100), by: -step))
    }
    /// A length in whole steps, no shorter than what the profile asks for.
    private func steps(_ length: CaptionProfile.Length) -> Int {
      (length.milliseconds(at: rate) + step - 1) / step * step
    }
    private func start(_ word: Int) -> Int { words[word].range.lowerBound.milliseconds }
    private func width(_ from: Int, _ to: Int) -> Int {
      words[from..<to].reduce(-1) { $0 + $1.text.count + 1 }
    }
    /// What it weighs that a line ends before the word `to`: 3 where that belongs to the last one.
    func leans(_ to: Int) -> Int {
      guard to < words.count, words[to - 1].text == "the", !turns(to) else { return 0 }
      return words[to].text == "the" ? 1 : 3
    }
    /// Whether another one speaks from the word `to` on.
    private func turns(_ to: Int) -> Bool { words[to - 1].speaker != words[to].speaker }
    private func turns(_ from: Int, _ to: Int) -> [Int] {
      (from + 1..<max(to, from + 1)).filter(turns)
    }

    /// The fewest bad ends of the lines of one cue; nil where it does not fit its lines.
    ///
    /// Two speakers have a line each that begins with a dash; three have no room.
    private func ends(_ from: Int, _ to: Int) -> Int? {
      let limit = profile.charactersPerLine
      if let turn = turns(from, to).first {
        guard turns(from, to).count == 1, width(from, turn) < limit, width(turn, to) < limit else {
          return nil
        }
        return leans(to)
      }
      let one = width(from, to) <= limit ? 0 : nil
      let two = (from + 1..<max(to, from + 1)).compactMap {
        width(from, $0) <= limit && width($0, to) <= limit ? leans($0) : nil
      }
      return (two + [one].compactMap { $0 }).min().map { $0 + leans(to) }
    }

    /// How long a cue can stand between its start and the next one's; nil where it cannot.
    private func room(_ start: Int, _ next: Int) -> Int? {
      let closed = next - steps(profile.gap) - start
      let under = profile.closesGapsUnder.map(steps) ?? 0
      let room = closed <= profile.longest ? closed : min(profile.longest, next - under - start)
      return room > profile.shortest ? room : nil
    }

    /// The least that is wrong when cues begin with the words `starts`; nil where limits break.
    ///
    /// All starts from a tenth of a second before the first word up to it are tried.
    func wrong(_ starts: [Int]) -> Wrong? {
      var ends = 0
      var lacks = Dictionary(uniqueKeysWithValues: beginnings(0).map { ($0, 0) })
      for (index, from) in starts.enumerated() {
        let to = index + 1 < starts.count ? starts[index + 1] : words.count
        let span = words[to - 1].range.upperBound.milliseconds - start(from)
        guard let bad = self.ends(from, to), span <= profile.longest else { return nil }
        ends += bad
        let reading = profile.readingTime(
          characters: width(from, to) + turns(from, to).count * 2, words: to - from)
        var next: [Int: Int] = [:]
        for (begin, lack) in lacks {
          guard to < words.count else {
            next[0] = min(next[0] ?? .max, lack + max(0, reading - profile.longest))
            continue
          }
          for nextBegin in beginnings(to) {
            guard let room = room(begin, nextBegin) else { continue }
            next[nextBegin] = min(next[nextBegin] ?? .max, lack + max(0, reading - room))
          }
        }
        lacks = next
      }
      return lacks.values.min().map { Wrong(ends: ends, lack: $0) }
    }

    /// The least that is wrong with any way; nil where every one breaks a limit.
    func least() -> Wrong? {
      (0..<1 << (words.count - 1)).compactMap { choice in
        wrong([0] + (1..<words.count).filter { choice >> ($0 - 1) & 1 == 1 })
      }.min()
    }
  }

  private static func wrong(_ cut: [Cue], _ profile: CaptionProfile, _ ways: Ways) -> Wrong {
    var words = 0
    var ends = 0
    for line in cut.flatMap(\.lines) {
      words += line.split(separator: " ").count
      ends += ways.leans(words)
    }
    return Wrong(
      ends: ends,
      lack: cut.reduce(0) { sum, cue in
        let needed = profile.readingTime(characters: cue.text.count, words: cue.words.count)
        return sum + max(0, needed - cue.range.milliseconds)
      })
  }

  @Test(arguments: 0..<600)
  func `no way of cutting ends fewer lines badly, or as few and gives more time to read`(
    seed: UInt64
  ) throws {
    let isOnFrames = seed % 3 == 0
    let profile =
      try isOnFrames && seed % 2 == 1
      ? CaptionProfile.named("netflix")
      : CaptionProfile(yaml: seed % 2 == 0 ? Self.narrow : Self.wide, file: "ours.yml")
    let words = Self.words(seed: seed, count: 9, isTalk: seed % 5 < 2)
    let transcript = Transcript(
      recording: .init(name: "hurry", duration: Timestamp(milliseconds: 60_000)), language: "en",
      style: "", words: words)
    let cut = cues(of: transcript, profile: profile, framesPerSecond: isOnFrames ? 25 : nil)
    let rate = isOnFrames ? try #require(FrameRate(25)) : profile.frameRate
    let ways = Ways(words: words, profile: profile, step: isOnFrames ? 40 : 10, rate: rate)
    guard let least = ways.least() else {
      // No way keeps every limit: a cue begins late then, and nothing else gives way.
      #expect(cut.contains { $0.lateness > 0 })
      return
    }
    #expect(cut.allSatisfy { $0.lateness == 0 })
    // A cue that needs a few milliseconds of a frame takes it whole, whoever needs it more.
    let spare = isOnFrames ? 39 : 0
    #expect(Self.wrong(cut, profile, ways) <= Wrong(ends: least.ends, lack: least.lack + spare))
  }

  @Test func `one word said over and over fills as few lines as can be, none of them at fault`()
    throws
  {
    // Eight of them fill a line; each belongs to what follows, but the next is only itself again.
    let texts = ["Je", "suis"] + Array(repeating: "très", count: 221)
    let words = texts.enumerated().map { index, text in
      TimedWord(
        text: text,
        range: Timestamp(milliseconds: index * 300)..<Timestamp(milliseconds: index * 300 + 280))
    }
    let transcript = Transcript(
      recording: .init(name: "tres", duration: Timestamp(milliseconds: 70_000)), language: "fr",
      style: "", words: words)
    let profile = try CaptionProfile.named("netflix")
    let cut = cues(of: transcript, profile: profile)
    #expect(cut.flatMap(\.lines).count == (223 + 7) / 8)
    #expect(
      Captions(cut, language: "fr").faults(against: profile).allSatisfy { $0.rule == .readingSpeed }
    )
  }
}
