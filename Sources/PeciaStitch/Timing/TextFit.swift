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
  /// The longest stretch that sounds like no word of the text, and how many seconds of speech it
  /// holds.
  public var foreign: TimeRange
  public var foreignSpeech: Double
  /// Seconds of speech in the sound.
  public var speech: Double
  /// The units of the longest run of words that the sound rather passes by, and where it does so.
  public var unsaid = 0
  public var unsaidPlace = Timestamp.zero..<Timestamp.zero

  public init(
    gap: Double, rate: Double, worst: TimeRange, foreign: TimeRange = .zero..<Timestamp.zero,
    foreignSpeech: Double = 0, speech: Double
  ) {
    self.gap = gap
    self.rate = rate
    self.worst = worst
    self.foreign = foreign
    self.foreignSpeech = foreignSpeech
    self.speech = speech
  }

  /// - `numbers`: the places of words with digits, which may be said in other words.
  /// - `tags`: the places of the words before tags, −1 before the first: laughter is no word.
  init(
    of alignment: SoundAligner.Alignment, units: Int, numbers: [Int], tags: [Int],
    islands: SpeechIslands
  ) {
    let isSpeech = islands.frames(alignment.path.count)
    let sums = alignment.gaps(isSpeech: isSpeech)
    let frames = max(isSpeech.count { $0 }, 1)
    let length = min(200, alignment.path.count)
    let first =
      (0...alignment.path.count - length).max {
        sums[$0 + length] - sums[$0] < sums[$1 + length] - sums[$1]
      } ?? 0
    speech = Double(frames) / Double(SpeechFeatures.framesPerSecond)
    gap = (sums.last ?? 0) / Double(frames)
    rate = Double(units) / speech
    worst = Self.range(first..<first + length)
    let loose = Self.longestForeign(
      in: alignment, excusing: numbers.flatMap { [$0 - 1, $0] } + tags, isSpeech: isSpeech)
    foreign = Self.range(loose.frames)
    foreignSpeech = Double(loose.speech) / Double(SpeechFeatures.framesPerSecond)
  }

  /// Takes what an alignment that may skip words passed by.
  ///
  /// - `words`: the words of that alignment.
  mutating func takeUnsaid(from alignment: SoundAligner.Alignment, of words: [SpeechLattice.Word]) {
    var run = 0
    for (index, frames) in alignment.words.enumerated() {
      run = frames.isEmpty ? run + words[index].units.count : 0
      guard run > unsaid else { continue }
      unsaid = run
      let frame = alignment.words[..<index].last { !$0.isEmpty }?.upperBound ?? 0
      let around = max(frame - 100, 0)..<min(frame + 100, alignment.path.count)
      unsaidPlace = Self.range(around)
    }
  }

  private static func range(_ frames: Range<Int>) -> TimeRange {
    Timestamp(
      milliseconds: frames.lowerBound * 10)..<Timestamp(
        milliseconds: frames.upperBound * 10)
  }

  /// The stretch of foreign frames with the most speech, and how many of its frames are speech; those
  /// behind the words `excusing` do not count.
  private static func longestForeign(
    in alignment: SoundAligner.Alignment, excusing: [Int], isSpeech: [Bool]
  ) -> (frames: Range<Int>, speech: Int) {
    let loose = Int32(alignment.scores.columns - 1)
    let lattice = alignment.lattice
    let beside = Set(
      excusing.flatMap { word in
        let first = word < 0 ? 0 : lattice.words[word].upperBound
        return first..<first + (word < 0 ? 1 : SpeechLattice.gapStates)
      })
    var best = (frames: 0..<0, speech: 0)
    var current = best
    for (frame, state) in alignment.path.enumerated() {
      guard lattice.columns[state] == loose, !beside.contains(state) else {
        current = (frame + 1..<frame + 1, 0)
        continue
      }
      current.frames = current.frames.lowerBound..<frame + 1
      current.speech += isSpeech[frame] ? 1 : 0
      if current.speech > best.speech { best = current }
    }
    return best
  }
}
