import PeciaCore
import PeciaStitch
import Testing

@Suite struct StitchTests {
  static let plain = Normalisation(ignoresNumberForm: false, ignoresTags: false)

  /// The judgement of a recording that `copies` workers typed.
  static func judged(
    _ recording: SimulatedRecording, copies: Int = 1, error: Int = 0,
    cut: SimulatedRecording.CutWords = .mixed, seed: UInt64
  ) -> (texts: [ClipTexts], judgement: Judgement) {
    var random = SplitMix64(seed: seed)
    let clips = recording.clips.enumerated().map { index, range in
      let texts = (0..<copies).map { copy in
        let text = recording.perfect(range, cut, using: &random)
        return WorkerText(
          worker: "w\((index + copy) % 7)",
          text: SimulatedRecording.spoilt(text, percent: error, using: &random))
      }
      return ClipTexts(number: index + 1, range: range, texts: texts, copies: copies)
    }
    return (clips, Judgement(of: clips, normalisation: plain))
  }

  @Test(arguments: SimulatedRecording.CutWords.allCases)
  func `a perfect worker's clips stitch to the reference`(cut: SimulatedRecording.CutWords) {
    var faults = 0
    for seed in 0..<40 {
      let recording = SimulatedRecording(seed: UInt64(seed), words: 160)
      let (_, judgement) = Self.judged(recording, cut: cut, seed: UInt64(seed))
      let words = judgement.stitched().words.map(\.text)
      if words != recording.reference {
        faults += 1
        if faults < 12 {
          let steps = WordErrorRate.steps(from: recording.reference, to: words)
          for (index, step) in steps.enumerated() where !step.isCorrect {
            let around = steps[max(0, index - 4)..<min(steps.count, index + 5)]
            print(
              "seed \(seed) \(cut):",
              around.map { "\($0.reference ?? "*")|\($0.hypothesis ?? "*")" }.joined(separator: " ")
            )
          }
        }
      }
    }
    print("cut words \(cut): \(faults) of 40 differ")
    #expect(faults < 6)
  }
}
