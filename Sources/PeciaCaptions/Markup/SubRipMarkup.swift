/// A SubRip cue's text without its markup, and what the markup said.
///
/// Known are `<i>`, `<b>`, `<u>`, `<font …>` and their ends, and SubStation's `{\…}`; what looks
/// like a tag but is none of these is text.
struct SubRipMarkup {
  private(set) var text = ""
  /// Empty where nothing is marked.
  private(set) var spans: [Span] = []
  /// Whether `{\an7}` to `{\an9}` puts the cue at the top of the picture.
  private(set) var isOnTop = false

  private var depth: [Span.Style: Int] = [:]
  private var stretch = ""

  init(_ source: String) {
    guard source.utf8.contains(where: { $0 == 0x3C || $0 == 0x7B }) else {
      text = source
      return
    }
    var rest = source[...]
    while let sign = rest.first {
      if sign == "<", let end = tag(rest) {
        rest = rest[end...]
      } else if sign == "{", let end = override(rest) {
        rest = rest[end...]
      } else {
        stretch.append(sign)
        rest.removeFirst()
      }
    }
    close()
    text = spans.map(\.text).joined()
    while text.last?.isNewline == true { text.removeLast() }
    if spans.allSatisfy(\.isPlain) { spans = [] }
  }

  private var style: Span.Style {
    depth.reduce(into: []) { style, entry in if entry.value > 0 { style.insert(entry.key) } }
  }

  private mutating func close() {
    guard !stretch.isEmpty else { return }
    let style = style
    if let last = spans.last, last.style == style {
      spans[spans.count - 1].text += stretch
    } else {
      spans.append(Span(stretch, style: style))
    }
    stretch = ""
  }

  private mutating func change(_ style: Span.Style, by step: Int) {
    close()
    depth[style] = max(0, (depth[style] ?? 0) + step)
  }

  /// Where a tag that begins here ends; nil where none begins.
  private mutating func tag(_ rest: Substring) -> Substring.Index? {
    guard let end = rest.prefix(200).firstIndex(of: ">") else { return nil }
    var name = rest[rest.index(after: rest.startIndex)..<end].lowercased()
    let closes = name.hasPrefix("/")
    if closes { name.removeFirst() }
    let step = closes ? -1 : 1
    switch name.split(separator: " ").first {
    case "i", "em": change(.italic, by: step)
    case "b", "strong": change(.bold, by: step)
    case "u": change(.underline, by: step)
    case "font", "s", "strike": break
    default: return nil
    }
    return rest.index(after: end)
  }

  /// Where a block `{\…}` that begins here ends; nil where none begins.
  private mutating func override(_ rest: Substring) -> Substring.Index? {
    guard rest.hasPrefix("{\\"), let end = rest.prefix(500).firstIndex(of: "}") else { return nil }
    for code in rest[..<end].dropFirst().split(separator: "\\") {
      switch code {
      case "i1": change(.italic, by: 1)
      case "i0": change(.italic, by: -1)
      case "b1": change(.bold, by: 1)
      case "b0": change(.bold, by: -1)
      case "u1": change(.underline, by: 1)
      case "u0": change(.underline, by: -1)
      case "an7", "an8", "an9": isOnTop = true
      default: break
      }
    }
    return rest.index(after: end)
  }
}
