import PeciaCore
import PeciaStitch
import Simulation
import Testing

@Suite struct StitchTests {
  static let plain = Normalisation(ignoresNumberForm: false)

  /// The clips of a recording that `copies` workers typed, and when each typed word is heard.
  static func clips(
    of recording: SimulatedRecording, copies: Int = 1, error: Int = 0,
    cut: SimulatedRecording.CutWords = .mixed, seed: UInt64
  ) -> (clips: [ClipTexts], times: [Int: [TimeRange]]) {
    var random = SplitMix64(seed: seed)
    var times: [Int: [TimeRange]] = [:]
    let clips = recording.clips.enumerated().map { index, range in
      let texts = (0..<copies).map { copy in
        let typed = recording.typed(range, cut, using: &random)
        times[index + 1] = typed.map(\.range)
        return WorkerText(
          worker: "w\((index + copy * 3) % 7)",
          text: SimulatedRecording.spoilt(
            typed.map(\.text).joined(separator: " "), percent: error, using: &random))
      }
      return ClipTexts(number: index + 1, range: range, texts: texts, copies: copies)
    }
    return (clips, times)
  }

  static func rate(_ words: [String], _ reference: [String]) -> WordErrorRate {
    WordErrorRate(of: words.map { $0.lowercased() }, against: reference.map { $0.lowercased() })
  }

  @Test(arguments: SimulatedRecording.CutWords.allCases)
  func `perfect workers whose words are timed stitch to the reference`(
    cut: SimulatedRecording.CutWords
  ) {
    let faults = (0..<500).filter { seed in
      let recording = SimulatedRecording(seed: UInt64(seed), words: 120)
      let (clips, times) = Self.clips(of: recording, cut: cut, seed: UInt64(seed))
      let judgement = Judgement(of: clips, normalisation: Self.plain)
      return judgement.stitched(times: times).words.map(\.text) != recording.reference
    }
    #expect(faults.isEmpty, "seeds \(faults)")
  }

  @Test(arguments: SimulatedRecording.CutWords.allCases)
  func `without word times hardly a seam goes wrong`(cut: SimulatedRecording.CutWords) {
    var (errors, seams) = (0, 0)
    for seed in 0..<100 {
      let recording = SimulatedRecording(seed: UInt64(seed), words: 120)
      let (clips, _) = Self.clips(of: recording, cut: cut, seed: UInt64(seed))
      let judgement = Judgement(of: clips, normalisation: Self.plain)
      seams += judgement.seams.count
      errors += Self.rate(judgement.stitched().words.map(\.text), recording.reference).errors
    }
    #expect(errors * 25 < seams, "\(errors) errors at \(seams) seams")
  }

  @Test func `the stitched text beats the workers it comes from`() {
    for (copies, part) in [(1, 0.95), (3, 0.3)] {
      var (stitched, single) = (WordErrorRate(), WordErrorRate())
      var workers = Array(repeating: WordErrorRate(), count: copies)
      for seed in 0..<40 {
        let recording = SimulatedRecording(seed: UInt64(seed), words: 160)
        let (clips, _) = Self.clips(of: recording, copies: copies, error: 10, seed: UInt64(seed))
        let judgement = Judgement(of: clips, normalisation: Self.plain)
        stitched =
          stitched + Self.rate(judgement.stitched().words.map(\.text), recording.reference)
        for clip in clips {
          let said = recording.words.filter { $0.range.clamped(to: clip.range) == $0.range }
          for (worker, text) in clip.texts.enumerated() {
            let rate = Self.rate(ScoreForm.raw.words(of: text.text), said.map(\.text))
            single = single + rate
            workers[worker] = workers[worker] + rate
          }
        }
      }
      #expect((stitched.rate ?? 1) < part * (single.rate ?? 0), "\(copies) copies")
      let best = workers.compactMap(\.rate).min() ?? 0
      #expect((stitched.rate ?? 1) < best, "\(copies) copies beside the best worker")
    }
  }

