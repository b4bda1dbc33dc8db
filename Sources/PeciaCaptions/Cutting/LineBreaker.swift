/// Breaks a run of atoms into lines: the cheapest way that keeps to the limits.
struct LineBreaker {
  let limit: Int
  let lines: Int
  private let boundaries: [Boundary]
  /// The width of all atoms before each, with the blanks between them.
  private let widths: [Int]
  private let blanks: [Int]
  /// How many sentences end at or before each boundary.
  private let sentences: [Int]
  private let atomWidths: [Int]
  private let continues: [Bool]

  init(_ atoms: [Atom], boundaries: [Boundary], limit: Int, lines: Int) {
    self.limit = limit
    self.lines = lines
    self.boundaries = boundaries
    blanks = atoms.map { $0.spaced ? 1 : 0 } + [0]
    atomWidths = atoms.map(\.width)
    continues = atoms.map(\.continues)
    var (width, ends) = (0, 0)
    var (widths, sentences) = ([0], [0])
    for (index, atom) in atoms.enumerated() {
      width += atom.width + (atom.spaced ? 1 : 0)
      widths.append(width)
      ends += boundaries[index + 1].endsSentence ? 1 : 0
      sentences.append(ends)
    }
    (self.widths, self.sentences) = (widths, sentences)
  }

  /// The characters of the atoms `from..<to` in one line.
  func width(_ from: Int, _ to: Int) -> Int { widths[to] - widths[from] - blanks[from] }

  /// The most characters that any cue can hold, line ends counted as blanks.
  var mostCharacters: Int { limit * lines + lines - 1 }

  /// What the atoms cost in the best lines; nil where they do not fit.
  ///
  /// A single atom that is longer than a line stands in it all the same: no word is changed.
  func cost(_ from: Int, _ to: Int) -> Double? {
    if width(from, to) <= limit || to - from == 1 { return lineCost(from, to) }
    guard lines > 1 else { return nil }
    if lines == 2 { return pair(from, to)?.cost }
    return best(from, to, lines).map(\.cost)
  }

  /// Where the best lines begin, the first excepted; nil where the atoms do not fit.
  func breaks(_ from: Int, _ to: Int) -> [Int]? {
    if width(from, to) <= limit || to - from == 1 { return [] }
    guard lines > 1 else { return nil }
    if lines == 2 { return pair(from, to).map { [$0.middle] } }
    return best(from, to, lines)?.breaks
  }

  /// The cheapest break into two lines.
  private func pair(_ from: Int, _ to: Int) -> (cost: Double, middle: Int)? {
    var best: (cost: Double, middle: Int)?
    var middle = to - 1
    while middle > from {
      let right = width(middle, to)
      if right > limit { break }
      let left = width(from, middle)
      if left <= limit {
        let taste = boundaries[middle].lineCost + balance(left, right)
        if taste < best?.cost ?? .infinity {
          let cost =
            taste + lineCost(from, middle) + lineCost(middle, to)
            + orphan(from, middle) + orphan(middle, to)
          if cost < best?.cost ?? .infinity { best = (cost, middle) }
        }
      }
      middle -= 1
    }
    return best
  }

  private func best(_ from: Int, _ to: Int, _ lines: Int) -> (cost: Double, breaks: [Int])? {
    if width(from, to) <= limit || to - from == 1 { return (lineCost(from, to), []) }
    guard lines > 1 else { return nil }
    var best: (cost: Double, breaks: [Int])?
    for middle in from + 1..<to where width(from, middle) <= limit || middle == from + 1 {
      guard let rest = self.best(middle, to, lines - 1) else { continue }
      let next = rest.breaks.first ?? to
      let cost =
        boundaries[middle].lineCost
        + balance(width(from, middle), width(middle, next)) + lineCost(from, middle)
        + orphan(from, middle) + rest.cost + 60
      if cost < best?.cost ?? .infinity { best = (cost, [middle] + rest.breaks) }
    }
    return best
  }

  /// Lines of like length, the lower one rather longer.
  private func balance(_ upper: Int, _ lower: Int) -> Double {
    let (short, long) = upper < lower ? (upper, lower) : (lower, upper)
    let uneven = Double(long - short) * (upper > lower ? 1.4 : 1)
    return uneven + (short * 5 < long * 2 ? 250 : 0)
  }

  /// A word of under four letters alone in a line.
  private func orphan(_ from: Int, _ to: Int) -> Double {
    to - from == 1 && atomWidths[from] < 4 ? Cost.orphan : 0
  }

  /// A sentence that begins inside a line and goes on: better a cue of its own.
  private func lineCost(_ from: Int, _ to: Int) -> Double {
    guard to - from > 1 else { return 0 }
    let inside = sentences[to - 1] - sentences[from]
    guard inside > 0 else { return 0 }
    let long = to - 3 > from ? sentences[to - 3] - sentences[from] : 0
    return Double(long) * 250 + Double(inside - long) * 60
  }
}
