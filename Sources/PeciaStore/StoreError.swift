/// Why a project's database could not do what was asked.
public enum StoreError: Error, Equatable, CustomStringConvertible {
  case notAProject(path: String)
  case alreadyAProject(path: String)
  case newer(path: String, version: Int, known: Int)
  case damaged(path: String, reason: String)
  case busy(path: String)
  case full(path: String)
  case readOnly(path: String)
  case unwritable(path: String)
  case unreadable(path: String, reason: String)
  case unknownLease(token: String)
  case strangeLease(token: String)
  case leaseIsOver(token: String, how: String)
  case badWorker(name: String, reason: String)
  case unknownWorker(name: String)
  case unknownRecording(name: String)
  case unknownClip(address: String)
  case cutOtherwise(name: String)
  case nameTaken(name: String)
  case badText(reason: String)
  case badPack(path: String, reason: String)

  public var description: String {
    switch self {
    case .notAProject(let path):
      "‘\(path)’ is not a Pecia project; make one with ‘pecia split RECORDING --into \(path)’"
    case .alreadyAProject(let path): "‘\(path)’ is a Pecia project already"
    case .newer(let path, let version, let known):
      "‘\(path)’ was written by a newer pecia (form \(version); this one knows \(known)): "
        + "install the newer pecia"
    case .damaged(let path, let reason):
      "‘\(path)’ is damaged: \(reason); ‘pecia doctor’ says more, and a backup puts it right"
    case .busy(let path):
      "‘\(path)’ was kept busy by other commands for 30 seconds; try again"
    case .full(let path): "no room is left on the disk of ‘\(path)’; make room and try again"
    case .readOnly(let path): "‘\(path)’ may not be written; check the rights of file and folder"
    case .unwritable(let path):
      "‘\(path)’ could not be written: the disk, or a limit on the size of files, refused it"
    case .unreadable(let path, let reason): "cannot use ‘\(path)’: \(reason)"
    case .unknownLease(let token): "no lease ‘\(token)’ is known here; ‘pecia claim’ gives one"
    case .strangeLease(let token):
      "no lease ‘\(token)’ is known here (perhaps the project was put back from an older copy): "
        + "the text is kept, and ‘pecia doctor’ lists it"
    case .leaseIsOver(let token, let how):
      "the lease ‘\(token)’ \(how); ‘pecia claim’ gives a new one"
    case .badWorker(let name, let reason): "‘\(name)’ cannot be a worker's name: \(reason)"
    case .unknownWorker(let name): "no worker is called ‘\(name)’ here"
    case .unknownRecording(let name): "no recording is called ‘\(name)’ here"
    case .unknownClip(let address): "there is no clip ‘\(address)’ here"
    case .cutOtherwise(let name):
      "‘\(name)’ is here already, cut with other options: change what can be changed with "
        + "‘pecia project PROJECT set’, or take it out with ‘pecia project PROJECT remove \(name)’"
    case .nameTaken(let name): "another recording is called ‘\(name)’ already"
    case .badText(let reason): "the text cannot be stored: \(reason)"
    case .badPack(let path, let reason): "the pack ‘\(path)’ is refused: \(reason)"
    }
  }
}
