import Foundation
import PeciaCore
public import PeciaStore

/// Writes `manifest.csv`: one line a clip, for people and programs that hand clips out by other
/// means.
///
/// UTF-8, RFC 4180; the file is replaced in one step.
/// - Throws: `FileError.unwritable`, `StoreError`.
public func writeManifest(_ store: ProjectStore) throws {
  try writeFile(
    Data(try manifest(of: store).utf8), to: store.folder.appending(path: "manifest.csv").path)
}

/// The text of `manifest.csv`.
func manifest(of store: ProjectStore) throws -> String {
  var lines = "clip,recording,start,end,file,speech,sha256\r\n"
  for recording in try store.recordings() {
    for clip in try store.clips(of: recording.name) {
      lines += "\(clip.number),\(csv(recording.name)),\(clip.range.lowerBound),"
      lines += "\(clip.range.upperBound),\(csv(clip.file)),"
      lines += "\(Timestamp(milliseconds: clip.speech)),\(clip.sha256)\r\n"
    }
  }
  return lines
}

/// A field as RFC 4180 has it: in quotes where it holds a comma, a quote or a line end.
func csv(_ field: String) -> String {
  guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
  return "\""
    + field.split(separator: "\"", omittingEmptySubsequences: false)
    .joined(separator: "\"\"") + "\""
}
