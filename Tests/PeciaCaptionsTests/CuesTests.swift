import PeciaCaptions
import PeciaCore
import Support
import Testing

@Suite struct CuesTests {
  private static let rates: [Double?] = [nil, 24, 25, 29.97]

  @Test(arguments: 0..<300)
  func `every limit that can be kept is kept`(seed: UInt64) throws {
    let transcript = Samples.chance(seed: seed)
    let names = CaptionProfile.builtIn
    let profile = try CaptionProfile.named(names[Int(seed) % names.count])
    let rate = Self.rates[Int(seed / 3) % Self.rates.count]
    let cues = cues(of: transcript, profile: profile, framesPerSecond: rate)
    let gap = profile.gap.milliseconds(at: rate.flatMap(FrameRate.init) ?? profile.frameRate)
    for cue in cues {
      #expect(cue.range.milliseconds >= profile.shortest, "\(cue)")
      #expect(cue.range.milliseconds <= profile.longest, "\(cue)")
      #expect(cue.lines.count <= profile.lines, "\(cue)")
      for line in cue.lines where line.contains(" ") {
        #expect(line.count <= profile.charactersPerLine, "\(cue)")
      }
      #expect(cue.lines.allSatisfy { !$0.isEmpty && !$0.hasPrefix(" ") && !$0.hasSuffix(" ") })
    }
    for (cue, next) in zip(cues, cues.dropFirst()) {
      #expect(next.range.lowerBound - cue.range.upperBound >= gap, "\(cue) \(next)")
    }
  }

  @Test(arguments: 0..<300)
  func `the words of all cues are the words of the transcript`(seed: UInt64) throws {
    let transcript = Samples.chance(seed: seed)
    let cues = cues(of: transcript, profile: try .named("netflix"))
    let written = cues.flatMap { cue in
      cue.lines.flatMap { line in
        let isDialogue = Set(cue.words.map(\.speaker)).count > 1
        return (isDialogue ? line.dropFirst() : line).split(separator: " ")
      }
    }
    #expect(written.joined(separator: " ") == transcript.words.map(\.text).joined(separator: " "))
    #expect(
      cues.flatMap(\.words).map(\.text).joined(separator: " ")
        == transcript.words.map(\.text).joined(separator: " "))
  }

  @Test func `evening is cut as its golden file shows`() throws {
    let profile = try CaptionProfile.named("netflix")
    for form in [CaptionForm.srt, .vtt, .txt, .json] {
      let rendered = render(Samples.evening, as: form, profile: profile)
      try expectGolden(rendered.text, "evening.\(form.rawValue)")
    }
  }
}