  @Test(arguments: 0..<20)
  func `times never run backwards and every word has its clips and workers`(seed: UInt64) {
    let recording = SimulatedRecording(seed: seed, words: 120)
    let (clips, _) = Self.clips(of: recording, copies: 2, error: 20, seed: seed)
    let words = Judgement(of: clips, normalisation: Self.plain).stitched().words
    for (word, next) in zip(words, words.dropFirst()) {
      #expect(word.range.upperBound <= next.range.lowerBound)
    }
    for word in words {
      #expect(!word.clips.isEmpty && !word.workers.isEmpty)
      #expect((0...1).contains(word.confidence ?? -1))
    }
  }

  /// Two clips of ten seconds that share the last two of the first.
  static func pair(_ left: String, _ right: String) -> Judgement {
    let time = { Timestamp(milliseconds: $0) }
    return Judgement(
      of: [
        ClipTexts(
          number: 1, range: time(0)..<time(10_000), texts: [WorkerText(worker: "a", text: left)]),
        ClipTexts(
          number: 2, range: time(8_000)..<time(18_000),
          texts: [WorkerText(worker: "b", text: right)]),
      ], normalisation: Normalisation())
  }

  @Test(arguments: [
    ("one two three four five", "four five six", "one two three four five six"),
    ("so we went home.", "home and slept", "so we went home and slept"),
    ("", "only here", "only here"),
    ("[silence]", "only here", "[silence] only here"),
    ("he came this aftern", "this afternoon at four", "he came this afternoon at four"),
    ("he came late this aftern", "afternoon and left", "he came late this afternoon and left"),
    ("he came late this afternoon", "noon and left", "he came late this afternoon and left"),
  ])
  func `neighbours are joined at their shared words`(left: String, right: String, text: String) {
    let words = Self.pair(left, right).stitched().words.map(\.text)
    #expect(
      words.joined(separator: " ").lowercased().filter { $0 != "." }
        == text.lowercased().filter { $0 != "." })
  }

  @Test(arguments: [("[inaudible]", "so we went home"), ("so we went home", "[music]")])
  func `a clip of tags leaves its neighbour's words their times`(left: String, right: String) {
    let words = Self.pair(left, right).stitched().words
    let (said, tags) = (
      words.filter { $0.text.first != "[" }, words.filter { $0.text.first == "[" }
    )
    #expect(said.map(\.text) == ["so", "we", "went", "home"])
    #expect(said.allSatisfy { $0.range.milliseconds > 500 })
    #expect(tags.count == 1 && tags[0].range.milliseconds >= 6_000)
  }

  @Test func `a word that the two sides hear differently is a dispute`() {
    let judgement = Self.pair("then they took their red coats", "took there red coats and went")
    #expect(judgement.disputes.count == 1)
    #expect(judgement.disputes.first.map { Set($0.texts) } == ["their", "there"])
    #expect(judgement.disputes.first?.kind == "seam")
    #expect(judgement.disputes.first?.before == "then they took")
    #expect(judgement.disputes.first?.after == "red coats and went")
    #expect((0.5...1).contains(judgement.disputes.first?.score ?? 0))
  }

  @Test func `a text that its neighbour belies is shown beside what the neighbour has`() {
    let time = { Timestamp(milliseconds: $0) }
    let typed = [
      "in the morning we walked down to the harbour and waited for the first boat",
      "my hovercraft is full of eels and there is nothing to be done about that\n",
    ]
    let judgement = Judgement(
      of: typed.enumerated().map { index, text in
        ClipTexts(
          number: index + 1, range: time(index * 5_000)..<time(index * 5_000 + 10_000),
          texts: [WorkerText(worker: "w\(index)", text: text)])
      }, normalisation: Normalisation())
    #expect(judgement.disputes.allSatisfy { $0.kind == "seam" && $0.clips == [1, 2] })
    #expect(judgement.disputes.map(\.texts.count) == [2], "\(judgement.disputes)")
    #expect(judgement.disputes.flatMap(\.texts).allSatisfy { !$0.contains("\n") })
  }

  @Test func `speakers keep one name across clips`() {
    let words = Self.pair(
      "Man 1: hello there my friend\nMan 2: good morning to you all",
      "Man 1: morning to you all\nMan 2: how are you today"
    ).stitched().words
    #expect(words.map(\.speaker).filter { $0 == "Man 2" }.count == 5)
    #expect(words.suffix(4).allSatisfy { $0.speaker == "Man 1" })
  }
}
