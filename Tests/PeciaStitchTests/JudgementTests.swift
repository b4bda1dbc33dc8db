import PeciaCore
import PeciaStitch
import Simulation
import Testing

@Suite struct JudgementTests {
  static let range = Timestamp.zero..<Timestamp(milliseconds: 10_000)

  static func clip(_ texts: String..., copies: Int = 1, accepted: String? = nil) -> ClipTexts {
    ClipTexts(
      number: 1, range: range,
      texts: texts.enumerated().map { WorkerText(worker: "w\($0)", text: $1) },
      accepted: accepted, copies: copies)
  }

  @Test(arguments: [
    (clip(), ClipState.open, false),
    (clip("we went home"), .thin, false),
    (clip("we went home", copies: 2), .open, false),
    (clip("we went home", "We went home.", copies: 2), .agreed, false),
    (clip("we went home", "it rained all day", copies: 2), .disputed, true),
    (clip("we went home", "it rained all day", copies: 3), .disputed, false),
    (clip("we went home", "it rained all day", "we went home", copies: 3), .agreed, false),
    (clip("we went home", "[silence]", copies: 2), .thin, false),
    (clip("[silence]", "", copies: 2), .agreed, false),
    (clip("a", "b", copies: 2, accepted: "We went home."), .agreed, false),
  ])
  func `a clip stands where its texts put it`(clip: ClipTexts, state: ClipState, wantsCopy: Bool) {
    let judged = Judgement(of: [clip], normalisation: Normalisation()).clips[0]
    #expect(judged.state == state)
    #expect(judged.wantsCopy == wantsCopy)
  }

  @Test func `an accepted text stands as it was decided`() {
    let clip = Self.clip("one two", "one too", "one two", copies: 3, accepted: "One, too!")
    let words = Judgement(of: [clip], normalisation: Normalisation()).stitched().words
    #expect(words.map(\.text) == ["One,", "too!"])
  }

  @Test(arguments: 0..<10)
  func `judging a stretch, or again, gives what judging everything gives`(seed: UInt64) {
    let recording = SimulatedRecording(seed: seed, words: 300)
    let (clips, _) = StitchTests.clips(of: recording, copies: 2, error: 15, seed: seed)
    let whole = Judgement(of: clips, normalisation: StitchTests.plain)
    for middle in clips.indices {
      let near = clips[max(0, middle - 2)...min(clips.count - 1, middle + 2)]
      let part = Judgement(of: Array(near), normalisation: StitchTests.plain)
      let (here, there) = (
        part.clips.first { $0.number == middle + 1 }, whole.clips[middle]
      )
      #expect(here?.state == there.state && here?.agreement == there.agreement)
    }
    var earlier = clips
    earlier[1].texts.removeLast()
    let again = Judgement(of: earlier, normalisation: StitchTests.plain).judging(again: [clips[1]])
    #expect(again.clips == whole.clips)
    #expect(again.seams == whole.seams)
    #expect(again.workers == whole.workers)
    #expect(again.disputes == whole.disputes)
  }

  @Test func `the order of clips and texts changes nothing`() {
    let recording = SimulatedRecording(seed: 3, words: 200)
    let (clips, _) = StitchTests.clips(of: recording, copies: 3, error: 20, seed: 3)
    let turned = clips.reversed().map { clip in
      var clip = clip
      clip.texts.reverse()
      return clip
    }
    let (first, second) = (
      Judgement(of: clips, normalisation: StitchTests.plain),
      Judgement(of: turned, normalisation: StitchTests.plain)
    )
    #expect(first.clips == second.clips && first.disputes == second.disputes)
    #expect(first.stitched().words == second.stitched().words)
  }

