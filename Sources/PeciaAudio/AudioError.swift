/// Why sound could not be read, cut or written.
public enum AudioError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read ‘\(path)’ as sound: \(reason)"
    }
  }
}
