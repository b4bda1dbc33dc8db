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

  @Test(arguments: Samples.Hardship.allCases, 0..<30)
  func `hard input keeps every limit, and is late or fast only without room`(
    hardship: Samples.Hardship, seed: UInt64
  ) throws {
    let transcript = Samples.hard(hardship, seed: seed)
    let names = CaptionProfile.builtIn
    let profile = try CaptionProfile.named(names[Int(seed) % names.count]).forLanguage(
      transcript.language)
    let rate = Self.rates[Int(seed) % Self.rates.count]
    let cut = cues(of: transcript, profile: profile, framesPerSecond: rate)
    let written = cut.flatMap(\.words).map(\.text).joined()
    #expect(written.filter { $0 != " " } == transcript.words.map(\.text).joined())
    let faults = Captions(cut, language: transcript.language)
      .faults(against: profile, framesPerSecond: rate)
    // What else is found is no fault of the cutting: words of chance, and words over a line long.
    let cutting: [CaptionFault.Rule] = [
      .empty, .lines, .shortest, .longest, .order, .overlap, .gap, .smallGap,
    ]
    #expect(faults.filter { cutting.contains($0.rule) } == [])
    let clock = rate.flatMap(FrameRate.init) ?? profile.frameRate
    let frame = rate == nil ? 2 : 1000 * clock.seconds / clock.frames + 2
    let gap = profile.gap.milliseconds(at: clock)
    for (cue, next) in zip(cut, cut.dropFirst()) {
      let room = next.range.lowerBound - cue.range.upperBound - gap
      if let first = next.words.first?.range.lowerBound {
        #expect(first - next.range.lowerBound <= 100, "early: \(next)")
      }
      if next.lateness > 0 {
        #expect(room <= frame, "late after a gap: \(cue) \(next)")
        #expect(cue.range.milliseconds <= profile.shortest + 2 * frame, "late: \(cue) \(next)")
      }
      let width = cue.text.count
      let needed = profile.readingTime(
        characters: width, words: cue.text.split(separator: " ").count)
      if cue.range.milliseconds + frame < min(needed, profile.longest - frame) {
        #expect(room <= frame, "fast with room: \(cue) \(next)")
      }
    }
  }

  @Test(arguments: [
    ("en", "We have seen that the the sea was really quite rough in the the morning"),
    ("fr", "Nous avons vu que la la mer avait sans doute été très très dure ce matin"),
    ("de", "Wir haben gestern gesehen dass die die See am Morgen wirklich sehr rauh"),
    ("es", "Hemos visto ayer por la noche que el el mar estaba realmente muy muy malo"),
  ])
  func `a line does not end on a little word that is said twice`(
    language: String, text: String
  ) throws {
    let transcript = Samples.transcript([(nil, text)], language: language)
    let profile = try CaptionProfile.named("netflix")
    let cut = cues(of: transcript, profile: profile)
    let faults = Captions(cut, language: language).faults(against: profile)
    #expect(faults.filter { $0.rule == .lineEnd } == [])
  }

  @Test func `cues that begin late and read fast are told`() throws {
    let words = (0..<40).map { index in
      TimedWord(
        text: "quickly\(index)",
        range: Timestamp(milliseconds: 1000 + index)..<Timestamp(milliseconds: 1001 + index))
    }
    let transcript = Transcript(
      recording: .init(name: "fast", duration: Timestamp(milliseconds: 20_000)), language: "en",
      style: "", words: words)
    let losses = render(transcript, as: .srt, profile: try .named("netflix")).losses
    #expect(losses.contains { $0.contains("read faster than netflix allows") }, "\(losses)")
    #expect(losses.contains { $0.contains("begin after their first word") }, "\(losses)")
  }

  @Test func `sentences, titles, numbers and short turns are kept together`() throws {
    let cut = cues(of: Samples.evening, profile: try .named("netflix"))
    #expect(cut.contains { $0.text.contains("Dr. Lee") })
    #expect(cut.contains { $0.text.contains("3.14 kilometers") })
    #expect(Captions(cut, language: "en").faults(against: try .named("netflix")) == [])
  }

  @Test func `text without blanks is broken between characters, signs not at a line's head`()
    throws
  {
    let text = "昨日、私たちは海の近くの古い家で、長い間話していました。とても楽しかったです。"
    let transcript = Transcript(
      recording: .init(name: "ja", duration: Timestamp(milliseconds: 12_000)), language: "ja",
      style: "",
      words: [
        TimedWord(text: text, range: .zero..<Timestamp(milliseconds: 11_000))
      ])
    let cut = cues(of: transcript, profile: try .named("netflix"))
    #expect(cut.flatMap(\.lines).joined() == text)
    #expect(
      cut.allSatisfy { $0.lines.allSatisfy { $0.count <= 23 && !"、。".contains($0.first ?? "x") } })
  }

  @Test func `two speakers share a cue with dashes where their turns are too short alone`() throws {
    let turns: [(speaker: String?, text: String)] = [
      ("Ana", "Well, are you coming to the sea?"), ("Ben", "No."), ("Ana", "No?"),
      ("Ben", "I said that I am not coming today."),
    ]
    let cut = cues(
      of: Samples.transcript(turns, pause: 0), profile: try .named("netflix"))
    let dialogue = try #require(cut.first { $0.text.hasPrefix("-") })
    #expect(dialogue.lines.count == 2)
    #expect(dialogue.lines.allSatisfy { $0.hasPrefix("-") })
    #expect(dialogue.speaker == nil)
  }
}
