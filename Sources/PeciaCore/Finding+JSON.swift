extension Finding {
  /// The finding as `lint --format json` and every other command print it.
  public var json: JSON {
    .object([
      "rule": .string(rule), "level": .string(level.rawValue), "message": .string(message),
      "line": .integer(start.line), "column": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
      "offset": .integer(range.lowerBound), "length": .integer(range.count),
      "text": .string(text), "fix": .string(orNull: fix),
    ])
  }
}

extension JSON {
  /// Adds a key at the end of an object; any other value stays as it is.
  public mutating func append(_ key: String, _ value: JSON) {
    guard case .object(var object) = self else { return }
    object.pairs.append(.init(key: key, value: value))
    self = .object(object)
  }
}
