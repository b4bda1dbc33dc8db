import PeciaCore

/// Writes plain text: a paragraph for each turn of a speaker, and a line for what nobody typed.
struct TextWriter {
  /// Whether each paragraph begins with its time.
  var timestamps = false

  func write(_ transcript: Transcript) -> Rendered {
    let paragraphs = Section.sections(of: transcript).compactMap { section -> String? in
      guard case .paragraph(let paragraph) = section else { return section.untold }
      let time = timestamps ? "[\(paragraph.start.clock)] " : ""
      let label = paragraph.speaker.map { "\($0): " } ?? ""
      return time + label + paragraph.text
    }
    return Rendered(text: paragraphs.map { $0 + "\n" }.joined(separator: "\n"))
  }
}

/// A paragraph, or a gap between two.
enum Section {
  case paragraph(Paragraph)
  case gap(Gap)

  /// A transcript's paragraphs and gaps in order of time.
  static func sections(of transcript: Transcript) -> [Section] {
    var gaps = transcript.gaps.sorted { $0.range.lowerBound < $1.range.lowerBound }[...]
    var sections: [Section] = []
    for paragraph in Paragraph.paragraphs(of: transcript) {
      let before = gaps.prefix { $0.range.lowerBound <= paragraph.start }
      sections += before.map { .gap($0) } + [.paragraph(paragraph)]
      gaps = gaps.dropFirst(before.count)
    }
    return sections + gaps.map { .gap($0) }
  }

  /// A tag for a gap in which something may be said that is not in the text.
  var untold: String? {
    guard case .gap(let gap) = self, gap.reason != .silence else { return nil }
    return "[\(gap.reason.rawValue) \(gap.range.lowerBound.clock)–\(gap.range.upperBound.clock)]"
  }
}

/// A turn of a speaker, or a part of one that a long pause or its length sets off.
struct Paragraph {
  var speaker: String?
  var words: ArraySlice<TimedWord>

  var start: Timestamp { words.first?.range.lowerBound ?? .zero }
  var text: String { joined(words.map(\.text)) }

  /// The most characters before the next sentence begins a paragraph.
  private static let length = 500
  /// The pause, in milliseconds, behind which a sentence begins a paragraph.
  private static let pause = 2000

  static func paragraphs(of transcript: Transcript) -> [Paragraph] {
    let words = transcript.words
    let judge = BoundaryJudge(
      Atomiser(words, limit: .max).atoms, language: .forLanguage(transcript.language))
    let ends = judge.sentenceEnds()
    var paragraphs: [Paragraph] = []
    var (from, characters) = (0, 0)
    var gaps = transcript.gaps.map(\.range.lowerBound).sorted()[...]
    for index in words.indices {
      characters += words[index].text.count + 1
      let isLast = index + 1 == words.count
      gaps = gaps.drop { $0 < words[index].range.lowerBound }
      let isBeforeGap =
        !isLast && gaps.first.map { $0 <= words[index + 1].range.lowerBound } ?? false
      if !isLast, !isBeforeGap, words[index].speaker == words[index + 1].speaker {
        let pause = words[index + 1].range.lowerBound - words[index].range.upperBound
        guard ends.contains(index), pause >= Self.pause || characters >= Self.length else {
          continue
        }
      }
      paragraphs.append(Paragraph(speaker: words[from].speaker, words: words[from...index]))
      (from, characters) = (index + 1, 0)
    }
    return paragraphs
  }
}

/// Words in one line, with blanks but in scripts that have none.
func joined(_ words: [String]) -> String {
  var text = ""
  for word in words {
    if !text.isEmpty, !(Script.isUnspaced(text.last) && Script.isUnspaced(word.first)) {
      text += " "
    }
    text += word
  }
  return text
}
