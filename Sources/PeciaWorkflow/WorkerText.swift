import Foundation
import PeciaStore

/// Reads the text of one clip exactly as it stands; `-` is standard input.
///
/// - Throws: `ProjectError.textTooLong` before more than that is read, `ProjectError.notText` for
///   what is not UTF-8, `FileError.unreadable`.
public func readWorkerText(_ path: String) throws -> String {
  let most = ProjectStore.longestText
  let name = path == "-" ? "standard input" : path
  let data: Data
  do {
    let file =
      path == "-"
      ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(filePath: path))
    data = try file.read(upToCount: most + 1) ?? Data()
  } catch {
    throw FileError.unreadable(path: name, reason: reason(for: error))
  }
  return try workerText(data, from: name)
}

/// `data` as the text of one clip.
func workerText(_ data: Data, from name: String) throws -> String {
  guard data.count <= ProjectStore.longestText else {
    throw ProjectError.textTooLong(path: name, most: ProjectStore.longestText)
  }
  guard let text = String(validating: data, as: UTF8.self) else {
    throw ProjectError.notText(path: name)
  }
  return text
}
