/// Why a project's database could not do what was asked.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  case notAProject(path: String)

  public var description: String {
    switch self {
    case .notAProject(let path):
      "‘\(path)’ is not a Pecia project; make one with ‘pecia split RECORDING --into \(path)’"
    }
  }
}
