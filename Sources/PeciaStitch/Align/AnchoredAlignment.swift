/// A good way to lay two long sequences against each other from start to end, found piece by piece.
///
/// Runs of words that stand once in either sequence are anchors, as in patience diff; the longest
/// chain of them that rises in both parts the sequences, and each piece is laid out at least cost.
/// Room and time grow with the length. Where no anchor is near, pieces are parted in proportion:
/// such sequences have next to nothing in common, or hardly differ anywhere.
struct AnchoredAlignment {
  /// The places of the parts' ends in both sequences, rising.
  private var cuts: [(row: Int, column: Int)] = []

  /// Words in an anchor.
  private static let anchor = 4
  /// Rows that a piece should have at least, unless a long stretch without anchors follows.
  private static let piece = 60
  /// Cells that a piece may have at most.
  private static let largest = 250_000
  /// Cells up to which sequences are laid out whole.
  static let most = 4_000_000

  /// The steps of the cheapest way where both are short, else of a way through the anchors.
  ///
  /// - Parameters:
  ///   - costs: the price of each pair and of each place alone.
  ///   - first: what stands in each row, for finding anchors.
  ///   - second: what stands in each column.
  ///   - most: the cells from which on the sequences are parted.
  /// - Returns: all rows and columns, in order.
  static func steps(
    _ costs: some AlignmentCosts, first: @autoclosure () -> [Int],
    second: @autoclosure () -> [Int], most: Int = most
  ) -> [Alignment.Step] {
    guard costs.rows * costs.columns > most else { return Alignment(costs, form: .global).steps }
    let cuts = AnchoredAlignment(first(), second()).cuts
    return zip(cuts, cuts.dropFirst()).flatMap { start, end in
      let part = PartCosts(
        whole: costs, row: start.row, column: start.column, rows: end.row - start.row,
        columns: end.column - start.column)
      return Alignment(part, form: .global).steps.map { step in
        Alignment.Step(
          row: step.row < 0 ? -1 : step.row + start.row,
          column: step.column < 0 ? -1 : step.column + start.column)
      }
    }
  }

  private init(_ first: [Int], _ second: [Int]) {
    let end = (row: first.count, column: second.count)
    let chain = Self.chain(Self.anchors(first, second))
    var last = (row: 0, column: 0)
    cuts = [last]
    for (anchor, next) in zip(chain, chain.dropFirst() + [end])
    where anchor.row - last.row >= Self.piece
      || max(next.row - anchor.row, next.column - anchor.column) >= Self.piece
    {
      add(anchor, after: last)
      last = anchor
    }
    add(end, after: last)
  }

  /// Adds a cut, and those before it that keep the pieces small.
  private mutating func add(
    _ end: (row: Int, column: Int), after start: (row: Int, column: Int)
  ) {
    let (rows, columns) = (end.row - start.row, end.column - start.column)
    let ratio = Double(rows) * Double(columns) / Double(Self.largest)
    let count = max(1, Int(ratio.squareRoot().rounded(.up)))
    for part in 1...count {
      cuts.append((start.row + rows * part / count, start.column + columns * part / count))
    }
  }

  private struct Gram: Hashable {
    var words: SIMD4<Int>
  }

  /// Where each run of words stands that is there once; −1 where it is there more often.
  private static func places(of words: [Int]) -> [Gram: Int] {
    var places: [Gram: Int] = [:]
    guard words.count >= anchor else { return places }
    for start in 0...words.count - anchor {
      let gram = Gram(
        words: SIMD4(words[start], words[start + 1], words[start + 2], words[start + 3]))
      places[gram] = places[gram] == nil ? start : -1
    }
    return places
  }

  /// The middles of the runs that stand once in both, by row.
  private static func anchors(_ first: [Int], _ second: [Int]) -> [(row: Int, column: Int)] {
    let columns = places(of: second)
    return places(of: first).compactMap { gram, row in
      guard row >= 0, let column = columns[gram], column >= 0 else { return nil }
      return (row + anchor / 2, column + anchor / 2)
    }
    .sorted { $0.row < $1.row }
  }

  /// The longest chain of anchors whose columns rise as their rows do.
  private static func chain(
    _ anchors: [(row: Int, column: Int)]
  ) -> [(row: Int, column: Int)] {
    /// The anchor that ends the chain of each length with the lowest column.
    var ends: [Int] = []
    var before = [Int](repeating: -1, count: anchors.count)
    for index in anchors.indices {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if anchors[ends[middle]].column < anchors[index].column {
          low = middle + 1
        } else {
          high = middle
        }
      }
      if low > 0 { before[index] = ends[low - 1] }
      if low == ends.count { ends.append(index) } else { ends[low] = index }
    }
    var chain: [(row: Int, column: Int)] = []
    var index = ends.last ?? -1
    while index >= 0 {
      chain.append(anchors[index])
      index = before[index]
    }
    return chain.reversed()
  }
}

/// A stretch of the rows and of the columns.
private struct PartCosts<Whole: AlignmentCosts>: AlignmentCosts {
  let whole: Whole
  let row: Int
  let column: Int
  let rows: Int
  let columns: Int

  func pair(_ row: Int, _ column: Int) -> Int { whole.pair(self.row + row, self.column + column) }
  func skip(row: Int) -> Int { whole.skip(row: self.row + row) }
  func skip(column: Int) -> Int { whole.skip(column: self.column + column) }
}
