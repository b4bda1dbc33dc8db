/// `payload`: what a caption's words may hold, so that every reader shows them as they are meant.
struct PayloadCheck: CaptionCheck {
  static let key = "payload"
  static let knowsFixes = true
  static let changesMarks = true
  private enum Kind: String, CaseIterable {
    /// In WebVTT `&` and `<` stand for themselves only as `&amp;` and `&lt;`.
    case escapes
    /// An empty line ends a caption: what stands behind it is lost.
    case emptyLines
  }
  private let kind: Kind

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    guard let kind: Kind = try fields.choice("of") else {
      throw fields.entry.wrong(
        "‘payload’ does not say ‘of’ what", meant("", among: Kind.allCases.map(\.rawValue)))
    }
    self.kind = kind
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    switch kind {
    case .escapes: reading.isWebVTT ? escapes(reading) : []
    case .emptyLines: lostLines(reading)
    }
  }

  private func escapes(_ reading: Reading) -> [Violation] {
    let markup = Set(
      reading.marks.filter { if case .time = $0.kind { true } else { $0.kind == .markup } }
        .map(\.range.lowerBound))
    return reading.cues.flatMap { cue in
      cue.lines.flatMap { number in
        reading.lines[number].compactMap { index -> Violation? in
          switch reading.codes[index] {
          case 38 /* & */ where !markup.contains(index):
            Violation(range: index..<index + 1, fix: "&amp;")
          case 60 /* < */ where !markup.contains(index):
            Violation(range: index..<index + 1, fix: "&lt;")
          default: nil
          }
        }
      }
    }
  }

  /// The first lines of blocks that belong to no caption, behind a caption's empty line.
  private func lostLines(_ reading: Reading) -> [Violation] {
    guard let first = reading.cues.first else { return [] }
    let timings = Set(reading.cues.map(\.timing))
    func isEmpty(_ number: Int) -> Bool {
      reading.codes[reading.lines[number]].allSatisfy(\.isBlank)
    }
    return reading.lines.indices.dropFirst(first.timing + 1).compactMap { number in
      guard !isEmpty(number), isEmpty(number - 1), !timings.contains(number),
        !timings.contains(number + 1), !opensBlock(reading.lines[number], reading)
      else { return nil }
      var before = number - 1
      while before > first.timing, isEmpty(before) { before -= 1 }
      let line = reading.lines[number]
      let isPart = reading.cues.contains { $0.lines.contains(before) }
      // Behind a caption without words, or a note, nothing says where the line belongs.
      let edit = Edit(range: reading.lines[before].upperBound..<line.lowerBound, text: "\n")
      return isPart
        ? Violation(range: line, fix: reading.string(line), edit: edit) : Violation(range: line)
    }
  }

  /// Whether a WebVTT block other than a caption begins here.
  private func opensBlock(_ line: Range<Int>, _ reading: Reading) -> Bool {
    guard reading.isWebVTT else { return false }
    let text = reading.string(line)
    return ["NOTE", "STYLE", "REGION"].contains {
      text == $0 || text.hasPrefix($0 + " ") || text.hasPrefix($0 + "\t")
    }
  }
}

extension Reading {
  /// Whether this is the text of a WebVTT file, and not of a SubRip one.
  var isWebVTT: Bool {
    kind.isCaptions && codes.prefix(7).drop { $0 == 0xFEFF }.starts(with: "WEBVTT".codes)
  }
}
