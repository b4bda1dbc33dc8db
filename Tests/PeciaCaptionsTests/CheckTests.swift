import PeciaCaptions
import PeciaCore
import Testing

@Suite struct CheckTests {
  private func cue(_ start: Int, _ end: Int, _ text: String, id: String? = nil) -> Cue {
    Cue(id: id, range: Timestamp(milliseconds: start)..<Timestamp(milliseconds: end), text: text)
  }

  @Test func `every fault is named with its place`() throws {
    let cues = [
      cue(0, 500, "Too short."), cue(583, 8000, "This stands too long."),
      cue(8200, 9300, "This follows after a gap that flickers,\nand reads too fast."),
      cue(9300, 11_000, "No gap."),
      cue(10_900, 12_500, "This one overlaps and ends on the\nword that it should not."),
      cue(12_600, 14_000, "This line is much too long for any of the profiles."),
      cue(15_000, 17_000, "One\ntwo\nthree"), cue(14_000, 16_000, "Order."),
      cue(20_000, 22_000, " "),
    ]
    let faults = Captions(cues, language: "en").faults(against: try .named("netflix"))
    #expect(
      faults.map { "\($0.cue) \($0.line ?? 0) \($0.rule.rawValue)" } == [
        "1 0 shortest", "2 0 longest", "2 0 small-gap", "3 0 reading-speed", "3 0 gap",
        "4 0 overlap", "5 0 reading-speed", "5 1 line-end", "6 1 line-length",
        "6 0 reading-speed", "7 0 lines", "7 0 order", "9 0 empty",
      ])
    let long = try #require(faults.first { $0.rule == .lineLength })
    #expect(long.value == 51)
    #expect(long.limit == 42)
  }

  @Test func `a line may end between a word and itself, but not behind both`() throws {
    let cues = [
      cue(0, 2000, "It was very\nvery late for"), cue(2083, 4000, "for us, the\nthe"),
      cue(4083, 6000, "end of Dr.\nDr. Lee."),
    ]
    let faults = Captions(cues, language: "en").faults(against: try .named("netflix"))
    #expect(
      faults.map { "\($0.cue) \($0.line ?? 0) \($0.rule.rawValue)" } == [
        "2 2 line-end", "3 1 line-end",
      ])
  }

  @Test func `two frames written as 83 milliseconds are two frames`() throws {
    let cues = [cue(0, 2000, "One."), cue(2083, 4000, "Two.")]
    #expect(Captions(cues).faults(against: try .named("netflix")) == [])
  }

  @Test(arguments: 0..<100)
  func `what is cut passes the check but for speed and line ends of chance words`(
    seed: UInt64
  ) throws {
    let profile = try CaptionProfile.named(
      CaptionProfile.builtIn[Int(seed) % CaptionProfile.builtIn.count])
    let cut = cues(of: Samples.chance(seed: seed), profile: profile)
    let faults = Captions(cut, language: "en").faults(against: profile).filter { fault in
      switch fault.rule {
      // Words of chance leave no other end, and say nothing of how fast they are spoken.
      case .readingSpeed, .lineEnd: false
      // A word that is longer than a line stays whole.
      case .lineLength:
        cut[fault.cue - 1].lines[(fault.line ?? 1) - 1].contains(" ")
      default: true
      }
    }
    #expect(faults == [])
  }
}
