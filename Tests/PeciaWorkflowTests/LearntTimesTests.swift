import Foundation
import PeciaAudio
import PeciaCore
import PeciaStitch
import Testing

/// Times by what a recording teaches of itself, on the sample recording.
@Suite struct LearntTimesTests {
  private struct Spoken: Decodable {
    var word: String
    var start: Double
  }
  private let truth: [Spoken]
  private let samples: [Float]
  private var words: [SpokenWord] { truth.map { SpokenWord(text: $0.word) } }

  init() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")
    truth = try JSONDecoder().decode(
      [Spoken].self, from: Data(contentsOf: folder.appending(path: "lighthouse.words.json")))
    samples = try readSound(folder.appending(path: "lighthouse.flac").path)
      .mono(at: WordTimer.sampleRate)
  }

  private func timer(for words: [SpokenWord], in samples: [Float]) throws -> WordTimer {
    let ranges = WordTimer.byPauses(words, in: samples)
    return try #require(
      WordTimer.learnt(from: words, at: ranges) { Array(samples.prefix($0)) })
  }

  private func times(of words: [SpokenWord], in samples: [Float], by timer: WordTimer) -> TimedText
  {
    var rest = samples[...]
    return timer.times(of: words) { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
  }

  @Test func `words are found by what their own recording teaches`() throws {
    let found = times(of: words, in: samples, by: try timer(for: words, in: samples))
    #expect(found.method == .learnt)
    let errors = zip(found.ranges, truth).map { abs($0.lowerBound.seconds - $1.start) }.sorted()
    #expect(errors[errors.count / 2] <= 0.08, "median \(errors[errors.count / 2])")
    #expect(errors[errors.count * 95 / 100] <= 0.3, "95th \(errors[errors.count * 95 / 100])")
  }

  @Test func `noise and another text teach nothing, and pauses decide`() throws {
    var random = SplitMix64(seed: 1)
    let noise = (0..<120 * 16_000).map { index in
      Float.random(in: -0.1...0.1, using: &random) * (index / 8000 % 4 == 0 ? 0.01 : 1)
    }
    let some = Array(words.prefix(300))
    #expect(times(of: some, in: noise, by: try timer(for: some, in: noise)).method == .pauses)
    let other = Array(words.reversed())
    let timed = times(of: other, in: samples, by: try timer(for: other, in: samples))
    #expect(timed.method == .pauses)
    #expect(WordTimer.learnt(from: [SpokenSound(words: some, samples: [])]) == nil)
  }
}
