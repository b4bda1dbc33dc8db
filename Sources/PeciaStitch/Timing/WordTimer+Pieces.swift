import Foundation
import PeciaCore

extension WordTimer {
  /// The times of `words` in a sound of any length, which is read from start to end in pieces.
  ///
  /// About a minute of sound is looked at together with the text that may lie in it; what lies
  /// before a sure pause near its end is kept, and the next piece begins in that pause. Where text
  /// and sound part, the place where they meet again is searched for.
  ///
  /// - `words`: words and tags in the order in which they are said.
  /// - `next`: gives as many samples as it is asked for, 16 kHz, one channel, −1…1; fewer only at
  ///   the end.
  public func times(
    of words: [SpokenWord], reading next: (Int) throws -> [Float]
  ) rethrows -> TimedText {
    guard let aligner = aligners(for: words).first else {
      return try byPauses(words, reading: next)
    }
    var pieces = PieceTimer(
      words: words, aligner: aligner, limits: FitLimits(aligner.table))
    while let wanted = pieces.wanted { pieces.add(try next(wanted)) }
    guard pieces.contrast.isLikely(by: aligner.table) else {
      return TimedText(
        ranges: Self.byPauses(
          words, islands: SpeechIslands(energies: pieces.energies), duration: pieces.duration),
        method: .pauses)
    }
    let filled = TimesInOrder(words, found: pieces.found, duration: pieces.duration)
    return TimedText(ranges: filled.ranges, method: aligner.table.method)
  }

  private func byPauses(
    _ words: [SpokenWord], reading next: (Int) throws -> [Float]
  ) rethrows -> TimedText {
    var energies: [Float] = []
    var samples = 0
    let block = SpeechIslands.frame * 10_000
    while true {
      let piece = try next(block)
      samples += piece.count
      energies += SpeechIslands.energies(of: piece)
      guard piece.count == block else { break }
    }
    let duration = Double(samples) / Double(SpeechFeatures.rate)
    return TimedText(
      ranges: Self.byPauses(
        words, islands: SpeechIslands(energies: energies), duration: duration),
      method: .pauses)
  }
}
