/// What it costs to lay one sequence of words against another; lower is better.
protocol AlignmentCosts {
  var rows: Int { get }
  var columns: Int { get }
  func pair(_ row: Int, _ column: Int) -> Int
  func skip(row: Int) -> Int
  func skip(column: Int) -> Int
  /// End to start only: the cost of leaving every row before this one outside.
  func enter(atRow row: Int) -> Int
  /// End to start only: the cost of leaving this column and all behind it outside.
  func leave(atColumn column: Int) -> Int
}

extension AlignmentCosts {
  func enter(atRow row: Int) -> Int { 0 }
  func leave(atColumn column: Int) -> Int { 0 }
}

/// How far two sequences have to be used up.
enum AlignmentForm {
  /// The whole of both.
  case global
  /// The stretch of each that fits best; pairs that fit must cost less than nothing.
  case local
  /// The end of the rows against the start of the columns.
  case endToStart
}

/// The cheapest way to lay two sequences against each other.
struct Alignment {
  /// A pair, or a row or a column alone; what is missing is −1.
  struct Step: Equatable {
    var row: Int
    var column: Int
  }
  /// Rising in both rows and columns.
  var steps: [Step]
  var cost: Int

  /// Where two ways cost the same, a pair comes before a column alone, and that before a row
  /// alone, seen from the end.
  init(_ costs: some AlignmentCosts, form: AlignmentForm) {
    let (rows, columns) = (costs.rows, costs.columns)
    let width = columns + 1
    var moves = [Move](repeating: .stop, count: (rows + 1) * width)
    var line = [Int](repeating: 0, count: width)
    if form == .endToStart { line[0] = costs.enter(atRow: 0) }
    if form != .local {
      for column in 0..<columns {
        line[column + 1] = line[column] + costs.skip(column: column)
        moves[column + 1] = .column
      }
    }
    var best = (row: 0, column: 0, cost: 0)
    for row in 0..<rows {
      var diagonal = line[0]
      let start = (row + 1) * width
      (line[0], moves[start]) = Self.first(costs, form, row, line[0])
      for column in 0..<columns {
        var (least, move) = (diagonal + costs.pair(row, column), Move.pair)
        let alone = line[column] + costs.skip(column: column)
        if alone < least { (least, move) = (alone, .column) }
        let above = line[column + 1] + costs.skip(row: row)
        if above < least { (least, move) = (above, .row) }
        if form == .local, least >= 0 { (least, move) = (0, .stop) }
        diagonal = line[column + 1]
        line[column + 1] = least
        moves[start + column + 1] = move
        if form == .local, least < best.cost { best = (row + 1, column + 1, least) }
      }
    }
    switch form {
    case .local: break
    case .global: best = (rows, columns, line[columns])
    case .endToStart:
      best = (rows, 0, .max)
      for column in 0...columns {
        let cost = line[column] + costs.leave(atColumn: column)
        if cost < best.cost { best = (rows, column, cost) }
      }
    }
    cost = best.cost
    steps = Self.path(moves, width: width, to: (best.row, best.column))
  }

  private enum Move: UInt8 { case stop, pair, column, row }

  /// The cost and move in the first column, behind `row`.
  private static func first(
    _ costs: some AlignmentCosts, _ form: AlignmentForm, _ row: Int, _ above: Int
  ) -> (Int, Move) {
    switch form {
    case .local: return (0, .stop)
    case .global: return (above + costs.skip(row: row), .row)
    case .endToStart:
      let (skipped, entered) = (above + costs.skip(row: row), costs.enter(atRow: row + 1))
      return entered <= skipped ? (entered, .stop) : (skipped, .row)
    }
  }

  private static func path(_ moves: [Move], width: Int, to end: (Int, Int)) -> [Step] {
    var (row, column) = end
    var steps: [Step] = []
    while row > 0 || column > 0 {
      switch moves[row * width + column] {
      case .stop: return steps.reversed()
      case .pair: steps.append(Step(row: row - 1, column: column - 1))
      case .column: steps.append(Step(row: -1, column: column - 1))
      case .row: steps.append(Step(row: row - 1, column: -1))
      }
      if steps[steps.count - 1].row >= 0 { row -= 1 }
      if steps[steps.count - 1].column >= 0 { column -= 1 }
    }
    return steps.reversed()
  }
}