  @Test func `the vote does not depend on the order of rows`() {
    let recording = SimulatedRecording(seed: 5, words: 400)
    let (clips, _) = StitchTests.clips(of: recording, copies: 5, error: 25, seed: 5)
    let items = clips.map { Ballots(item: "\($0.number)", texts: $0.texts) }
    let turned = items.reversed().map { Ballots(item: $0.item, texts: $0.texts.reversed()) }
    #expect(
      vote(on: items, normalisation: Normalisation())
        == vote(on: turned, normalisation: Normalisation()).reversed())
  }

  @Test func `spam, empty and foreign texts do not win`() {
    let good = ["the river was high that spring", "the river was high that spring"]
    let bad = ["", "asdf", "buy cheap watches now", "[inaudible]"]
    let texts = (good + bad).enumerated().map { WorkerText(worker: "w\($0)", text: $1) }
    let agreed = vote(on: [Ballots(item: "a", texts: texts)], normalisation: Normalisation())
    #expect(agreed[0].text == good[0])
  }

  /// The agreed text of one item with these texts, each by another worker.
  private static func agreed(_ texts: [String], beside items: [Ballots] = []) -> String {
    let texts = texts.enumerated().map { WorkerText(worker: "w\($0)", text: $1) }
    return vote(
      on: [Ballots(item: "a", texts: texts)] + items, normalisation: Normalisation())[0].text
  }

  @Test(arguments: [
    ["the river was high that spring", "my uncle bought another horse yesterday evening"],
    ["so it goes on and on", "quite another matter altogether"],
    ["one", "the other two three"],
  ])
  func `two texts that have nothing in common make no patchwork`(texts: [String]) {
    #expect(texts.contains(Self.agreed(texts)))
    let time = { Timestamp(milliseconds: $0) }
    let clip = ClipTexts(
      number: 1, range: time(0)..<time(10_000),
      texts: texts.enumerated().map { WorkerText(worker: "w\($0)", text: $1) }, copies: 2)
    let words = Judgement(of: [clip], normalisation: Normalisation()).stitched().words
    #expect(texts.contains(words.map(\.text).joined(separator: " ")))
  }

  @Test func `a word in two parts backs the same word in one`() {
    let joined = Self.agreed(["We go tomorrow.", "we go to morrow", "we go tomorrow"])
    #expect(["we go tomorrow", "we go tomorrow."].contains(joined.lowercased()))
    #expect(
      Self.agreed(["we go to morrow", "we go to morrow", "so tomorrow"]) == "we go to morrow")
    // Where nobody joins them, two words stay two.
    #expect(Self.agreed(["a way out", "a way out", "the way out"]) == "a way out")
  }

  @Test func `a hyphen parts a word as a blank does`() {
    let agreed = Self.agreed(["We go to-morrow.", "we go to morrow", "so tomorrow"])
    #expect(agreed.lowercased().hasPrefix("we go to"))
    #expect(agreed.lowercased().hasSuffix("morrow") || agreed.hasSuffix("morrow."))
    #expect(agreed.split(whereSeparator: { $0 == " " || $0 == "-" }).count == 4)
    #expect(Self.agreed(["to-morrow", "tomorrow", "tomorrow"]) == "tomorrow")
  }

  @Test func `what is often misheard for a word speaks for that word`() {
    let items = (0..<60).map { number in
      Ballots(
        item: "b\(number)",
        texts: ["black and white", "black and white", "black in white"].enumerated().map {
          WorkerText(worker: "\($0)\(number)", text: "\($1) number \(number)")
        })
    }
    let texts = ["bread in wine", "bread and wine", "bread in wine", "bread and wine"]
    #expect(Self.agreed(texts, beside: items) == "bread and wine")
    let turned = ["bread on wine", "bread in wine", "bread on wine", "bread on wine"]
    #expect(Self.agreed(turned, beside: items) == "bread on wine")
  }

  @Test(arguments: 0..<50)
  func `a decided text outweighs every habit`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let recording = SimulatedRecording(seed: seed, words: 60)
    let clips = recording.clips.enumerated().map { index, range in
      let text = recording.perfect(range, .dropped, using: &random)
      return ClipTexts(
        number: index + 1, range: range,
        texts: (0..<3).map {
          WorkerText(
            worker: "w\($0)",
            text: SimulatedRecording.spoilt(text, percent: 40, using: &random))
        }, accepted: text, copies: 3)
    }
    for (clip, judged) in zip(clips, Judgement(of: clips, normalisation: Normalisation()).clips) {
      #expect(judged.words.map(\.text).joined(separator: " ") == clip.accepted)
    }
  }

  @Test func `a way of writing that is rare elsewhere does not win`() {
    let items = (0..<40).map { number in
      Ballots(
        item: "b\(number)",
        texts: ["a", "b", "c"].map {
          WorkerText(worker: "\($0)\(number)", text: "it is of course number \(number)")
        })
    }
    let texts = ["yes ofcourse it was", "yes of course it was", "yes ofcourse it was"]
    #expect(Self.agreed(texts) == "yes ofcourse it was")
    #expect(Self.agreed(texts, beside: items) == "yes of course it was")
  }

  @Test(arguments: [0, 1500])
  func `long texts are voted on as short ones are`(missing: Int) {
    var random = SplitMix64(seed: 7)
    let said = (0..<4000).map { _ in "w\(Int.random(in: 0..<1500, using: &random))" }
    let texts = (0..<4).map { copy in
      var typed = said
      for place in stride(from: 5 + 7 * copy, to: typed.count, by: 30) {
        typed[place] = copy == 0 ? "x\(place) " + typed[place] : "x\(place)"
      }
      if copy == 3 { typed.removeSubrange(1000..<1000 + missing) }
      return typed.joined(separator: " ")
    }
    #expect(Self.agreed(texts) == said.joined(separator: " "))
  }

  @Test(arguments: [
    [
      "The lighthouse keeper walked down the narrow path to the harbour.",
      "My hovercraft is full of eels, and the parrot has died again today.",
    ],
    [
      "We sold the boat in spring, and my father never spoke of it.",
      "It is of no use to me, said the third of the brothers at last.",
      "Seven old houses stand along the river where the trams once turned around.",
    ],
  ])
  func `texts of different things are not mixed`(texts: [String]) {
    let workers = texts.enumerated().map { WorkerText(worker: "w\($0)", text: $1) }
    let agreed = vote(on: [Ballots(item: "1", texts: workers)], normalisation: Normalisation())
    #expect(texts.contains(agreed[0].text), "\(agreed[0].text)")
    let clip = ClipTexts(number: 1, range: Self.range, texts: workers, copies: texts.count)
    let stitched = Judgement(of: [clip], normalisation: Normalisation()).stitched().words
    #expect(texts.contains(stitched.map(\.text).joined(separator: " ")))
  }
}
