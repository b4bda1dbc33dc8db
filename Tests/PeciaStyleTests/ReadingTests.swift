import PeciaCore
import Testing

@testable import PeciaStyle

@Suite struct ReadingTests {
  static func read(_ text: String, as kind: TextKind = .transcript()) -> Reading {
    Reading(text, as: kind, grammar: Grammar(), lexicon: Lexicon())
  }

  @Test(arguments: 0..<400)
  func `tags, labels and time marks are those of the core`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let parts = [
      "Ana:", "[laughs]", "<1.5>", " ", "\n", "word", "[", "]", "<", "12:", ".", "Man 1:", "é",
      "x<3>", "(a)",
    ]
    let text = (0..<14).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    let reading = Self.read(text)
    let core = MarkedText(text).pieces
    func strings(_ kind: Reading.Mark.Kind) -> [String] {
      reading.marks(kind).map { reading.string($0.range) }
    }
    #expect(
      strings(.label)
        == core.compactMap { if case .label = $0.kind { String($0.text) } else { nil } }, "\(text)")
    // A tag of the core holds the marks that touch it, and stands at a word's start.
    for piece in core where piece.kind == .tag {
      let tag = piece.text.prefix { $0 != "]" } + "]"
      #expect(strings(.tag).contains(String(tag)), "\(text)")
    }
    // The core knows no tag inside a word, so it may see a time mark there.
    guard !text.contains("[") else { return }
    for case .mark(let time) in core.map(\.kind) {
      #expect(reading.marks.contains { $0.kind == .time(time) }, "\(text)")
    }
  }

  @Test(arguments: [
    ("One. Two? Three!", ["One.", "Two?", "Three!"]),
    ("Mr. Lee came. He sat.", ["Mr. Lee came.", "He sat."]),
    ("It cost 2.5 of it. So.", ["It cost 2.5 of it.", "So."]),
    ("At 5 p.m. on Monday we left.", ["At 5 p.m. on Monday we left."]),
    ("I was... no. Yes.", ["I was... no.", "Yes."]),
    ("\"What?\" he said. \"No.\"", ["\"What?\" he said.", "\"No.\""]),
    ("the ?bank? was shut", ["the ?bank? was shut"]),
    ("No. 5 is here. No. It is not.", ["No. 5 is here.", "No.", "It is not."]),
    ("Ana: One\nBob: Two", ["One", "Two"]), ("One\ntwo. Three", ["One\ntwo.", "Three"]),
    ("[laughs] One. [pause] Two.", ["[laughs] One.", "[pause] Two."]),
  ])
  func `a text falls into its sentences`(text: String, sentences: [String]) {
    let reading = Self.read(text)
    #expect(reading.sentences.map { reading.string($0) } == sentences)
  }

  @Test(arguments: [
    ("don't uh-huh 3.5 10,000 3:15", ["don't", "uh-huh", "3.5", "10,000", "3:15"]),
    ("U.S. p.m. v1.2 a.b", ["U.S", "p.m", "v1.2", "a.b"]),
    ("one—two 'three' w-", ["one", "two", "three", "w"]), ("well[laughs]then", ["well", "then"]),
  ])
  func `words hold together`(text: String, words: [String]) {
    let reading = Self.read(text)
    #expect(reading.words.map { reading.string($0.range) } == words)
  }

  @Test func `captions are read with their times, and their numbers are no words`() {
    let text =
      "WEBVTT\n\n1\n00:01.000 --> 00:02.500 line:0\n<v Ann>Hello <i>you</i>\n\n00:03.000 --> 00:04.000\nBye\n"
    let reading = Self.read(text, as: .captions)
    #expect(reading.words.map { reading.string($0.range) } == ["Hello", "you", "Bye"])
    #expect(reading.cues.map(\.start.milliseconds) == [1000, 3000])
    #expect(reading.cues.map(\.end.milliseconds) == [2500, 4000])
  }

  @Test func `places count characters as a person does`() throws {
    let guide = try Guide.named("clean-verbatim")
    for lead in ["", "é", "e\u{301}", "👩‍👩‍👧 ", "a\r\n\r\nB", "日本 ", "\r\n"] {
      let text = "\(lead) So we um went.\r\nThen"
      let finding = try #require(
        guide.findings(in: text, as: .transcript()).first { $0.rule == "words.fillers" })
      let characters = Array(text)
      #expect(String(characters[finding.range]) == "um", "\(lead.debugDescription)")
      #expect(finding.text == "um")
      let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      let line = Array(lines[finding.start.line - 1])
      #expect(String(line[finding.start.column - 1..<finding.end.column - 1]) == "um")
    }
  }
}
