import Foundation
import PeciaCore
import Testing

@Suite struct JSONTests {
  @Test func `keys stay in order and numbers are short`() {
    let json = JSON.object([
      "b": .time(Timestamp(milliseconds: 520)), "a": .number(0.97), "n": .null,
      "s": .string("\"\\\n\u{1}é"), "l": .array([.integer(-3), .bool(true), .number(1)]),
    ])
    #expect(json.text == #"{"b":0.520,"a":0.97,"n":null,"s":"\"\\\n\u0001é","l":[-3,true,1.0]}"#)
  }

  @Test func `a transcript is read back as it was written`() throws {
    let time = { Timestamp(milliseconds: $0) }
    let transcript = Transcript(
      recording: .init(name: "talk", duration: time(312_480), sha256: "ab"), language: "en",
      style: "plain",
      words: [
        TimedWord(
          text: "“Hello”,", range: time(520)..<time(810), confidence: 0.97, speaker: "Ana",
          clips: [1], workers: ["kim"]),
        TimedWord(text: "[laughs]", range: time(810)..<time(810)),
      ],
      gaps: [Gap(range: time(40_000)..<time(55_000), reason: .silence)],
      disputes: [.init(range: time(0)..<time(5), clips: [1, 2], texts: ["their", "there"])])
    #expect(try Transcript(json: Data(transcript.json.text.utf8)) == transcript)
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"format":"pecia-transcript","version":2}"#,
    #"{"format":"pecia-transcript","version":1,"recording":{"name":"a","duration":1},"language":"en","style":"plain","words":[{"text":"a","start":2,"end":1}]}"#,
  ])
  func `what is no transcript is refused`(text: String) {
    #expect(throws: DecodingError.self) { try Transcript(json: Data(text.utf8)) }
  }
}
