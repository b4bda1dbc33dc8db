/// The cheapest way to lay two long texts against each other where every error counts first.
///
/// It is the very way that `Alignment` finds, ties included, in room that grows with the length of
/// the texts and not with its square. Only cells that lie on a way with the fewest errors are priced:
/// a walk from the end counts the errors that are left from each cell, a walk from the start those
/// that were made, and both keep to the diagonals that so few errors can reach.
struct LongAlignment {
  private let first: [Int32]
  private let second: [Int32]
  private let errors: Int
  /// Column − row of the lowest and the highest diagonal that a best way can touch.
  private let low: Int
  private let high: Int
  private var width: Int { high - low + 1 }

  /// Rows whose counts are kept at once.
  private static let block = 256
  /// More errors than any text has.
  private static let never = Int32.max / 2

  init(_ first: [Int32], _ second: [Int32]) {
    (self.first, self.second) = (first, second)
    errors = Self.fewestErrors(first, second)
    let shift = second.count - first.count
    let spare = (errors - abs(shift)) / 2
    (low, high) = (min(0, shift) - spare, max(0, shift) + spare)
  }

  /// The edit distance, from the furthest row that so many errors reach on each diagonal.
  ///
  /// From `most` errors on it is estimated: the rest has as many errors as what they reach.
  static func fewestErrors(_ first: [Int32], _ second: [Int32], most: Int = .max) -> Int {
    let (rows, columns) = (first.count, second.count)
    let origin = rows + 1
    var reached = [Int](repeating: -1, count: rows + columns + 3)
    var next = reached
    var errors = 0
    while true {
      var furthest = 0
      for diagonal in max(-rows, -errors)...min(columns, errors) {
        let place = diagonal + origin
        var row = errors == 0 ? 0 : reached[place] + 1
        if errors > 0 { row = max(row, reached[place - 1], reached[place + 1] + 1) }
        row = max(min(row, rows, columns - diagonal), 0, -diagonal)
        while row < rows, row + diagonal < columns, first[row] == second[row + diagonal] {
          row += 1
        }
        next[place] = row
        furthest = max(furthest, 2 * row + diagonal)
      }
      if next[columns - rows + origin] >= rows { return errors }
      if errors >= most {
        return min(max(rows, columns), errors * (rows + columns) / max(1, furthest))
      }
      swap(&reached, &next)
      errors += 1
    }
  }

  /// The steps of the way that `price` makes cheapest; it prices two words that differ.
  func steps(error: Int, price: (Int, Int) -> Int) -> [Alignment.Step] {
    let marks = remainingAtBlocks()
    var made = [Int32](repeating: Self.never, count: width)
    var costs = [Int](repeating: .max, count: width)
    var rows: [Row] = []
    rows.reserveCapacity(first.count + 1)
    for start in stride(from: 0, through: first.count, by: Self.block) {
      let end = min(start + Self.block, first.count + 1)
      let left = remaining(from: start, until: end, behind: marks[start / Self.block])
      for row in start..<end {
        walk(row, &made)
        let live = left[(row - start) * width..<(row - start + 1) * width]
        rows.append(priced(row, made, live, &costs, error, price))
      }
    }
    return path(rows)
  }

  /// The moves into the cells of one row, from its first cell on a best way to its last.
  private struct Row {
    var start = 0
    var moves: [Move] = []
  }
  private enum Move: UInt8 { case stop, pair, column, row }

  /// The columns of a row that lie on the diagonals, as places in a line.
  private func places(_ row: Int) -> ClosedRange<Int> {
    max(0, -row - low)...min(width - 1, second.count - row - low)
  }

  /// Turns the errors made until `row` − 1 into those until `row`.
  private func walk(_ row: Int, _ line: inout [Int32]) {
    let places = places(row)
    line.withUnsafeMutableBufferPointer { line in
      for place in places {
        let column = row + low + place
        if row == 0, column == 0 {
          line[place] = 0
          continue
        }
        var least = Self.never
        if row > 0, column > 0 {
          least = line[place] + (first[row - 1] == second[column - 1] ? 0 : 1)
        }
        if place > places.lowerBound { least = min(least, line[place - 1] + 1) }
        if row > 0, place < width - 1, column <= second.count {
          least = min(least, line[place + 1] + 1)
        }
        line[place] = least
      }
      for place in places.upperBound + 1..<max(width, places.upperBound + 1) {
        line[place] = Self.never
      }
    }
  }

