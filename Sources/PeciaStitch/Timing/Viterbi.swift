import Foundation

/// The best way through a lattice: which state each frame is in.
///
/// Viterbi, “Error bounds for convolutional codes and an asymptotically optimum decoding
/// algorithm”, 1967; states that fall far behind the best are left out at both ends of the band.
struct Viterbi {
  let lattice: SpeechLattice
  /// How far behind the best a state may fall.
  var beam: Float = 600
  /// Marks: from this frame on, these states are sounding; in order.
  var anchors: [(frame: Int, state: Int)] = []
  /// Whether words may be skipped anywhere.
  var isSkipping = false
  /// Frames by which a mark may be wrong, and what each further frame costs.
  private let anchorSlack = 80
  private let anchorCost: Float = 3

  /// Which states led where: two bits would do, a byte is faster.
  private struct Steps {
    var firsts: [Int] = []
    var places: [Int] = []
    var moves: [UInt8] = []
    /// The states that were reached by skipping words, and from where.
    var skips: [Skip: Int] = [:]
  }
  private struct Skip: Hashable {
    var frame: Int
    var state: Int
  }
  private enum Move {
    static let stay: UInt8 = 0, step: UInt8 = 1, bypass: UInt8 = 2, skip: UInt8 = 3
  }

  /// The state of each frame; nil where no way leads through, as with fewer frames than states.
  ///
  /// - `scores`: of each frame, `columns` numbers.
  /// - `isOpen`: whether the text may go on behind the sound: the way ends in any state.
  func path(scores: [Float], columns: Int, isOpen: Bool = false) -> [Int]? {
    let frames = scores.count / columns
    guard frames > 0, lattice.count > 1 else { return nil }
    var best = [Float](repeating: -.infinity, count: lattice.count)
    for (state, cost) in lattice.beginnings {
      best[state] = scores[Int(lattice.columns[state])] - cost
    }
    var band = 0...(isSkipping ? lattice.count - 1 : lattice.beginnings.map(\.state).max() ?? 0)
    var steps = Steps()
    steps.moves.reserveCapacity(frames * min(lattice.count, 800))
    for frame in 1..<max(frames, 1) {
      let skips = isSkipping ? skips(from: best) : []
      advance(&best, band: &band, scores: scores, at: frame * columns, steps: &steps)
      for skip in skips {
        let value = skip.value + scores[frame * columns + Int(lattice.columns[skip.state])]
        guard value > best[skip.state] else { continue }
        best[skip.state] = value
        steps.moves[steps.places[frame - 1] + skip.state] = Move.skip
        steps.skips[Skip(frame: frame, state: skip.state)] = skip.source
      }
      if !anchors.isEmpty { obeyAnchors(&best, band: band, frame: frame) }
      if !isSkipping { trim(&best, band: &band) }
    }
    guard let last = ending(best, isOpen: isOpen) else { return nil }
    return walkBack(from: last, frames: frames, steps: steps)
  }

  /// For each word's first state the best way to it past other words.
  private func skips(from best: [Float]) -> [(state: Int, source: Int, value: Float)] {
    var found: [(state: Int, source: Int, value: Float)] = []
    var source = (state: 0, value: best[0] - lattice.costs.skips.stop)
    for (states, cost) in zip(lattice.words, lattice.skips) {
      found.append((states.lowerBound, source.state, source.value - lattice.costs.unit))
      // Behind the word, behind its foreign speech, and behind its pause.
      for state in [
        states.upperBound - 1, states.upperBound, states.upperBound + SpeechLattice.pauseStates,
      ]
      where best[state] - cost > source.value {
        source = (state, best[state] - cost)
      }
    }
    return found
  }

  private func advance(
    _ best: inout [Float], band: inout ClosedRange<Int>, scores: [Float], at place: Int,
    steps: inout Steps
  ) {
    let first = band.lowerBound
    let last = min(band.upperBound + SpeechLattice.gapStates + 1, lattice.count - 1)
    band = first...last
    steps.firsts.append(first)
    let start = steps.moves.count
    steps.places.append(start)
    steps.moves.append(contentsOf: repeatElement(0, count: last - first + 1))
    best.withUnsafeMutableBufferPointer { best in
      scores.withUnsafeBufferPointer { scores in
        lattice.columns.withUnsafeBufferPointer { columns in
          lattice.stay.withUnsafeBufferPointer { stay in
            lattice.step.withUnsafeBufferPointer { step in
              lattice.bypass.withUnsafeBufferPointer { bypass in
                steps.moves.withUnsafeMutableBufferPointer { moves in
                  for state in stride(from: last, through: first, by: -1) {
                    var value = best[state] - stay[state]
                    var move = Move.stay
                    if state > first {
                      let other = best[state - 1] - step[state]
                      if other > value { (value, move) = (other, Move.step) }
                      let from = Int(bypass[state])
                      if from >= first {
                        let other = best[from] - step[state]
                        if other > value { (value, move) = (other, Move.bypass) }
                      }
                    }
                    best[state] = value + scores[place + Int(columns[state])]
                    moves[start + state - first] = move
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private func obeyAnchors(_ best: inout [Float], band: ClosedRange<Int>, frame: Int) {
    if let next = anchors.first(where: { frame < $0.frame - anchorSlack }) {
      for state in max(next.state, band.lowerBound)..<max(band.upperBound + 1, next.state) {
        best[state] -= anchorCost
      }
    }
    if let past = anchors.last(where: { frame > $0.frame + anchorSlack }) {
      for state in band.lowerBound..<max(min(past.state, band.upperBound + 1), band.lowerBound) {
        best[state] -= anchorCost
      }
    }
  }

  private func trim(_ best: inout [Float], band: inout ClosedRange<Int>) {
    let limit = best[band].reduce(-.infinity, max) - beam
    var (first, last) = (band.lowerBound, band.upperBound)
    while first < last, best[first] < limit {
      best[first] = -.infinity
      first += 1
    }
    while last > first, best[last] < limit {
      best[last] = -.infinity
      last -= 1
    }
    band = first...last
  }

  private func ending(_ best: [Float], isOpen: Bool) -> Int? {
    var endings = isOpen ? best.indices.map { ($0, 0) } : lattice.endings
    if isSkipping, !isOpen { endings += lattice.earlyEndings }
    let reached = endings.filter { best[$0.0] > -SpeechLattice.never / 2 }
    return reached.max { best[$0.0] - $0.1 < best[$1.0] - $1.1 }?.0
  }

  private func walkBack(from last: Int, frames: Int, steps: Steps) -> [Int] {
    var path = [Int](repeating: last, count: frames)
    var state = last
    for frame in stride(from: frames - 1, to: 0, by: -1) {
      path[frame] = state
      switch steps.moves[steps.places[frame - 1] + state - steps.firsts[frame - 1]] {
      case Move.step: state -= 1
      case Move.bypass: state = Int(lattice.bypass[state])
      case Move.skip: state = steps.skips[Skip(frame: frame, state: state)] ?? state
      default: break
      }
    }
    path[0] = state
    return path
  }
}
