import Foundation
import PeciaCaptions
import PeciaCore
import Testing

@Suite struct ReadersTests {
  private func transcript(_ text: String, _ form: CaptionForm) throws -> Transcript {
    let reading = try CaptionReading(Data(text.utf8), form: form, file: "test")
    guard case .transcript(let transcript) = reading.content else {
      throw CaptionsError.noCues(file: "test")
    }
    return transcript
  }

  // MARK: SubRip

  @Test func `SubRip is read with its usual damage`() throws {
    let text = """
      1
      00:00:01,000 --> 00:00:02,500 X1:100 X2:200
      <i>One</i> <b>bold</b>

      2
      0:03.5 -> 00:00:04.25

      Two, behind
      a blank line

      with another

      00:00:05:600 --> 00:00:06,7
      {\\an8}No number <font color="red">red</font> <3
      4
      00:00:08,000 --> 00:00:07,000
      12
      """
    let read = try captions(
      text.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\r\n"), .srt)
    #expect(
      shown(read) == [
        "1.000-2.500 One bold", "3.500-4.250 Two, behind/a blank line/with another",
        "5.600-6.700 No number red <3", "8.000-8.000 12",
      ])
    #expect(read.entries[2].cue.settings == "line:0")
    #expect(read.entries[3].end == Timestamp(milliseconds: 7000))
  }

  @Test func `text is read in the character sets that files are found in`() throws {
    func file(_ bytes: [UInt8]) -> Data {
      Data(Array("1\n00:00:01,000 --> 00:00:02,000\n".utf8) + bytes + [0x0A])
    }
    let polish: [UInt8] = [0x5A, 0x61, 0xBF, 0xF3, 0xB3, 0xE6, 0x20, 0x67, 0xEA, 0x9C, 0x6C, 0xB9]
    let russian: [UInt8] = [0xCF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x2C, 0x20, 0xEC, 0xE8, 0xF0]
    let french: [UInt8] = [0x64, 0xE9, 0x6A, 0xE0, 0x20, 0xE7, 0x61, 0x20, 0x66, 0xEA, 0x74, 0x65]
    #expect(try captions(file(polish), .srt).cues.first?.text == "Zażółć gęślą")
    #expect(try captions(file(french), .srt).cues.first?.text == "déjà ça fête")
    let many = Array(repeating: russian + [0x20], count: 12).flatMap { $0 }
    #expect(try captions(file(many), .srt).cues.first?.text.hasPrefix("Привет, мир") == true)
    let units = Array("1\n00:00:01,000 --> 00:00:02,000\nشكرا\n".utf16)
    let little: [UInt8] = units.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let big: [UInt8] = units.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    #expect(try captions(Data([0xFF, 0xFE] + little), .srt).cues.first?.text == "شكرا")
    #expect(try captions(Data([0xFE, 0xFF] + big), .srt).cues.first?.text == "شكرا")
    #expect(try captions(Data(little), .srt).cues.first?.text == "شكرا")
  }

  // MARK: WebVTT