  /// Turns the errors left from `row` + 1 into those left from `row`.
  private func walkBack(_ row: Int, _ line: inout [Int32]) {
    let places = places(row)
    line.withUnsafeMutableBufferPointer { line in
      for place in places.reversed() {
        let column = row + low + place
        if row == first.count, column == second.count {
          line[place] = 0
          continue
        }
        var least = Self.never
        if row < first.count, column < second.count {
          least = line[place] + (first[row] == second[column] ? 0 : 1)
        }
        if place < places.upperBound { least = min(least, line[place + 1] + 1) }
        if row < first.count, place > 0 { least = min(least, line[place - 1] + 1) }
        line[place] = least
      }
      for place in 0..<places.lowerBound { line[place] = Self.never }
    }
  }

  /// The errors left from the first row behind each block.
  private func remainingAtBlocks() -> [[Int32]] {
    let blocks = first.count / Self.block + 1
    var marks = [[Int32]](repeating: [], count: blocks)
    var line = [Int32](repeating: Self.never, count: width)
    marks[blocks - 1] = line
    for row in (0...first.count).reversed() {
      walkBack(row, &line)
      if row % Self.block == 0, row > 0 { marks[row / Self.block - 1] = line }
    }
    return marks
  }

  /// The errors left from each cell of some rows.
  private func remaining(from start: Int, until end: Int, behind mark: [Int32]) -> [Int32] {
    var all = [Int32](repeating: Self.never, count: (end - start) * width)
    var line = mark
    for row in (start..<end).reversed() {
      walkBack(row, &line)
      let offset = (row - start) * width
      for place in line.indices { all[offset + place] = line[place] }
    }
    return all
  }

  /// Prices the cells of a row that lie on a best way; all others cost without bound.
  private func priced(
    _ row: Int, _ made: [Int32], _ left: ArraySlice<Int32>, _ costs: inout [Int], _ error: Int,
    _ price: (Int, Int) -> Int
  ) -> Row {
    var result = Row()
    let total = Int32(errors)
    let places = places(row)
    for place in 0..<width {
      guard places.contains(place), made[place] + left[left.startIndex + place] == total else {
        costs[place] = .max
        continue
      }
      let column = row + low + place
      var (least, move) = (row == 0 && column == 0 ? 0 : Int.max, Move.stop)
      if row > 0, column > 0, costs[place] < .max {
        let same = first[row - 1] == second[column - 1]
        (least, move) = (costs[place] + (same ? 0 : price(row - 1, column - 1)), .pair)
      }
      if place > 0, column > 0, costs[place - 1] < .max, costs[place - 1] + error < least {
        (least, move) = (costs[place - 1] + error, .column)
      }
      if row > 0, place < width - 1, costs[place + 1] < .max, costs[place + 1] + error < least {
        (least, move) = (costs[place + 1] + error, .row)
      }
      costs[place] = least
      if result.moves.isEmpty { result.start = column }
      while result.start + result.moves.count < column { result.moves.append(.stop) }
      result.moves.append(move)
    }
    return result
  }

  private func path(_ rows: [Row]) -> [Alignment.Step] {
    var (row, column) = (first.count, second.count)
    var steps: [Alignment.Step] = []
    while row > 0 || column > 0 {
      let move = rows[row].moves[column - rows[row].start]
      if move != .column { row -= 1 }
      if move != .row { column -= 1 }
      steps.append(
        Alignment.Step(row: move == .column ? -1 : row, column: move == .row ? -1 : column))
    }
    return steps.reversed()
  }
}

/// The edit distance of two texts, in the way that is quicker for their length; of long texts that
/// differ in thousands of words, an estimate.
func wordDistance(_ first: [Int32], _ second: [Int32]) -> Int {
  first.count * second.count > AnchoredAlignment.most
    ? LongAlignment.fewestErrors(first, second, most: 4000) : editDistance(first, second)
}
