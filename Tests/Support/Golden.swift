import Foundation
public import Testing

/// Compares `text` with the golden file `name` in the folder `Golden` beside the test.
///
/// With `PECIA_RECORD=1` in the environment the file is written anew.
public func expectGolden(
  _ text: String, _ name: String, file: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let golden = URL(filePath: file).deletingLastPathComponent()
    .appending(path: "Golden").appending(path: name)
  if ProcessInfo.processInfo.environment["PECIA_RECORD"] == "1" {
    try FileManager.default.createDirectory(
      at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: golden)
  }
  #expect(
    try String(contentsOf: golden, encoding: .utf8) == text, "differs from \(name)",
    sourceLocation: sourceLocation)
}
