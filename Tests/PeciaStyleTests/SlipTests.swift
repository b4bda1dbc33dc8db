import PeciaCore
import PeciaStyle
import Testing

/// Slips seeded into clean text, each to be found at its exact place: between ⟦ and ⟧.
@Suite struct SlipTests {
  static let base: [(text: String, rule: String)] = [
    ("I saw⟦  ⟧the {a} {n}.", "spacing.between"),
    ("I saw⟦ ⟧, of course, the {n}.", "spacing.before"),
    ("I saw it⟦,⟧then we {v} it.", "spacing.after"), ("We {v} the {n}⟦??⟧", "punctuation.terminal"),
    ("We {v} ⟦[⟧the {a} {n}.", "balance.brackets"),
    ("We {v} the {n}. ⟦then⟧ it was {a}.", "sentence.capital"),
    ("We {v} a⟦\u{200B}⟧{n}.", "characters.strange"),
    ("We {v} it at [inaudible ⟦00:75:10⟧] and so on.", "times.form"),
  ]
  static let own: [String: [(text: String, rule: String)]] = [
    "base": [
      ("I saw ⟦the the⟧ {a} {n}.", "words.repeated"),
      ("We {v} the caf⟦\u{C3}\u{A9}⟧.", "characters.broken"),
      ("We {v} ⟦\"⟧the {n}.", "balance.quotes"),
      ("We {v} it. ⟦http://a.example⟧ and so.", "comment.remarks"),
      ("We {v} the caf⟦e\u{301}⟧ there.", "characters.composed"),
      ("The ⟦NAASA⟧ man {v} it.", "capitals.known"),
    ],
    "clean-verbatim": [
      ("I ⟦um⟧ {v} the {n}.", "words.fillers"), ("⟦Uh⟧, the {n} was {a}.", "words.fillers"),
      ("It was, ⟦like⟧, {a}.", "words.crutches"), ("I ⟦w-w-want⟧ the {n}.", "words.stutters"),
      ("⟦I was, I was⟧ in the {n}.", "words.repeated"), ("I'm ⟦gonna⟧ go.", "words.slang"),
      ("It was ⟦alright⟧ then.", "words.okay"), ("He said ⟦ok⟧ to the {n}.", "words.okay"),
      ("It was ⟦[Laughs]⟧ so {a}.", "tags.known"), ("It was ⟦[inaudable]⟧ so {a}.", "tags.known"),
      ("We had ⟦3⟧ horses.", "numbers.words"), ("We had ⟦fourteen⟧ horses.", "numbers.digits"),
      ("⟦12⟧ people came.", "numbers.start"), ("We had ⟦10000⟧ horses.", "numbers.thousands"),
      ("It was ⟦5 percent⟧ of it.", "numbers.percent"),
      ("He left ⟦(early)⟧ then.", "signs.brackets"),
      ("We {v} it⟦ - ⟧well, no.", "signs.dash"), ("It was ⟦Tom & I⟧.", "signs.words"),
      ("So [pause] ⟦[pause]⟧ it was.", "tags.run"),
      ("⟦I was—⟧I am {a}.", "words.falseStart"),
      ("⟦She will,⟧ she won't mind.", "words.falseStart"),
    ],
    "full-verbatim": [
      ("⟦Ummm⟧, yes.", "words.fillers"), ("He said ⟦mhm⟧ then.", "words.fillers"),
      ("⟦wh-wh-wh-wh-wh-what⟧ is it?", "words.stutters"), ("It is ⟦f***⟧ {a}.", "words.masked"),
      ("We {v} it⟦ - ⟧no.", "signs.falseStart"), ("It was ⟦[laughed]⟧ so.", "tags.known"),
      ("It was [⟦long pause⟧] so.", "tags.pause"), ("We had ⟦14⟧ horses.", "numbers.words"),
      ("It was ⟦Tom & I⟧.", "words.signs"), ("It was [laughs] ⟦[laughs]⟧ so.", "tags.run"),
      ("⟦I was⟧ I am {a}.", "words.falseStart"),
    ],
    "oral-history": [
      ("We {v} it⟦ -- ⟧no.", "signs.dash"), ("He ⟦(Joe)⟧ {v} it.", "signs.editor"),
      ("It was ⟦WWII⟧ then.", "words.spelling"), ("I had ⟦alot⟧ of it.", "words.spelling"),
      ("⟦Uh-huh⟧, I did.", "words.affirmative"), ("I ⟦um⟧ {v} it.", "words.fillers"),
      ("It was ⟦[chuckles]⟧ so.", "tags.known"), ("I was there ⟦45⟧ years.", "numbers.words"),
      ("⟦300⟧ people came.", "numbers.start"),
      ("It was ⟦red, white and blue⟧.", "signs.serialComma"),
      ("Then ⟦Hart⟧ came. We all knew Jo Hart.", "words.fullName"),
    ],
    "legal": [
      ("We {v} it⟦—⟧no.", "signs.dash"), ("I was⟦…⟧ no.", "signs.ellipsis"),
      ("It was ⟦[nods]⟧ so.", "tags.square"), ("It is ⟦exhibit⟧ 4.", "words.exhibits"),
      ("Yes, ⟦your honor⟧, it was.", "words.titles"), ("That is ⟦S M I T H⟧ then.", "words.spelt"),
      ("⟦Uh huh⟧, I did.", "words.sounds"),
      ("It was ⟦one thousand dollars⟧ then.", "numbers.money"),
      ("We had ⟦3⟧ cars.", "numbers.words"), ("It was ⟦**No**⟧ then.", "signs.markup"),
    ],
    "interview-research": [
      ("It was ⟦Dr. Miller⟧ there.", "private.names"),
      ("Mail ⟦ann@site.com⟧ then.", "private.contact"),
      ("Call ⟦555-0134⟧ then.", "private.contact"), ("It was ⟦[laughs]⟧ so.", "sounds.round"),
      ("It was ⟦(long silence)⟧ so.", "sounds.known"), ("The ⟦(bank?)⟧ was {a}.", "guesses.form"),
      ("⟦Ummm⟧, yes.", "words.fillers"), ("It was the ⟦OK⟧ one.", "words.okay"),
      ("=Bo= {v} it, and ⟦=Beau=⟧ {v} it.", "private.pseudonym"),
    ],
    "speech-data": [
      ("We had ⟦3⟧ horses.", "number.none"), ("It was ⟦3:15⟧ then.", "number.digits"),
      ("It was five ⟦%⟧ then.", "symbols.words"), ("It was one⟦;⟧ no.", "symbols.none"),
      ("It was ⟦Dr.⟧ Lee.", "words.abbreviations"), ("The ⟦FBI⟧ man.", "words.capitals"),
      ("It was ⟦[Noise]⟧ so.", "tags.known"), ("⟦Umm⟧ yes.", "words.fillers"),
    ],
    "plain": [
      ("so we⟦  ⟧go", "spacing.between"), ("a bell⟦\u{7}⟧ here", "characters.control"),
      ("a caf⟦\u{FFFD}⟧ here", "characters.broken"), ("so⟦\t⟧we go", "spacing.between"),
    ],
    "captions": [
      ("This line is rather too long for the scree⟦n⟧", "line.length"),
      ("He saw ⟦the⟧\n{n}.", "line.break"),
      ("We met ⟦Ann\nLee⟧ today.", "line.names"), ("We waited to see\n⟦it⟧.", "line.orphan"),
      ("We left. ⟦It⟧ was late\nand cold.", "line.sentence"), ("⟦30⟧ men came.", "cue.number"),
      ("⟦(door slams)⟧", "sounds.brackets"), ("⟦[laughing]⟧", "sounds.form"),
      ("⟦♪L⟧a la ♪", "songs.blank"), ("⟦- Hi⟧.", "speaker.dash"), ("Wait⟦...⟧", "signs.ellipsis"),
      ("I was⟦—⟧no.", "signs.cutOff"), ("⟦GET OUT NOW⟧!", "capitals.run"),
      ("It's ⟦okay⟧ now.", "words.okay"), ("I ⟦um⟧ {v} it.", "words.fillers"),
      ("We had ⟦3⟧ men.", "numbers.words"), ("One.\nTwo.\n⟦Three.⟧", "line.count"),
      ("⟦Ann⟧: Hi.", "speaker.bracket"),
    ],
  ]

