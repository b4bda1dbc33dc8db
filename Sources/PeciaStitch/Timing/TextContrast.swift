/// Whether a sound may be that of its text at all: the text is to fit better than its words do from
/// the last one to the first.
///
/// Music, noise and other texts fit both alike, however well or badly; no bound is to be learnt.
public struct TextContrast: Sendable, Hashable {
  /// So many frames from the start of a piece are compared.
  private static let frames = 2000
  /// So few words, or frames of speech, say nothing.
  private static let (fewestWords, fewestFrames) = (8, 300)
  /// From so many frames of speech on, another language shows.
  private static let manyFrames = 3000
  /// Frames of speech, and how far they score behind the best units, both ways.
  private var speech = 0
  private var (forwards, backwards) = (0.0, 0.0)

  public init() {}

  /// What two stretches say together: the clips of a recording more than each.
  public static func += (sum: inout Self, other: Self) {
    sum.speech += other.speech
    sum.forwards += other.forwards
    sum.backwards += other.backwards
  }

  /// Whether what was compared may belong together; yes where it was too little.
  ///
  /// - `table`: what the comparison was made by; it knows under how much of the gap backwards the
  ///   gap of what fits lies.
  func isLikely(by table: TimingTable) -> Bool {
    speech < Self.fewestFrames
      || forwards < (speech < Self.manyFrames ? table.likelyShare : table.sureShare) * backwards
  }

  /// Compares the start of a piece that was aligned.
  ///
  /// - `words`: the words of the alignment.
  mutating func add(
    _ alignment: SoundAligner.Alignment, of words: [SpeechLattice.Word], isSpeech: [Bool],
    by aligner: SoundAligner
  ) {
    let sounding = words.indices.filter {
      !alignment.words[$0].isEmpty && alignment.words[$0].upperBound <= Self.frames
    }
    guard sounding.count >= Self.fewestWords, let last = sounding.last else { return }
    let end = alignment.words[last].upperBound
    let columns = alignment.scores.columns
    let scores = SoundAligner.Scores(
      columns: columns, values: Array(alignment.scores.values.prefix(end * columns)))
    guard
      let other = aligner.align(
        sounding.reversed().map { words[$0] }, anchors: [], scores: scores, isOpen: false)
    else { return }
    forwards += alignment.gaps(isSpeech: isSpeech)[end]
    backwards += other.gaps(isSpeech: isSpeech).last ?? 0
    speech += isSpeech[..<end].count { $0 }
  }
}
