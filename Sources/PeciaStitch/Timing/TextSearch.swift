/// Finds where in a text a stretch of sound is said.
///
/// Every word may be the first, and any may be the last; each state remembers nothing but where its
/// way began, so a long text needs little memory.
struct TextSearch {
  let lattice: SpeechLattice
  /// How much better than any other place the right one scores, a frame of speech.
  private static let margin: Float = 0.3
  /// Words that far from the best place belong to it.
  private static let near = 8

  /// The word that sounds at the end of the scores; nil where no place is clearly the best.
  ///
  /// - `scores`: of each frame, `columns` numbers.
  /// - `speech`: how many of the frames are speech.
  func lastWord(in scores: ArraySlice<Float>, columns: Int, speech: Int) -> Int? {
    var best = [Float](repeating: -.infinity, count: lattice.count)
    for states in lattice.words { best[states.lowerBound] = 0 }
    best[0] = 0
    scores.withUnsafeBufferPointer { scores in
      for place in stride(from: 0, to: scores.count, by: columns) {
        advance(&best, scores: scores, at: place)
      }
    }
    let ends = lattice.words.map { states in
      best[states.lowerBound..<min(states.upperBound + SpeechLattice.gapStates, best.count)]
        .max() ?? -.infinity
    }
    guard let found = ends.indices.max(by: { ends[$0] < ends[$1] }) else { return nil }
    let others = ends.indices.filter { abs($0 - found) > Self.near }.map { ends[$0] }.max()
    guard let others else { return found }
    return ends[found] - others > Self.margin * Float(speech) ? found : nil
  }

  private func advance(
    _ best: inout [Float], scores: UnsafeBufferPointer<Float>, at place: Int
  ) {
    best.withUnsafeMutableBufferPointer { best in
      lattice.columns.withUnsafeBufferPointer { columns in
        lattice.stay.withUnsafeBufferPointer { stay in
          lattice.step.withUnsafeBufferPointer { step in
            lattice.bypass.withUnsafeBufferPointer { bypass in
              for state in stride(from: best.count - 1, to: 0, by: -1) {
                var value = max(best[state] - stay[state], best[state - 1] - step[state])
                let from = Int(bypass[state])
                if from >= 0 { value = max(value, best[from] - step[state]) }
                best[state] = value + scores[place + Int(columns[state])]
              }
              best[0] += scores[place + Int(columns[0])] - stay[0]
            }
          }
        }
      }
    }
  }
}
