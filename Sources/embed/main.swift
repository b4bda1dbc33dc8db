// embed OUTPUT TEXT…: writes one Swift file that holds each text under its file name.
import Foundation

let arguments = CommandLine.arguments.dropFirst().map { URL(filePath: $0) }
guard let output = arguments.first else {
  FileHandle.standardError.write(Data("usage: embed OUTPUT TEXT…\n".utf8))
  exit(64)
}

/// A raw string literal with more `#` than any run of them in `text`.
func literal(_ text: String) -> String {
  var hashes = "#"
  while text.contains("\"" + hashes) || text.contains("\\" + hashes) { hashes += "#" }
  return "\(hashes)\"\"\"\n\(text)\n\"\"\"\(hashes)"
}

let entries = try arguments.dropFirst().map { file in
  "    \"\(file.lastPathComponent)\": \(literal(try String(contentsOf: file, encoding: .utf8))),\n"
}
let body = entries.isEmpty ? "[:]" : "[\n\(entries.joined())  ]"
let source = """
  /// The texts that this target ships, by file name.
  enum EmbeddedTexts {
    static let all: [String: String] = \(body)
  }

  """
try Data(source.utf8).write(to: output)
