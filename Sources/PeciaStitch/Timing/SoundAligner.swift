import Foundation

/// Finds the frames of words by how their units sound.
package struct SoundAligner: Sendable {
  package let table: TimingTable
  package var costs = SpeechLattice.Costs()
  /// How much worse than the best unit speech that the text lacks may score, a frame.
  package var fillerCost: Float = 3
  /// How many frames the model's own means weigh when it is adapted.
  package var inertia: Float = 60
  package var beam: Float = 600

  package init(_ table: TimingTable) { self.table = table }

  /// Words with their frames, and what each frame scores.
  package struct Alignment: Sendable {
    package var lattice: SpeechLattice
    /// The state of each frame.
    package var path: [Int]
    /// The frames of each word; empty at an edge for one that is not in the sound.
    package var words: [Range<Int>]
    package var scores: Scores

    /// How far each frame of speech scores behind the best unit, summed up to each frame.
    func gaps(isSpeech: [Bool]) -> [Double] {
      var sums = [0.0]
      sums.reserveCapacity(path.count + 1)
      for (frame, state) in path.enumerated() {
        let own = scores.values[frame * scores.columns + Int(lattice.columns[state])]
        let best = scores.values[frame * scores.columns + scores.columns - 2]
        sums.append(sums[frame] + (isSpeech[frame] ? Double(best - own) : 0))
      }
      return sums
    }
  }

  /// Scores by frame: a column for each row of the model, then one for anything that may sound,
  /// then one for a pause in which it may.
  package struct Scores: Sendable {
    package var columns: Int
    package var values: [Float]

    /// Lets anything that may sound score no further behind the best unit than `gap`, from a frame
    /// on.
    mutating func easeForeign(behind gap: Float, from frame: Int) {
      for place in stride(from: frame * columns, to: values.count, by: columns) {
        let best = values[place + columns - 2]
        values[place + columns - 1] = max(values[place + columns - 1], best - gap)
      }
    }
  }

  /// The words of a text as the lattice wants them; pieces without sound have no units.
  package func words(of spoken: [SpokenWord]) -> [SpeechLattice.Word] {
    let isEnglish = table.language.hasPrefix("en")
    let texts = table.readable(spoken.map(\.text))
    return spoken.indices.map { index in
      let word = spoken[index]
      let units =
        word.isTag
        ? []
        : table.spelling.units(of: texts[index]) { isEnglish ? EnglishNumbers.reading(of: $0) : $0 }
      return SpeechLattice.Word(
        units: units, pause: Punctuation(endOf: word.text),
        isLoose: index + 1 < spoken.count && spoken[index + 1].isTag)
    }
  }

  /// Scores every frame by `model`.
  package func scores(of features: SpeechFeatures, by model: AcousticModel) -> Scores {
    let scorer = Scorer(model)
    let rows = scorer.rows
    let plain = scorer.scores(of: features)
    let silence = table.units[table.silenceUnit].rows.lowerBound
    var values = [Float](repeating: 0, count: features.frames * (rows + 2))
    values.withUnsafeMutableBufferPointer { values in
      plain.withUnsafeBufferPointer { plain in
        for frame in 0..<features.frames {
          var best = -Float.infinity
          for row in 0..<rows {
            let score = plain[frame * rows + row]
            values[frame * (rows + 2) + row] = score
            best = max(best, score)
          }
          values[frame * (rows + 2) + rows] = best
          values[frame * (rows + 2) + rows + 1] =
            max(plain[frame * rows + silence], best - fillerCost)
        }
      }
    }
    return Scores(columns: rows + 2, values: values)
  }

  /// Aligns words that all have units; nil where there are none, or too few frames.
  ///
  /// - `isOpen`: whether the text may go on behind the sound.
  package func align(
    _ words: [SpeechLattice.Word], anchors: [(word: Int, frame: Int)] = [],
    in features: SpeechFeatures, isOpen: Bool = false
  ) -> Alignment? {
    align(
      words, anchors: anchors, scores: scores(of: features, by: table.model), isOpen: isOpen)
  }

  /// Aligns again, with a model that was adapted to what `alignment` found.
  package func adapted(
    _ alignment: Alignment, _ words: [SpeechLattice.Word], anchors: [(word: Int, frame: Int)],
    to features: SpeechFeatures
  ) -> Alignment? {
    let model = adapted(table.model, to: alignment, features)
    return align(
      words, anchors: anchors, scores: scores(of: features, by: model), isOpen: false)
  }

  /// Aligns words by scores that are there already.
  ///
  /// - `isSkipping`: whether words may be missing in the sound anywhere; that takes longer.
  func align(
    _ words: [SpeechLattice.Word], anchors: [(word: Int, frame: Int)], scores: Scores,
    isOpen: Bool, isSkipping: Bool = false
  ) -> Alignment? {
    guard !words.isEmpty else { return nil }
    let lattice = lattice(of: words, columns: scores.columns)
    var viterbi = Viterbi(
      lattice: lattice, beam: beam,
      anchors: anchors.map { ($0.frame, lattice.words[$0.word].lowerBound) },
      isSkipping: isSkipping)
    var path = viterbi.path(scores: scores.values, columns: scores.columns, isOpen: isOpen)
    if path == nil {
      viterbi.beam = .infinity
      path = viterbi.path(scores: scores.values, columns: scores.columns, isOpen: isOpen)
    }
    guard let path else { return nil }
    return Alignment(
      lattice: lattice, path: path, words: Self.frames(of: lattice, path: path), scores: scores)
  }

  func lattice(of words: [SpeechLattice.Word], columns: Int) -> SpeechLattice {
    SpeechLattice(
      words, units: table.units, silence: table.units[table.silenceUnit].rows.lowerBound,
      loose: columns - 1, costs: costs)
  }

  private static func frames(of lattice: SpeechLattice, path: [Int]) -> [Range<Int>] {
    var frame = 0
    return lattice.words.map { states in
      while frame < path.count, path[frame] < states.lowerBound { frame += 1 }
      let start = frame
      while frame < path.count, path[frame] < states.upperBound { frame += 1 }
      return start..<frame
    }
  }

  /// The model with its means drawn to what the clip's frames are, as far as there are frames.
  ///
  /// Gauvain and Lee, “Maximum a posteriori estimation for multivariate Gaussian mixture
  /// observations of Markov chains”, 1994; weights and variances stay.
  func adapted(
    _ model: AcousticModel, to alignment: Alignment, _ features: SpeechFeatures
  ) -> AcousticModel {
    var frames: [Int32: [Int]] = [:]
    for (frame, state) in alignment.path.enumerated() {
      frames[alignment.lattice.columns[state], default: []].append(frame)
    }
    var model = model
    for row in model.rows.indices {
      guard let own = frames[Int32(row)], own.count >= 5 else { continue }
      model.rows[row] = model.rows[row].adapted(to: own, of: features, inertia: inertia)
    }
    return model
  }
}