  static func slips(of guide: String) -> [(text: String, rule: String)] {
    let shared = ["plain", "captions"].contains(guide) ? [] : base
    return shared + (own[guide] ?? [])
  }

  @Test func `there are more than three hundred`() {
    #expect(Guide.builtIn.reduce(0) { $0 + Self.slips(of: $1).count * 4 } >= 300)
  }

  @Test(arguments: Guide.builtIn)
  func `every seeded slip is found where it is`(name: String) throws {
    let guide = try Guide.named(name)
    for (number, slip) in Self.slips(of: name).enumerated() {
      for seed in 0..<4 {
        var clean = CleanText(guide: name, seed: UInt64(number * 10 + seed))
        let text = clean.text(words: 40, around: clean.filled(slip.text))
        let parts = text.split(separator: /[⟦⟧]/, omittingEmptySubsequences: false)
        try #require(parts.count == 3)
        let start = parts[0].count
        let found = guide.findings(in: parts.joined(), as: clean.kind)
        #expect(
          found.contains { $0.rule == slip.rule && $0.range == start..<start + parts[1].count },
          "\(slip.text): \(found.map { "\($0.rule) \($0.range) ‘\($0.text)’" }), at \(start)")
      }
    }
  }

  @Test(arguments: Guide.builtIn)
  func `nothing is found in five thousand clean words`(name: String) throws {
    let guide = try Guide.named(name)
    var clean = CleanText(guide: name, seed: 7)
    let text = clean.text(words: 5000)
    #expect(text.split(whereSeparator: \.isWhitespace).count >= 5000)
    let findings = guide.findings(in: text, as: clean.kind)
    #expect(findings.prefix(5).map { $0.line(text) } == [])
    #expect(guide.fixed(text, as: clean.kind) == text)
  }
}

extension Finding {
  /// The rule, and the line that it speaks of.
  fileprivate func line(_ text: String) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return "\(rule) ‘\(self.text)’: \(lines[start.line - 1])"
  }
}
