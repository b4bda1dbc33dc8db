/// Why a project could not do what was asked.
public enum ProjectError: Error, Equatable, CustomStringConvertible {
  case noSuchFolder(path: String)
  case noSuchRecording(name: String, known: [String])
  case strayPath(file: String)
  case changedClip(file: String)
  case packOfAnother(worker: String)
  case isPack(path: String)
  case textTooLong(path: String, most: Int)
  case notText(path: String)
  case cannotRun(command: String, reason: String)

  public var description: String {
    switch self {
    case .noSuchFolder(let path):
      "there is no project ‘\(path)’; make one with ‘pecia split RECORDING --into \(path)’"
    case .noSuchRecording(let name, let known):
      "the project has no recording ‘\(name)’; it has "
        + known.map { "‘\($0)’" }.joined(separator: ", ")
    case .strayPath(let file):
      "the project names the clip file ‘\(file)’, which lies outside its folder: it is damaged"
    case .changedClip(let file):
      "‘\(file)’ is not what ‘split’ wrote; ‘pecia doctor’ says which clips are damaged"
    case .packOfAnother(let worker): "this pack was made for ‘\(worker)’: use ‘--as \(worker)’"
    case .isPack(let path):
      "‘\(path)’ is a pack, which stays as it was made: do this in the project that it came from"
    case .textTooLong(let path, let most):
      "‘\(path)’ has more than \(most) bytes, the most for the text of one clip"
    case .notText(let path): "‘\(path)’ is not UTF-8 text; save it as UTF-8 and try again"
    case .cannotRun(let command, let reason): "cannot run ‘\(command)’: \(reason)"
    }
  }
}
