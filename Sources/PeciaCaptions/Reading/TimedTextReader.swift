import PeciaCore

/// Reads TTML: IMSC, EBU-TT-D and their older kin, their timing and their text.
///
/// Times of nested elements count from their parents' (or, in a `seq`, from the end of the element
/// before), as TTML2 says in section 12. A paragraph whose parts come and go becomes several cues.
struct TimedTextReader {
  let file: String

  func read(_ text: String) throws -> CaptionReading {
    let root: XMLElement
    do {
      root = try XMLReader.document(text)
    } catch {
      throw CaptionsError.damaged(file: file, line: error.line, reason: error.reason)
    }
    guard root.name.local == "tt" else {
      throw CaptionsError.damaged(
        file: file, line: root.line,
        reason: "the outermost element is ‘\(root.name.local)’, not ‘tt’, so this is no TTML")
    }
    var walk = TimedTextWalk(root)
    if let body = root.elements("body").first {
      walk.visit(
        body, .init(isPreserved: root.xml("space") == "preserve", language: root.xml("lang")))
    }
    let language = root.xml("lang").flatMap { $0.isEmpty ? nil : $0 }
    let title = root.elements("head").first?.elements("metadata").first?.elements("title").first
    var captions = Captions(language: language, title: title?.text, entries: walk.entries())
    if captions.title?.isEmpty == true { captions.title = nil }
    return CaptionReading(.captions(captions), notices: walk.notices.sentences(file))
  }
}

extension String {
  /// Without blanks at both ends, and with single ones between its words.
  var trimmingBlanks: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
