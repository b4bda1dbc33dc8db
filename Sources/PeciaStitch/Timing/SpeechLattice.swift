import Foundation

/// The states that a text's sound passes through, from left to right.
///
/// A unit is a chain of as many states as the frames that it lasts at least. Behind each word lies
/// one state for speech that the text lacks, then a pause of four states; both may be passed by.
package struct SpeechLattice: Sendable {
  /// What a path pays, in units of scaled log likelihood.
  package struct Costs: Sendable {
    /// For entering a unit, for each further state of it, and for each frame that it lasts on.
    package var unit: Float = 0.3
    package var step: Float = 0.15
    package var stay: Float = 0.12
    /// For a pause behind a word without punctuation, with a comma, with a stop.
    package var pauses: [Float] = [7, 2, 0]
    package var pauseStay: Float = 0.02
    /// For speech that the text lacks, each time.
    package var foreign: Float = 15
    /// For going on with a later word behind a stop, and behind another word; where that may be.
    package var skips: (stop: Float, other: Float) = (40, 80)
    /// For each word that is left out at an edge, and for a word that an edge cuts.
    package var leftOut: Float = 12
    package var cut: Float = 4

    package init() {}
  }

  /// A word as units, and what may stand behind it.
  package struct Word: Sendable {
    package var units: [UInt8]
    var pause: Punctuation
    /// Whether something that is no word of the text may sound behind it.
    var isLoose: Bool

    init(units: [UInt8], pause: Punctuation, isLoose: Bool = false) {
      self.units = units
      self.pause = pause
      self.isLoose = isLoose
    }
  }

  static let pauseStates = 4
  /// The states behind a word that are not the word's: a foreign one and the pause.
  static let gapStates = pauseStates + 1
  static let never: Float = 1e6

  /// The column of the scores that each state sounds by.
  package private(set) var columns: [Int32] = []
  /// The cost of staying, of coming from the state before, and of coming from `bypass`.
  private(set) var stay: [Float] = []
  private(set) var step: [Float] = []
  /// The last state of the word before, for the first states of a word and of a pause; else
  /// nothing (−1).
  private(set) var bypass: [Int32] = []
  /// The states of each word, without the pause behind it.
  package private(set) var words: [Range<Int>] = []
  /// What it costs to go on with a later word behind each word.
  private(set) var skips: [Float] = []
  package var count: Int { columns.count }
  let costs: Costs
  /// How many words at either edge may be missing in the sound.
  private let edge: Int

  /// - `silence`: the column of pauses.
  /// - `loose`: the column of what may be a pause or anything else: of foreign speech, and of the
  ///   pauses at both edges and behind words that say so.
  package init(
    _ spoken: [Word], units: [TimingTable.Unit], silence: Int, loose: Int, costs: Costs,
    edge: Int = 4
  ) {
    self.costs = costs
    self.edge = min(edge, spoken.count - 1)
    append(column: loose, stay: costs.pauseStay, step: Self.never)
    for (index, word) in spoken.enumerated() {
      let first = count
      for unit in word.units.map({ units[Int($0)] }) {
        for place in 0..<unit.frames {
          let row = place * unit.rows.count / unit.frames
          let isLast = (place + 1) * unit.rows.count / unit.frames > row
          append(
            column: unit.rows.lowerBound + row, stay: isLast ? costs.stay : Self.never,
            step: place == 0 ? costs.unit : costs.step)
        }
      }
      if let before = words.last { bypass[first] = Int32(before.upperBound - 1) }
      words.append(first..<count)
      skips.append(word.pause == .stop ? costs.skips.stop : costs.skips.other)
      let isLoose = word.isLoose || index == spoken.count - 1
      append(column: loose, stay: costs.pauseStay, step: costs.foreign)
      for place in 0..<Self.pauseStates {
        append(
          column: isLoose ? loose : silence,
          stay: place == Self.pauseStates - 1 ? costs.pauseStay : Self.never,
          step: place > 0 || isLoose ? 0 : costs.pauses[word.pause.rawValue])
        if place == 0 { bypass[count - 1] = Int32(count - 3) }
      }
    }
  }

  private mutating func append(column: Int, stay: Float, step: Float) {
    columns.append(Int32(column))
    self.stay.append(stay)
    self.step.append(step)
    bypass.append(-1)
  }

  /// What it costs to begin in the states that the first frame may have.
  var beginnings: [(state: Int, cost: Float)] {
    [(0, 0)]
      + words.prefix(edge + 1).enumerated().flatMap { index, states in
        states.map { state in
          (
            state,
            costs.leftOut * Float(index) + costs.unit
              + (state == states.lowerBound ? 0 : costs.cut)
          )
        }
      }
  }

  /// What it costs to end behind any word, where words may be skipped.
  var earlyEndings: [(state: Int, cost: Float)] {
    zip(words, skips).flatMap { states, cost in
      (states.upperBound - 1..<states.upperBound + Self.gapStates).map { ($0, cost) }
    }
  }

  /// What it costs to end in the states that the last frame may have.
  var endings: [(state: Int, cost: Float)] {
    words.suffix(edge + 1).enumerated().flatMap { index, states in
      let missing = Float(min(edge + 1, words.count) - 1 - index)
      return (states.lowerBound..<states.upperBound + Self.gapStates).map { state in
        let isCut = state < states.upperBound - 1
        return (state, costs.leftOut * missing + (isCut ? costs.cut : 0))
      }
    }
  }
}
