import PeciaCore

/// Walks the body of a TTML document and collects its paragraphs.
struct TimedTextWalk {
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
  struct Run {
    var start: Int
    var end: Int?
    var span: Span
    var isPreserved: Bool
    var isBreak = false
  }

  struct Paragraph {
    var id: String?
    var line: Int
    var runs: [Run]
    var speaker: String?
  }

  var notices = Notices()
  private let clock: MediaClock
  private var styles: [String: XMLElement] = [:]
  private var speakers: [String: String] = [:]
  private(set) var paragraphs: [Paragraph] = []
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
}
