public import Foundation

/// Why a file could not be read or written.
public enum FileError: Error, Equatable, CustomStringConvertible {
  case unwritable(path: String, reason: String)
  case unreadable(path: String, reason: String)
  case notText(path: String, line: Int)

  public var description: String {
    switch self {
    case .unwritable(let path, let reason): "cannot write ‘\(path)’: \(reason)"
    case .unreadable(let path, let reason): "cannot read ‘\(path)’: \(reason)"
    case .notText(let path, let line):
      "‘\(path)’ is not UTF-8 text (line \(line)); save it as UTF-8 and try again"
    }
  }
}

/// Writes a whole file or nothing: what stood there stays until the new text is on the disk.
///
/// `-` is standard output.
/// - Throws: `FileError.unwritable`.
public func writeFile(_ contents: Data, to path: String) throws {
  try writeFiles([(contents, path)])
}

/// Writes all of several files or none of them, each as `writeFile` does.
///
/// - Throws: `FileError.unwritable` for the first that cannot be written.
public func writeFiles(_ files: [(contents: Data, path: String)]) throws {
  var parts: [(part: URL, target: URL, path: String)] = []
  defer { for file in parts { try? FileManager.default.removeItem(at: file.part) } }
  for file in files where isReplaceable(file.path) {
    let target = URL(filePath: file.path).resolvingSymlinksInPath()
    let part = target.deletingLastPathComponent()
      .appending(path: ".pecia-\(UUID().uuidString)")
    do {
      try file.contents.write(to: part)
      let mode = try? FileManager.default.attributesOfItem(atPath: target.path)[.posixPermissions]
      if let mode {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: part.path)
      }
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw FileError.unwritable(path: file.path, reason: reason(for: error))
    }
    parts.append((part, target, file.path))
  }
  // What cannot be taken back goes out when all else lies ready.
  for file in files where !isReplaceable(file.path) {
    do {
      let target =
        file.path == "-"
        ? FileHandle.standardOutput : try FileHandle(forWritingTo: URL(filePath: file.path))
      try target.write(contentsOf: file.contents)
    } catch {
      throw FileError.unwritable(path: file.path, reason: reason(for: error))
    }
  }
  for file in parts where rename(file.part.path, file.target.path) != 0 {
    throw FileError.unwritable(path: file.path, reason: String(cString: strerror(errno)))
  }
}

/// Whether a new file can take the place of what is at `path`: of a file, or of nothing.
///
/// A device, a pipe and standard output are written to.
private func isReplaceable(_ path: String) -> Bool {
  var status = stat()
  guard path != "-", stat(path, &status) == 0 else { return path != "-" }
  return status.st_mode & S_IFMT == S_IFREG
}

/// Reads a whole file; `-` is standard input.
///
/// - Throws: `FileError.unreadable`.
public func readFile(_ path: String) throws -> Data {
  do {
    guard path != "-" else { return try FileHandle.standardInput.readToEnd() ?? Data() }
    return try Data(contentsOf: URL(filePath: path))
  } catch {
    throw FileError.unreadable(path: path, reason: reason(for: error))
  }
}

/// Reads a file of UTF-8 text, without its byte-order mark; `-` is standard input.
///
/// - Throws: `FileError`, which names the first line that is not UTF-8.
public func readText(_ path: String) throws -> String {
  try readMarkedText(path).text
}

/// Reads a file of UTF-8 text, its byte-order mark (or nothing) apart; `-` is standard input.
///
/// - Throws: `FileError`, which names the first line that is not UTF-8.
public func readMarkedText(_ path: String) throws -> (mark: String, text: String) {
  let data = try readFile(path)
  if let text = String(validating: data, as: UTF8.self) {
    return text.first == "\u{FEFF}" ? ("\u{FEFF}", String(text.dropFirst())) : ("", text)
  }
  let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
  throw FileError.notText(path: path == "-" ? "standard input" : path, line: bad + 1)
}

/// The system's word for what went wrong with a file.
func reason(for error: any Error) -> String {
  guard let error = error as? CocoaError else { return error.localizedDescription }
  let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
  if let cause, cause.domain == NSPOSIXErrorDomain {
    return String(cString: strerror(CInt(cause.code)))
  }
  switch error.code {
  case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file or folder"
  case .fileReadNoPermission, .fileWriteNoPermission: return "permission is missing"
  case .fileWriteOutOfSpace: return "the disk is full"
  case .fileWriteVolumeReadOnly: return "the disk is read-only"
  case .fileWriteFileExists: return "there is a file of that name, where a folder is needed"
  case .fileWriteUnknown:
    return "something on the way there is no folder, or a limit on the size of files refused it"
  default: return error.localizedDescription
  }
}
