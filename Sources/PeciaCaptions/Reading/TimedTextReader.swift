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

/// Walks the body of a TTML document and collects its paragraphs.
private struct TimedTextWalk {
  /// What an element hands on to those inside it.
  struct Context {
    var start = 0
    /// Milliseconds; nil where nothing ends it.
    var end: Int?
    var style = Span.Style()
    var isHidden = false
    var isPreserved: Bool
    var language: String?
    var speaker: String?

    init(isPreserved: Bool, language: String?) {
      self.isPreserved = isPreserved
      self.language = language
    }
  }

  /// A stretch of text inside a paragraph, with its own time.
  private struct Run {
    var start: Int
    var end: Int?
    var span: Span
    var isPreserved: Bool
    var isBreak = false
  }

  private struct Paragraph {
    var id: String?
    var line: Int
    var runs: [Run]
    var speaker: String?
  }

  var notices = Notices()
  private let clock: MediaClock
  private var styles: [String: XMLElement] = [:]
  private var speakers: [String: String] = [:]
  private var paragraphs: [Paragraph] = []
  private let language: String?

  init(_ root: XMLElement) {
    clock = MediaClock(root)
    language = root.xml("lang")
    let head = root.elements("head").first
    for style in head?.elements("styling").flatMap({ $0.elements("style") }) ?? [] {
      if let id = style.xml("id") ?? style.attribute("id") { styles[id] = style }
    }
    findSpeakers(in: head, depth: 0)
  }

  private mutating func findSpeakers(in element: XMLElement?, depth: Int) {
    for child in element?.elements ?? [] {
      if child.name.local == "agent", let id = child.xml("id") {
        speakers[id] = child.elements("name").first?.text.trimmingBlanks ?? id
      } else {
        findSpeakers(in: child, depth: depth + 1)
      }
    }
  }

  // MARK: Times and styles

  /// The context inside `element`, which begins to count at `origin`.
  private mutating func context(
    of element: XMLElement, in parent: Context, origin: Int
  ) -> Context {
    var context = parent
    context.start = origin + (time(element, "begin") ?? 0)
    let stated = time(element, "end").map { origin + $0 }
    let lasting = time(element, "dur").map { context.start + $0 }
    context.end = [parent.end, stated, lasting].compactMap { $0 }.min()
    if let space = element.xml("space") { context.isPreserved = space == "preserve" }
    if let language = element.xml("lang") { context.language = language }
    if let agent = element.attribute("agent")?.split(separator: " ").first {
      context.speaker = speakers[String(agent)] ?? context.speaker
    }
    apply(element, to: &context, depth: 0)
    return context
  }

  private mutating func time(_ element: XMLElement, _ name: String) -> Int? {
    guard let text = element.attribute(name) else { return nil }
    if let time = clock.milliseconds(text) { return time }
    notices.note("the time ‘\(text.prefix(40))’ could not be read", element.line)
    return nil
  }

  /// Applies the styles that an element refers to, then its own.
  private func apply(_ element: XMLElement, to context: inout Context, depth: Int) {
    if depth < 8 {
      for id in element.attribute("style")?.split(separator: " ") ?? [] {
        if let style = styles[String(id)] { apply(style, to: &context, depth: depth + 1) }
      }
    }
    func change(_ style: Span.Style, _ isOn: Bool) {
      if isOn { context.style.insert(style) } else { context.style.remove(style) }
    }
    if let value = element.attribute("fontStyle") { change(.italic, value != "normal") }
    if let value = element.attribute("fontWeight") { change(.bold, value == "bold") }
    if let value = element.attribute("textDecoration") {
      change(.underline, value.split(separator: " ").contains("underline"))
    }
    if let value = element.attribute("display") { context.isHidden = value == "none" }
    if let value = element.attribute("visibility") { context.isHidden = value == "hidden" }
    if let value = element.attribute("ruby") {
      change(.rubyBase, value == "base" || value == "baseContainer")
      change(.rubyText, value == "text" || value == "textContainer")
    }
  }

  // MARK: Content

  /// Visits `body` or `div`.
  mutating func visit(_ element: XMLElement, _ parent: Context) {
    visit(element, parent, origin: parent.start)
  }

  @discardableResult
  private mutating func visit(_ element: XMLElement, _ parent: Context, origin: Int) -> Int {
    let context = context(of: element, in: parent, origin: origin)
    let isSequence = element.attribute("timeContainer") == "seq"
    var origin = context.start
    for child in element.elements {
      let end: Int
      switch child.name.local {
      case "div": end = visit(child, context, origin: origin)
      case "p": end = paragraph(child, context, origin: origin)
      case "image":
        notices.note("a picture has no text and was passed over", child.line)
        continue
      default: continue
      }
      if isSequence { origin = end }
    }
    return context.end ?? origin
  }

  private mutating func paragraph(_ element: XMLElement, _ parent: Context, origin: Int) -> Int {
    let context = context(of: element, in: parent, origin: origin)
    var paragraph = Paragraph(
      id: element.xml("id"), line: element.line, runs: [], speaker: context.speaker)
    if !context.isHidden {
      collect(
        element, context, isSequence: element.attribute("timeContainer") == "seq", into: &paragraph)
    }
    if !paragraph.runs.isEmpty { paragraphs.append(paragraph) }
    return context.end ?? context.start
  }

  /// Collects the text of `p` or `span`.
  private mutating func collect(
    _ element: XMLElement, _ context: Context, isSequence: Bool, into paragraph: inout Paragraph
  ) {
    var origin = context.start
    for child in element.children {
      switch child {
      case .text(let text):
        let own = context.language == language ? nil : context.language
        paragraph.runs.append(
          Run(
            start: origin, end: context.end,
            span: Span(text, style: context.style, language: own),
            isPreserved: context.isPreserved))
      case .element(let element):
        let inner = self.context(of: element, in: context, origin: origin)
        guard !inner.isHidden else { continue }
        if element.name.local == "br" {
          paragraph.runs.append(
            Run(
              start: inner.start, end: inner.end, span: Span("\n"), isPreserved: true,
              isBreak: true))
        } else if element.name.local == "span" {
          collect(
            element, inner, isSequence: element.attribute("timeContainer") == "seq",
            into: &paragraph)
        }
        if isSequence { origin = inner.end ?? origin }
      }
    }
  }

  // MARK: Cues

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

extension String {
  /// Without blanks at both ends, and with single ones between its words.
  var trimmingBlanks: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
