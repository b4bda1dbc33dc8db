/// Why captions could not be read or written.
public enum CaptionsError: Error, Equatable, CustomStringConvertible {
  case unknownForm(ending: String)
  case unknownFormName(String)
  case notReadable(form: String)
  case unknownCharset(String)
  case noCues(file: String)
  case unknownContent(file: String)
  case damaged(file: String, line: Int, reason: String)
  case empty(file: String, form: String)
  case unknownProfile(name: String)
  case profileFault(file: String, reason: String)

  public var description: String {
    switch self {
    case .unknownForm(let ending):
      "no caption form has the ending ‘\(ending)’; name one with --form (\(Self.forms))"
    case .unknownFormName(let name): "there is no form ‘\(name)’; choose one of \(Self.forms)"
    case .notReadable(let form):
      "‘\(form)’ is written only, not read; give a form that holds times and text"
    case .unknownCharset(let name):
      "there is no character set ‘\(name)’; choose one of "
        + Charset.allCases.map(\.rawValue).joined(separator: ", ")
    case .noCues(let file):
      "‘\(file)’ holds words with times and no cues to check; cut it first (-o captions.srt)"
    case .unknownContent(let file):
      "it does not show what form ‘\(file)’ is in; name it with --from"
    case .damaged(let file, let line, let reason):
      line > 0 ? "\(file):\(line): \(reason)" : "\(file): \(reason)"
    case .empty(let file, let form):
      "‘\(file)’ holds no captions that could be read as \(form); "
        + "say with --from what form it is in"
    case .unknownProfile(let name):
      "there is no caption profile ‘\(name)’; choose one of "
        + "\(CaptionProfile.builtIn.joined(separator: ", ")), or give a YAML file"
    case .profileFault(let file, let reason): "\(file): \(reason)"
    }
  }

  private static var forms: String {
    CaptionForm.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
