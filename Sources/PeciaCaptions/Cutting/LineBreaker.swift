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
  func cost(_ from: Int, _ to: Int) -> Price? {
    if width(from, to) <= limit || to - from == 1 { return Price(taste: lineCost(from, to)) }
    guard lines > 1 else { return nil }
    if lines == 2 { return pair(from, to)?.cost }
    return best(from, to).map(\.cost)
  }

  /// Where the best lines begin, the first excepted; nil where the atoms do not fit.
  func breaks(_ from: Int, _ to: Int) -> [Int]? {
    if width(from, to) <= limit || to - from == 1 { return [] }
    guard lines > 1 else { return nil }
    if lines == 2 { return pair(from, to).map { [$0.middle] } }
    return best(from, to)?.breaks
  }

  /// The cheapest break into two lines.
  private func pair(_ from: Int, _ to: Int) -> (cost: Price, middle: Int)? {
    var best: (cost: Price, middle: Int)?
    var middle = to - 1
    while middle > from {
      let right = width(middle, to)
      if right > limit { break }
      let left = width(from, middle)
      if left <= limit {
        var cost = boundaries[middle].line
        cost.taste += balance(left, right)
        if cost < best?.cost ?? .none {
          cost.taste +=
            lineCost(from, middle) + lineCost(middle, to)
            + orphan(from, middle) + orphan(middle, to)
          if cost < best?.cost ?? .none { best = (cost, middle) }
        }
      }
      middle -= 1
    }
    return best
  }

  /// The cheapest break into up to `lines` lines of about the same length.
  private func best(_ from: Int, _ to: Int) -> (cost: Price, breaks: [Int])? {
    let ideal = width(from, to) / ((width(from, to) + limit - 1) / limit)
    let count = to - from
    // For each end: what the best lines up to it cost, and where the last of them begins.
    var rows = [[(cost: Price(), start: from)] + Array(repeating: (.none, from), count: count)]
    var found: (cost: Price, lines: Int)?
    for line in 1...lines {
      var row = Array(repeating: (cost: Price.none, start: from), count: count + 1)
      for end in from + 1...to {
        var start = end - 1
        while start >= from, width(start, end) <= limit || start == end - 1 {
          let before = rows[line - 1][start - from].cost
          if before < .none {
            var cost = before + (start > from ? boundaries[start].line : Price())
            cost.taste +=
              lineCost(start, end) + balance(width(start, end), ideal) + orphan(start, end) + 60
            if cost < row[end - from].cost { row[end - from] = (cost, start) }
          }
          start -= 1
        }
      }
      rows.append(row)
      if row[count].cost < found?.cost ?? .none { found = (row[count].cost, line) }
    }
    guard let found else { return nil }
    var breaks: [Int] = []
    var end = to
    for line in (1...found.lines).reversed() {
      end = rows[line][end - from].start
      if end > from { breaks.append(end) }
    }
    return (found.cost, breaks.reversed())
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
