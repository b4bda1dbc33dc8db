import Foundation
import PeciaCaptions
import Testing

@Suite struct JSONReaderTests {
  @Test(arguments: [
    (#"{"format":"pecia-transcript","version":2}"#, "version 2, and this pecia reads version 1"),
    (#"{"format":"pecia-transcript","version":1}"#, "the file lacks ‘recording’"),
    (
      #"{"format":"pecia-transcript","version":1,"recording":{"name":"a","duration":"long"}}"#,
      "‘recording.duration’ should be a number"
    ),
    (#"{"segments":[{"words":[{"word":"a","start":"soon"}]}]}"#, "should be a number"),
    (#"{"segments":{"words":3}}"#, "‘segments’ should be a list"),
    (#"{"format":"pecia-cues","version":1,"cues":[{"start":1,"end":2}]}"#, "lacks ‘text’"),
    (#"{"segments":[{"start":1,"#, "damaged or cut off"),
  ])
  func `JSON of another form is refused by what it lacks, and where`(
    text: String, sentence: String
  ) {
    let error = #expect(throws: CaptionsError.self) {
      try CaptionReading(Data(text.utf8), form: .json, file: "talk.json")
    }
    #expect("\(error.map { "\($0)" } ?? "")".contains(sentence), "\(String(describing: error))")
    #expect("\(error.map { "\($0)" } ?? "")".contains("talk.json"))
  }

  @Test func `words without a text are left out, and that is said`() throws {
    let reading = try CaptionReading(
      Data(#"{"words":[{"word":"so","start":0,"end":1},{"start":1,"end":2}]}"#.utf8), form: .json,
      file: "talk.json")
    #expect(reading.notices == ["talk.json: a word had no text and was left out"])
  }
}
