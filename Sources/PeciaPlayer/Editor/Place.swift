/// A place in a text: before the character `column` of the line `line`, both from 0.
struct Place: Hashable, Comparable, Sendable {
  var line: Int
  /// In grapheme clusters.
  var column: Int

  static let start = Place(line: 0, column: 0)

  static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.line, lhs.column) < (rhs.line, rhs.column)
  }
}
