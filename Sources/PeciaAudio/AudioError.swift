/// Why sound could not be read, cut or written.
public enum AudioError: Error, Equatable, CustomStringConvertible {
  case unreadable(path: String, reason: String)
  case unwritable(path: String, reason: String)
  /// It is no sound at all, or has a form that nothing here reads.
  case needsConversion(path: String)
  case outOfBounds(path: String, what: String)
  /// The clips' form cannot hold so many channels.
  case tooManyChannels(path: String, channels: Int, form: ClipForm)

  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "cannot read ‘\(path)’ as sound: \(reason)"
    case .unwritable(let path, let reason): "cannot write ‘\(path)’: \(reason)"
    case .needsConversion(let path):
      "cannot read ‘\(path)’ as sound: its form is unknown here and there is no ‘ffmpeg’ on the "
        + "PATH; install it, or run where it is: ffmpeg -i \(shellQuoted(path)) -vn "
        + shellQuoted(withoutEnding(path) + ".flac")
    case .outOfBounds(let path, let what):
      "cannot take ‘\(path)’: it claims \(what), which no recording has; convert it to a plain WAV first"
    case .tooManyChannels(let path, let channels, let form):
      "cannot write ‘\(path)’, which has \(channels) channels, as \(form.rawValue): "
        + "give --mono, or --format flac"
    }
  }
}

/// `text` as one word for a shell.
private func shellQuoted(_ text: String) -> String {
  let plain = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-/".contains($0)) }
  return plain && !text.hasPrefix("-")
    ? text
    : "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
      + "'"
}

/// `path` without the ending of its last part.
private func withoutEnding(_ path: String) -> String {
  guard let dot = path.lastIndex(of: "."), dot > (path.lastIndex(of: "/") ?? path.startIndex)
  else { return path }
  return String(path[..<dot])
}
