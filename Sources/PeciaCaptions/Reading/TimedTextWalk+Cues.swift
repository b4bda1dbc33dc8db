import PeciaCore

/// Makes cues of the paragraphs that were walked.
extension TimedTextWalk {
  /// The cues of all paragraphs, by their start.
  mutating func entries() -> [Captions.Entry] {
    let starts = paragraphs.compactMap { $0.runs.map(\.start).min() }.sorted()
    var entries: [Captions.Entry] = []
    for paragraph in paragraphs {
      let begins = paragraph.runs.map(\.start).min() ?? 0
      let open = paragraph.runs.contains { $0.end == nil }
      // What nothing ends stands until the next paragraph begins, or for five seconds.
      let next = Self.first(in: starts, behind: begins) ?? begins + 5000
      if open { notices.note("nothing ends a paragraph, so the next one does", paragraph.line) }
      entries += cues(of: paragraph, bound: next)
    }
    return entries.enumerated().sorted {
      ($0.element.cue.range.lowerBound, $0.offset) < ($1.element.cue.range.lowerBound, $1.offset)
    }.map(\.element)
  }

  /// The first of rising numbers that is greater than `bound`.
  private static func first(in numbers: [Int], behind bound: Int) -> Int? {
    var (low, high) = (0, numbers.count)
    while low < high {
      let middle = (low + high) / 2
      if numbers[middle] > bound { high = middle } else { low = middle + 1 }
    }
    return low < numbers.count ? numbers[low] : nil
  }

  /// One cue for each stretch of time in which the same parts of a paragraph are seen.
  private func cues(of paragraph: Paragraph, bound: Int) -> [Captions.Entry] {
    var moments = Set<Int>()
    for run in paragraph.runs where !run.isBreak {
      moments.insert(run.start)
      moments.insert(run.end ?? max(bound, run.start))
    }
    let sorted = moments.sorted()
    var entries: [Captions.Entry] = []
    for (start, end) in zip(sorted, sorted.dropFirst()) {
      let seen = paragraph.runs.filter {
        $0.isBreak || $0.start <= start && ($0.end ?? bound) >= end
      }
      let spans = Self.folded(seen)
      let text = spans.map(\.text).joined()
      guard !text.allSatisfy(\.isWhitespace) else { continue }
      if let last = entries.last, last.spans == spans,
        last.cue.range.upperBound.milliseconds == start
      {
        entries[entries.count - 1].cue.range =
          last.cue.range.lowerBound..<Timestamp(milliseconds: end)
        continue
      }
      let isOurs = paragraph.id.map { $0.hasPrefix("cue") && $0.dropFirst(3).allSatisfy(\.isDigit) }
      entries.append(
        Captions.Entry(
          Cue(
            id: entries.isEmpty && isOurs == false ? paragraph.id : nil,
            range: .init(lenient: (start, end)), text: text, speaker: paragraph.speaker),
          spans: spans))
    }
    for index in entries.indices where entries[index].spans.allSatisfy(\.isPlain) {
      entries[index].spans = []
    }
    return entries
  }

  /// Text with its blanks folded, but where `xml:space` preserves them.
  private static func folded(_ runs: [Run]) -> [Span] {
    var spans: [Span] = []
    var endsBlank = true
    func append(_ text: String, like span: Span) {
      guard !text.isEmpty else { return }
      if let last = spans.last, last.style == span.style, last.language == span.language {
        spans[spans.count - 1].text += text
      } else {
        var span = span
        span.text = text
        spans.append(span)
      }
    }
    for run in runs {
      if run.isBreak {
        trimEnd(&spans)
        append("\n", like: spans.last ?? run.span)
        endsBlank = true
      } else if run.isPreserved {
        append(run.span.text, like: run.span)
        endsBlank = false
      } else {
        var text = ""
        for character in run.span.text {
          let isBlank = character == " " || character.isNewline || character == "\t"
          if isBlank, endsBlank { continue }
          text.append(isBlank ? " " : character)
          endsBlank = isBlank
        }
        append(text, like: run.span)
      }
    }
    if runs.last?.isPreserved != true { trimEnd(&spans) }
    return spans
  }

  private static func trimEnd(_ spans: inout [Span]) {
    while let last = spans.last {
      var text = last.text
      while text.last == " " { text.removeLast() }
      if !text.isEmpty {
        spans[spans.count - 1].text = text
        return
      }
      spans.removeLast()
    }
  }
}
