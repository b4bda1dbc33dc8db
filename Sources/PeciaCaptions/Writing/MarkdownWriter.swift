import PeciaCore

/// Writes Markdown: a heading, and a paragraph for each turn of a speaker.
struct MarkdownWriter {
  /// Whether each paragraph begins with its time.
  var timestamps = false

  func write(_ transcript: Transcript) -> Rendered {
    let name = transcript.recording.name
    let heading = name.isEmpty ? [] : ["# \(escaped(name))"]
    let paragraphs = Section.sections(of: transcript).compactMap { section -> String? in
      guard case .paragraph(let paragraph) = section else { return section.untold.map(escaped) }
      let time = timestamps ? "`\(paragraph.start.clock)` " : ""
      let label = paragraph.speaker.map { "**\(escaped($0)):** " } ?? ""
      let text = escaped(paragraph.text)
      return time + label + (time.isEmpty && label.isEmpty ? opening(text) : text)
    }
    return Rendered(text: (heading + paragraphs).map { $0 + "\n" }.joined(separator: "\n"))
  }

  /// With a backslash before each character that Markdown would take for its own.
  private func escaped(_ text: String) -> String {
    text.replacingLineEnds(with: " ").reduce(into: "") { output, character in
      if "\\`*_<&|~".contains(character) { output += "\\" }
      output.append(character)
    }
  }

  /// A paragraph's beginning that would make it a list, a heading or a quotation.
  private func opening(_ text: String) -> String {
    guard let first = text.first else { return text }
    if "#>+-=".contains(first) { return "\\" + text }
    let digits = text.prefix { $0.isDigit }
    if !digits.isEmpty, let sign = text[digits.endIndex...].first, sign == "." || sign == ")" {
      return digits + "\\" + text[digits.endIndex...]
    }
    return text
  }
}
