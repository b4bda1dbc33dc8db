/// Why a style guide cannot be used.
public enum StyleError: Error, Equatable, CustomStringConvertible {
  case unknownGuide(name: String, known: [String])

  public var description: String {
    switch self {
    case .unknownGuide(let name, let known):
      "no style guide is called ‘\(name)’: name a file, or one of \(known.joined(separator: ", "))"
    }
  }
}
