extension Guide {
  /// Rules about `[keep RULE: WHY]`, which every guide has without saying so.
  enum KeepProblem: String {
    case unused = "keep.unused"
    case noReason = "keep.reason"
    case unknown = "keep.rule"
  }

  /// What a `[keep RULE: WHY]` says.
  struct Keep {
    var range: Range<Int>
    var rule: String
    var reason: String
  }

  static func keeps(in reading: Reading) -> [Keep] {
    reading.marks(.keep).map { mark in
      let inside = reading.string(mark.range.lowerBound + 6..<mark.range.upperBound - 1)
      let colon = inside.firstIndex(of: ":") ?? inside.endIndex
      return Keep(
        range: mark.range, rule: String(inside[..<colon]).trimmed,
        reason: String(inside[colon...].dropFirst()).trimmed)
    }
  }

  /// Takes out one finding for each `[keep …]`, and gives what a keep does wrong.
  ///
  /// It is the nearest of its rule before it on the same line, or else the next behind it.
  func silence(_ found: inout [Found], in reading: Reading) -> [(KeepProblem, Keep)] {
    Self.keeps(in: reading).compactMap { keep in
      guard let rule = rules.firstIndex(where: { $0.id == keep.rule }) else {
        return (.unknown, keep)
      }
      guard !keep.reason.isEmpty else { return (.noReason, keep) }
      let line = reading.line(of: keep.range.lowerBound)
      let inLine = found.indices.filter {
        found[$0].rule == rule && reading.line(of: found[$0].violation.range.lowerBound) == line
      }
      let before = inLine.last { found[$0].violation.range.lowerBound < keep.range.lowerBound }
      guard let index = before ?? inLine.first else { return (.unused, keep) }
      found.remove(at: index)
      return nil
    }
  }
}
