import Foundation
import PeciaCaptions
import PeciaCore
import Support
import Testing

@Suite struct FormsTests {
  private static let readable = CaptionForm.allCases.filter(\.isReadable)

  @Test(arguments: CaptionForm.allCases)
  func `a transcript in each form is as its golden file shows`(form: CaptionForm) throws {
    let rendered = render(
      Samples.evening, as: form, profile: try .named("netflix"),
      options: RenderOptions(sound: form == .html ? "evening.wav" : nil))
    try expectGolden(rendered.text, "evening.\(form.rawValue)")
  }

  @Test func `word times, frames and paragraph times are written where they are asked for`() throws
  {
    let options = RenderOptions(framesPerSecond: 25, karaoke: true, timestamps: true)
    for form in [CaptionForm.vtt, .ass, .txt, .md] {
      let rendered = render(
        Samples.evening, as: form, profile: try .named("netflix"), options: options)
      try expectGolden(rendered.text, "evening-asked.\(form.rawValue)")
    }
  }

  @Test(arguments: readable, 0..<25)
  func `what is written is read back`(form: CaptionForm, seed: UInt64) throws {
    let cut = cues(of: Samples.chance(seed: seed), profile: try .named("netflix"))
    let captions = Captions(
      cut.map { cue in
        var cue = cue
        cue.words = []
        return cue
      }, language: "en")
    guard !cut.isEmpty || [.vtt, .json, .ttml, .ebuTTD, .eaf].contains(form) else { return }
    let written = render(captions, as: form)
    let reading = try CaptionReading(written.data, form: form, file: "chance")
    guard case .captions(let read) = reading.content else {
      // Words alone come back where cues were written as words.
      #expect([.ctm, .textGrid].contains(form))
      return
    }
    #expect(read.entries.count == captions.entries.count)
    for (one, other) in zip(captions.entries, read.entries) {
      let tolerance = form == .ass ? 5 : 0
      #expect(abs(one.cue.range.lowerBound - other.cue.range.lowerBound) <= tolerance)
      #expect(abs(one.cue.range.upperBound - other.cue.range.upperBound) <= tolerance)
      if form == .textGrid {
        #expect(one.cue.text.split(separator: "\n").joined(separator: " ") == other.cue.text)
      } else if form != .srt || !one.cue.text.contains("-->") {
        #expect(one.cue.text == other.cue.text)
      }
      if [.vtt, .json, .ttml, .ass].contains(form) {
        #expect(one.cue.speaker == other.cue.speaker)
      }
    }
    if form == .vtt || form == .ttml { #expect(read.language == "en") }
  }

  @Test(arguments: [CaptionForm.json, .textGrid, .ctm], 0..<20)
  func `a transcript is read back from the forms that hold words`(
    form: CaptionForm, seed: UInt64
  ) throws {
    var transcript = Samples.chance(seed: seed)
    transcript.words = transcript.words.filter { !$0.range.isEmpty && !$0.text.contains(" ") }
    // A tier holds one word at a time.
    for index in transcript.words.indices.dropLast() {
      let next = transcript.words[index + 1].range.lowerBound
      let range = transcript.words[index].range
      transcript.words[index].range =
        range.lowerBound..<max(range.lowerBound, min(range.upperBound, next))
    }
    transcript.words.removeAll { $0.range.isEmpty }
    guard !transcript.words.isEmpty else { return }
    let written = render(transcript, as: form, profile: try .named("netflix"))
    let reading = try CaptionReading(written.data, form: form, file: "chance")
    guard case .transcript(let read) = reading.content else {
      Issue.record("no transcript came back")
      return
    }
    #expect(read.words.map(\.text) == transcript.words.map(\.text))
    #expect(read.words.map(\.range) == transcript.words.map(\.range))
    if form != .ctm { #expect(read.words.map(\.speaker) == transcript.words.map(\.speaker)) }
  }

  @Test func `markup survives between the forms that hold it`() throws {
    let source = Captions(entries: [
      .init(
        Cue(
          range: Timestamp(milliseconds: 1000)..<Timestamp(milliseconds: 3000),
          text: "A & B\n<now> {or} -- never"),
        spans: [
          Span("A & "), Span("B\n", style: .italic), Span("<now> {or}", style: [.bold, .italic]),
          Span(" -- never", style: .underline),
        ])
    ])
    for form in [CaptionForm.srt, .vtt, .ttml, .ebuTTD, .ass] {
      let reading = try CaptionReading(
        render(source, as: form).data, form: form, file: "marked")
      guard case .captions(let read) = reading.content, let entry = read.entries.first else {
        Issue.record("nothing came back")
        continue
      }
      #expect(entry.cue.text == source.entries[0].cue.text, "\(form)")
      let italic = entry.spans.filter { $0.style.contains(.italic) }.map(\.text).joined()
      #expect(italic == "B\n<now> {or}", "\(form)")
    }
  }

  @Test func `what a form cannot hold is said`() throws {
    let cue = Cue(
      range: .zero..<Timestamp(milliseconds: 1500), text: "Yes.", speaker: "Ana",
      settings: "line:10% align:start")
    #expect(
      render(Captions([cue]), as: .srt).losses == [
        "SubRip cannot hold the names of speakers (1 cue)",
        "SubRip cannot hold settings and positions (1 cue)",
      ])
    #expect(render(Captions([cue]), as: .vtt).losses == [])
    var noted = Captions([cue])
    noted.notes = [.init(before: 0, text: "Mind the gap.")]
    noted.entries[0].spans = [Span("Yes.", classes: ["loud"])]
    for form in CaptionForm.allCases where form != .vtt {
      let losses = render(noted, as: form).losses.joined(separator: "; ")
      #expect(losses.contains("\(form.rawValue) cannot hold notes"), "\(losses)")
      let isTold = ["markup", "classes", "no words"].contains { losses.contains($0) }
      #expect(isTold, "\(form): \(losses)")
    }
  }

  @Test func `endings and names choose a form`() {
    #expect(CaptionForm(path: "a/b.c/talk.SRT") == .srt)
    #expect(CaptionForm(path: "talk.TextGrid") == .textGrid)
    #expect(CaptionForm(path: "a.b/talk") == nil)
    #expect(CaptionForm(name: "EBU-TT-D") == .ebuTTD)
    #expect(CaptionForm(name: "audacity") == .audacity)
    #expect(CaptionForm(ending: "docx") == nil)
  }

  @Test func `what nobody typed stands where it is missing`() throws {
    var talk = Samples.transcript([("Ana", "She was a terror on the road for years")])
    let time = { Timestamp(milliseconds: $0) }
    for index in 4..<talk.words.count {
      let range = talk.words[index].range
      talk.words[index].range = range.lowerBound + 30_000..<range.upperBound + 30_000
    }
    let before = talk.words[3].range.upperBound.milliseconds
    talk.gaps = [
      Gap(range: time(before + 100)..<time(before + 29_000), reason: .untranscribed),
      Gap(range: time(60_000)..<time(75_000), reason: .silence),
    ]
    let profile = try CaptionProfile.named("netflix")
    let text = render(talk, as: .txt, profile: profile).text
    #expect(
      text == "Ana: She was a terror\n\n[untranscribed 0:01–0:30]\n\nAna: on the road for years\n")
    #expect(render(talk, as: .md, profile: profile).text.contains("[untranscribed 0:01–0:30]"))
    let page = render(talk, as: .html, profile: profile).text
    let places = [">terror<", "untranscribed, to", ">on<", "silence, to"]
      .map { page.firstRange(of: $0)?.lowerBound }
    #expect(
      zip(places, places.dropFirst()).allSatisfy { $0 ?? page.endIndex < $1 ?? page.startIndex })
  }
}
