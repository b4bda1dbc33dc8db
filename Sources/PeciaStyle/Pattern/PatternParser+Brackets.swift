/// Sets of characters in brackets.
extension PatternParser {
  mutating func bracket(from start: Int) throws -> CodeSet {
    var set = CodeSet()
    let negated = take("^")
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      isFirst = false
      let at = index
      if scalar == "[", index + 1 < source.count, source[index + 1] == ":" {
        throw wrong("classes such as ‘[:alpha:]’ are not known here", "write ‘\\p{L}’", at: at)
      }
      guard let low = try member(into: &set) else { continue }
      guard next == "-", index + 1 < source.count, source[index + 1] != "]" else {
        set.insert(low...low)
        continue
      }
      index += 1
      guard let high = try member(into: &set), low <= high else {
        throw wrong("a range in ‘[ ]’ runs backwards", "write the smaller end first", at: at)
      }
      set.insert(low...high)
    }
    guard take("]") else {
      throw wrong("a ‘[’ is never closed", "write ‘]’, or ‘\\[’ for the character", at: start)
    }
    if ignoresCase { set.ignoreCase() }
    set.isNegated = negated
    return set
  }

  /// One character of a bracket; nil where it was a class, which is then in the set.
  private mutating func member(into set: inout CodeSet) throws -> Code? {
    guard let scalar = next else { return nil }
    let start = index
    index += 1
    guard scalar == "\\" else { return Code(scalar) }
    guard let kind = next else { return nil }
    if "dDwWsSpP".unicodeScalars.contains(kind) {
      let negated = "DWSP".unicodeScalars.contains(kind)
      switch kind {
      case "d", "D": set.insert(.digit, negated: negated)
      case "w", "W": set.insert(.word, negated: negated)
      case "s", "S": set.insert(.blank, negated: negated)
      default:
        index += 1
        set.insert(try property(from: start), negated: negated)
        return nil
      }
      index += 1
      return nil
    }
    let single = try escaped(from: start)
    return (Code(0)..<128).first { single.contains($0) } ?? single.ranges.first?.lowerBound
  }
}
