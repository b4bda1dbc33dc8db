/// Why a style guide cannot be used.
public enum StyleError: Error, Equatable, CustomStringConvertible {
  case unknownGuide(name: String, known: [String])
  /// The guide's file is wrong at a place; `remedy` says what was meant, or what to do.
  case wrong(at: Place, problem: String, remedy: String)
  case unreadable(file: String, reason: String)

  /// A place in a guide's file; lines and columns count from 1.
  public struct Place: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    public var line: Int
    public var column: Int

    public var description: String { "\(file):\(line):\(column)" }
  }

  public var description: String {
    switch self {
    case .unknownGuide(let name, let known):
      "no style guide is called ‘\(name)’: name a file, or one of \(known.joined(separator: ", "))"
    case .wrong(let place, let problem, let remedy): "\(place): \(problem); \(remedy)"
    case .unreadable(let file, let reason): "cannot read the style guide ‘\(file)’: \(reason)"
    }
  }
}
