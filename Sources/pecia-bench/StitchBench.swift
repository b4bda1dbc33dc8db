import Foundation
import PeciaCore
import PeciaStitch
import Simulation

/// What the stitch makes of a made-up recording whose every word is known.
///
/// Everything comes from seeds, so the figures are the same on every computer but for the seconds.
struct StitchBench {
  private static let plain = Normalisation(ignoresNumberForm: false)

  static func run() {
    long()
    errors(copies: 1, isTimed: true)
    errors(copies: 1, isTimed: false)
    errors(copies: 3, isTimed: false)
  }

  /// The texts of a recording's clips, by workers who err in ten words of a hundred, and when each
  /// word of the last worker's was said, as a word timer gives it to `merge`.
  private static func clips(
    of recording: SimulatedRecording, copies: Int, seed: UInt64
  ) -> (clips: [ClipTexts], times: [Int: [TimeRange]]) {
    var random = SplitMix64(seed: seed)
    var times: [Int: [TimeRange]] = [:]
    let clips = recording.clips.enumerated().map { index, range in
      let texts = (0..<copies).map { copy in
        let typed = recording.typed(range, .dropped, using: &random).flatMap { word in
          SimulatedRecording.spoilt(word.text, percent: 10, using: &random)
            .split(separator: " ").map { (text: String($0), range: word.range) }
        }
        times[index + 1] = typed.map(\.range)
        return WorkerText(
          worker: "w\((index + copy * 3) % 7)", text: typed.map(\.text).joined(separator: " "))
      }
      return ClipTexts(number: index + 1, range: range, texts: texts, copies: copies)
    }
    return (clips, times)
  }

  /// A recording of ten hours: judged, stitched, and judged again after one more text.
  private static func long() {
    let recording = SimulatedRecording(seed: 1, words: 73_000, longest: 22_200, overlap: 2000)
    let clips = clips(of: recording, copies: 3, seed: 1).clips
    let hours = (recording.clips.last?.upperBound.seconds ?? 0) / 3600
    print("\(String(format: "%.1f", hours)) hours, \(clips.count) clips, three texts each:")
    let clock = ContinuousClock()
    var judgement = Judgement(of: [], normalisation: plain)
    let judged = clock.measure { judgement = Judgement(of: clips, normalisation: plain) }
    let stitched = clock.measure { _ = judgement.stitched() }
    // What a hand-in costs: the clip, its neighbours, and theirs, as `submit` judges them.
    let around = clips.filter { (998...1002).contains($0.number) }
    let one = clock.measure { _ = Judgement(of: around, normalisation: plain) }
    print("  judged in \(seconds(judged)) s, stitched in \(seconds(stitched)) s")
    print("  one more text is judged in \(seconds(one)) s")
    print("  most memory at once so far: \(OwnUsage.peakMebibytes) MiB")
  }

  private static func seconds(_ duration: Duration) -> String {
    let (seconds, rest) = duration.components
    return String(format: "%.3f", Double(seconds) + Double(rest) / 1e18)
  }

  /// Errors in the seconds that neighbours share, and elsewhere, beside those of the workers.
  private static func errors(copies: Int, isTimed: Bool) {
    var (stitched, typed) = (Places(), Places())
    var workers = [WordErrorRate](repeating: WordErrorRate(), count: copies)
    for seed in 0..<100 {
      let recording = SimulatedRecording(seed: UInt64(seed), words: 400)
      let (clips, times) = clips(of: recording, copies: copies, seed: UInt64(seed))
      let words = Judgement(of: clips, normalisation: plain)
        .stitched(times: isTimed ? times : nil).words.map(\.text)
      let shared = zip(recording.clips, recording.clips.dropFirst()).map {
        $1.lowerBound..<$0.upperBound
      }
      stitched.add(words, recording.words, shared)
      for clip in clips {
        let said = recording.words.filter { $0.range.clamped(to: clip.range) == $0.range }
        for (worker, text) in clip.texts.enumerated() {
          let given = ScoreForm.raw.words(of: text.text)
          typed.add(given, said, shared)
          workers[worker] =
            workers[worker] + WordErrorRate(of: given.lowered, against: said.map(\.text).lowered)
        }
      }
    }
    let texts = copies == 1 ? "one text a clip" : "three texts a clip"
    let times = isTimed ? "words timed" : "no word times"
    print("100 recordings, 10 % of the words wrong, \(texts), \(times):")
    print("                          one worker, %   stitched, %")
    print("  in the shared seconds  \(typed.shared.percent)        \(stitched.shared.percent)")
    print(
      "  elsewhere              \(typed.elsewhere.percent)        \(stitched.elsewhere.percent)")
    let best = workers.min { ($0.rate ?? 1) < ($1.rate ?? 1) } ?? WordErrorRate()
    let whole = stitched.shared + stitched.elsewhere
    print("  the best worker        \(best.percent)        \(whole.percent) (all words)")
  }
}

/// Errors by where they stand.
private struct Places {
  var shared = WordErrorRate()
  var elsewhere = WordErrorRate()

  /// Counts what differs from `said`; an added word counts where the word before it stands.
  mutating func add(
    _ words: [String], _ said: [SimulatedRecording.Word], _ seams: [TimeRange]
  ) {
    let steps = WordErrorRate.steps(from: said.map(\.text).lowered, to: words.lowered)
    var place = 0
    for step in steps {
      let word = said.isEmpty ? nil : said[min(place, said.count - 1)]
      let isShared = word.map { word in seams.contains { $0.overlaps(word.range) } } ?? false
      let one = WordErrorRate(of: [step])
      if isShared { shared = shared + one } else { elsewhere = elsewhere + one }
      if step.reference != nil { place += 1 }
    }
  }
}

extension [String] {
  fileprivate var lowered: [String] { map { $0.lowercased() } }
}

extension WordErrorRate {
  fileprivate var percent: String { String(format: "%6.2f", (rate ?? 0) * 100) }
}
