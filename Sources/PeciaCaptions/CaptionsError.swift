/// Why captions could not be read or written.
public enum CaptionsError: Error, Equatable, CustomStringConvertible {
  case unknownForm(ending: String)

  public var description: String {
    switch self {
    case .unknownForm(let ending): "no caption form has the ending ‘\(ending)’"
    }
  }
}
