import Foundation
public import PeciaCore

/// How well a text fits its sound: figures, no judgement.
public struct TextFit: Sendable, Hashable {
  /// How far the units of the text score behind the best ones, in scaled log likelihood a frame,
  /// over the frames with speech.
  public var gap: Double
  /// Units of sound in the text for each second of speech.
  public var rate: Double
  /// The two seconds with the widest gap.
  public var worst: TimeRange
  /// Seconds of speech in the sound.
  public var speech: Double

  public init(gap: Double, rate: Double, worst: TimeRange, speech: Double) {
    self.gap = gap
    self.rate = rate
    self.worst = worst
    self.speech = speech
  }

  init(of alignment: SoundAligner.Alignment, units: Int, islands: SpeechIslands) {
    let (columns, scores) = (alignment.scores.columns, alignment.scores.values)
    var sums = [Double](repeating: 0, count: alignment.path.count + 1)
    var frames = 0
    let ranges = islands.ranges()
    var place = 0
    for (frame, state) in alignment.path.enumerated() {
      let time = Double(frame) / Double(SpeechFeatures.framesPerSecond)
      while place < ranges.count, ranges[place].upperBound <= time { place += 1 }
      let isSpeech = place < ranges.count && ranges[place].contains(time)
      let own = scores[frame * columns + Int(alignment.lattice.columns[state])]
      let best = scores[frame * columns + columns - 2]
      sums[frame + 1] = sums[frame] + (isSpeech ? Double(best - own) : 0)
      frames += isSpeech ? 1 : 0
    }
    let length = min(200, alignment.path.count)
    let first =
      (0...alignment.path.count - length).max {
        sums[$0 + length] - sums[$0] < sums[$1 + length] - sums[$1]
      } ?? 0
    speech = Double(max(frames, 1)) / Double(SpeechFeatures.framesPerSecond)
    gap = (sums.last ?? 0) / Double(max(frames, 1))
    rate = Double(units) / speech
    worst = Timestamp(milliseconds: first * 10)..<Timestamp(milliseconds: (first + length) * 10)
  }
}
