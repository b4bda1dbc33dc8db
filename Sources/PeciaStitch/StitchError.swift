/// Why texts could not be compared, voted on or timed.
public enum StitchError: Error, Equatable, CustomStringConvertible {
  case malformedTable(reason: String)

  public var description: String {
    switch self {
    case .malformedTable(let reason): "cannot read the table: \(reason)"
    }
  }
}