  @Test func `WebVTT is read by the algorithm of the recommendation`() throws {
    let text = """
      WEBVTT - a title
      Language: fr

      STYLE
      ::cue { color: red }

      REGION
      id:fred width:40%

      NOTE
      Two lines
      of comment

      first
      00:01.000 --> 00:02.000 line:0 align:start position:10%
      <v.loud Ana &amp; Bo>Hello <i.x>there</i></v>

      00:00:03.000 --> 00:00:02.000
      backwards &lt;&#233;&eacute;&nonsense;&gt;
      00:00:05.000 --> 00:00:06.000
      a new cue without a blank line

      broken
      00:5.000 --> 00:06.000
      passed over

      00:00:07.000-->00:00:08.000
      <00:00:07.500>later <c.a.b>classes <ruby>base<rt>text</rt></ruby> <unknown>kept</unknown>
      """
    let read = try captions(text, .vtt)
    #expect(
      shown(read) == [
        "1.000-2.000 Hello there", "3.000-3.000 backwards <éé&nonsense;>",
        "5.000-6.000 a new cue without a blank line",
        "7.000-8.000 later classes basetext kept",
      ])
    #expect(read.language == "fr")
    #expect(read.cues[0].id == "first")
    #expect(read.cues[0].speaker == "Ana & Bo")
    #expect(read.cues[0].settings == "line:0 align:start position:10%")
    #expect(read.styles == ["::cue { color: red }"])
    #expect(read.regions == ["id:fred width:40%"])
    #expect(read.notes.map(\.text) == ["Two lines\nof comment"])
    #expect(read.entries[1].end == Timestamp(milliseconds: 2000))
    #expect(read.entries[3].spans.first?.time == Timestamp(milliseconds: 7500))
    let again = try captions(render(read, as: .vtt).text, .vtt)
    #expect(again == read)
  }

  @Test(arguments: ["", "WEBVTT-", " WEBVTT", "webvtt\n\n00:01.000 --> 00:02.000\nx"])
  func `what does not begin as WebVTT is none`(text: String) {
    #expect(throws: CaptionsError.self) { try captions(text, .vtt) }
  }

  // MARK: Words

  @Test func `a TextGrid is read in its short form and with quotes inside`() throws {
    let text = """
      "ooTextFile" "TextGrid" ! a comment with "quotes
      0 2.5 <exists> 1
      "IntervalTier" "Ana - words" 0 2.5 3
      0 0.5 "" 0.5 1.25 "say"
      1.25 2.5 \"\"\"yes\"\"!\"
      """
    let read = try transcript(text, .textGrid)
    #expect(read.words.map(\.text) == ["say", "\"yes\"!"])
    #expect(read.words.map(\.speaker) == ["Ana", "Ana"])
    #expect(read.words[1].range == Timestamp(milliseconds: 1250)..<Timestamp(milliseconds: 2500))
  }

  @Test func `CTM is read with comments and alternatives`() throws {
    let text = """
      ;; a comment
      talk 1 0.5 0.25 hello 0.9
      talk 1 * * <ALT_BEGIN>
      talk 1 1.0 0.2 there
      talk 1 * * <ALT>
      talk 1 1.0 0.2 their
      talk 1 * * <ALT_END>

      """
    let read = try transcript(text, .ctm)
    #expect(read.words.map(\.text) == ["hello", "there"])
    #expect(read.words[0].confidence == 0.9)
    #expect(
      throws: CaptionsError.damaged(
        file: "test", line: 1,
        reason: "a CTM line is ‘file channel begin duration word’, and this is not")
    ) {
      try transcript("talk 1 x 0.2 word", .ctm)
    }
  }

  @Test func `recognisers' JSON is read, with words that lack times`() throws {
    let text = """
      {"language": "en", "segments": [
        {"start": 0.0, "end": 2.0, "text": " Hi there 2 you", "avg_logprob": NaN, "words": [
          {"word": " Hi", "start": 0.1, "end": 0.3, "probability": 0.8},
          {"word": " there", "start": 0.3, "end": 0.6}, {"word": " 2"},
          {"word": " you", "start": 1.0, "end": 1.2}, {"word": "-all", "start": 1.2, "end": 1.4}]},
        {"start": 3.0, "end": 3.4, "text": "No words", "speaker": "S1"}]}
      """
    let read = try transcript(text, .json)
    #expect(read.words.map(\.text) == ["Hi", "there", "2", "you-all", "No", "words"])
    #expect(read.words[2].range == Timestamp(milliseconds: 600)..<Timestamp(milliseconds: 1000))
    #expect(read.words[3].range.upperBound == Timestamp(milliseconds: 1400))
    #expect(read.words[0].confidence == 0.8)
    #expect(read.words[5].speaker == "S1")
  }

  @Test func `SubStation is read with its commands`() throws {
    let text = """
      [Script Info]
      Title: A title
      [Events]
      Format: Layer, Start, End, Style, Name, Text
      Comment: 0,0:00:00.00,0:00:01.00,Default,,no
      Dialogue: 0,0:00:03.00,0:00:04.50,Default,Bo,{\\k50}La {\\k20}la, {\\i1}la{\\i0}\\Nla {p}
      Dialogue: 0,0:00:01.00,0:00:02.00,Default,,{\\an8\\p1}m 0 0{\\p0}Up\\hhere
      """
    let read = try captions(text, .ass)
    #expect(shown(read) == ["1.000-2.000 Up\u{A0}here", "3.000-4.500 La la, la/la "])
    #expect(read.cues.map(\.speaker) == [nil, "Bo"])
    #expect(read.entries[1].spans[1].time == Timestamp(milliseconds: 3500))
    #expect(read.title == "A title")
  }

  @Test(arguments: [
    ("It was un<i>believ</i>able, \"<i>so</i>\"!", "It|was|unbelievable,|\"so\"!", CaptionForm.srt),
    ("<b>Tom</b>. <i>Tim</i>", "Tom.|Tim", .srt),
    ("one <i>two\nthree</i>four", "one|two|threefour", .srt),
    ("un<00:00:00.500>told <00:00:00.600>tale", "untold|tale", .vtt),
    ("<00:00:00.500>日本<00:00:01.000>語", "日本|語", .vtt),
    ("<v Ana>No<v Bo>Yes", "No|Yes", .vtt), ("<ruby>漢<rt>kan</rt>字<rt>ji</rt></ruby>", "漢字", .vtt),
  ])
  func `markup within a word leaves it whole`(
    text: String, words: String, form: CaptionForm
  ) throws {
    let head = form == .vtt ? "WEBVTT\n\n" : "1\n"
    let read = try captions("\(head)00:00:00.000 --> 00:00:02.000\n\(text)\n", form)
    #expect(read.transcript().words.map(\.text).joined(separator: "|") == words)
  }

  @Test func `a form that is only written says so`() {
    #expect(throws: CaptionsError.notReadable(form: "rttm")) { try captions("x", .rttm) }
  }

  // MARK: Damage

  @Test(arguments: CaptionForm.allCases.filter(\.isReadable), 0..<60)
  func `a damaged file ends in a result or a sentence`(form: CaptionForm, seed: UInt64) throws {
    let whole = render(Samples.evening, as: form, profile: try .named("netflix")).data
    let damaged = Samples.damaged(whole, seed: seed)
    do {
      let reading = try CaptionReading(damaged, form: form, isStated: true, file: "damaged")
      let profile = try CaptionProfile.named("netflix")
      switch reading.content {
      case .captions(let captions):
        _ = captions.faults(against: profile)
        let cut = cues(of: captions.transcript(), profile: profile)
        #expect(cut.allSatisfy { $0.range.milliseconds >= profile.shortest })
        for form in CaptionForm.allCases { _ = render(captions, as: form) }
      case .transcript(let transcript):
        for form in CaptionForm.allCases { _ = render(transcript, as: form, profile: profile) }
      }
    } catch let error as CaptionsError {
      #expect(!error.description.contains("\n"))
    }
  }
}
