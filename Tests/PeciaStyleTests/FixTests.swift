import PeciaCore
import Testing

@testable import PeciaStyle

/// What `--fix` does to texts that nobody would write.
@Suite struct FixTests {
  private static let parts = [
    "Ana:", "JOHN SMITH:", "Q.", "[laughs]", "[Laughs]", "[inaudible 00:75:10]", "[crosstalk",
    "(laughs)", "(bank?)", "<1.5>", "<12.48>", "[00:01:10]", "00:01:02", " ", " ", " ", "  ", "\t",
    "\n", "\n\n", "\r\n", ",", ".", "...", "?!", "--", "—", " - ", "\u{2019}", "\"", "“", "um",
    "Um,",
    "uh", "gonna", "okay", "OK", "the the", "w-w-want", "3", "10000", ".5", "5 percent", "&", "#",
    "12",
    "word", "Yes", "so", "e\u{301}", "cafÃ©", "\u{200B}", "\u{7}", "\u{FFFD}", "漢字", "שלום", "🙂",
    "http://a.b", "♪", "♪la", "- Hi", "//", "[keep words.fillers: a name]", "-->", "&amp;", "<i>",
  ]

  private static func hostile(seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    return (0..<Int.random(in: 1...30, using: &random)).map { _ in
      (parts.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "")
    }.joined()
  }

  @Test(arguments: Guide.builtIn, UInt64(0)..<120)
  func `fixing twice is fixing once, and leaves tags, labels and times`(
    name: String, seed: UInt64
  ) throws {
    let guide = try Guide.named(name)
    let text = Self.hostile(seed: seed)
    for kind in [TextKind.submission(), .transcript(), .captions] {
      let once = guide.fixed(text, as: kind)
      #expect(guide.fixed(once, as: kind) == once, "\(text.debugDescription)")
      // A rule about tags may make one of what was none: ‘(bank?)’ becomes ‘[bank?]’.
      var after = Self.marks(once, guide, kind)[...]
      for mark in Self.marks(text, guide, kind) {
        let place = after.firstIndex(of: mark)
        #expect(place != nil, "‘\(mark)’: \(text.debugDescription) → \(once.debugDescription)")
        after = after[(place.map { $0 + 1 } ?? after.startIndex)...]
      }
    }
  }

  /// The tags, labels and times of a text, in their order, as the guide reads them.
  private static func marks(_ text: String, _ guide: Guide, _ kind: TextKind) -> [String] {
    let reading = guide.read(text, as: kind)
    return reading.marks.map { reading.string($0.range) }
  }

  @Test(arguments: [
    ("I, uh, went.", "I went."), ("It was um big.", "It was big."), ("Yes, um.", "Yes."),
    ("So it e\u{301}tait um cafe\u{301}.", "So it e\u{301}tait cafe\u{301}."),
    ("Um, yes.", "Yes."),
  ])
  func `a finding's own change leaves no blank and no comma behind`(text: String, mended: String)
    throws
  {
    let guide = try Guide.named("clean-verbatim")
    let finding = try #require(
      guide.findings(in: text, as: .transcript()).first { $0.rule == "words.fillers" })
    let change = try #require(finding.tidy)
    var characters = Array(text)
    characters.replaceSubrange(change.range, with: change.text)
    #expect(String(characters) == mended)
  }
}
