import Foundation
import PeciaAudio
import PeciaCore
import PeciaStitch
import Testing

/// Texts with tags against their sound, on the first twenty seconds of the sample recording.
@Suite struct TagFitTests {
  private struct Spoken: Decodable {
    var word: String
    var start: Double
    var end: Double
  }

  @Test func `a tag excuses the sound in its place`() throws {
    let samples = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")
    let truth = try JSONDecoder().decode(
      [Spoken].self, from: Data(contentsOf: samples.appending(path: "lighthouse.words.json"))
    ).filter { $0.end < 20 }
    let sound = try readSound(
      samples.appending(path: "lighthouse.flac").path,
      range: .zero..<Timestamp(milliseconds: 20_000)
    ).mono(at: WordTimer.sampleRate)
    func foreignSpeech(instead tag: String?) throws -> Double {
      let (before, behind) = (truth.filter { $0.end < 8 }, truth.filter { $0.start > 12 })
      let words =
        before.map { SpokenWord(text: $0.word) }
        + (tag.map { [SpokenWord(text: $0, isTag: true)] } ?? [])
        + behind.map { SpokenWord(text: $0.word) }
      return try #require(WordTimer(language: "en").fit(of: words, in: sound)).foreignSpeech
    }
    let missing = try foreignSpeech(instead: nil)
    #expect(missing > 2)
    #expect(try foreignSpeech(instead: "[laughs]") < 0.5 * missing)
    #expect(try foreignSpeech(instead: "[silence]") > 0.8 * missing)
  }
}