extension [AcousticModel.Gaussian] {
  func adapted(to frames: [Int], of features: SpeechFeatures, inertia: Float) -> Self {
    let dimensions = AcousticModel.dimensions
    var weights = [Float](repeating: 0, count: count)
    var sums = [[Float]](repeating: Array<Float>(repeating: 0, count: dimensions), count: count)
    for frame in frames {
      let values = features.values[frame * dimensions..<(frame + 1) * dimensions]
      let shares = responsibilities(for: values)
      for (index, share) in shares.enumerated() where share > 0.01 {
        weights[index] += share
        for (place, value) in values.enumerated() { sums[index][place] += share * value }
      }
    }
    return indices.map { index in
      var gaussian = self[index]
      for place in 0..<dimensions {
        gaussian.means[place] =
          (inertia * gaussian.means[place] + sums[index][place]) / (inertia + weights[index])
      }
      return gaussian
    }
  }

  /// How far each Gaussian answers for a frame; they sum to 1.
  package func responsibilities(for values: ArraySlice<Float>) -> [Float] {
    guard count > 1 else { return [1] }
    let logs = map { gaussian -> Float in
      var sum = gaussian.logWeight
      gaussian.means.withUnsafeBufferPointer { means in
        gaussian.variances.withUnsafeBufferPointer { variances in
          values.withUnsafeBufferPointer { values in
            for place in 0..<means.count {
              let distance = values[place] - means[place]
              sum -= 0.5 * (distance * distance / variances[place] + log(variances[place]))
            }
          }
        }
      }
      return sum
    }
    let best = logs.max() ?? 0
    let shares = logs.map { exp($0 - best) }
    let total = shares.reduce(0, +)
    return shares.map { $0 / total }
  }
}
