import PeciaCore

/// Writes WebVTT: voices, markup, regions and notes; word times where they are asked for.
///
/// Written plainly, so that every reader sees the same: `&`, `<` and `>` are always escaped, and
/// there is no `STYLE` block unless the source has one (some readers find no cues behind it).
struct WebVTTWriter {
  /// Whether a time mark stands before each word whose time is known.
  var karaoke = false

  func write(_ captions: Captions) -> Rendered {
    var text = "WEBVTT\n\n"
    var losses = Losses()
    if let language = captions.language, !language.isEmpty {
      text += "NOTE language: \(language)\n\n"
    }
    for style in captions.styles { text += "STYLE\n\(style)\n\n" }
    for region in captions.regions { text += "REGION\n\(region)\n\n" }
    var identifiers: Set<String> = []
    var notes = captions.notes[...]
    for (index, entry) in captions.entries.enumerated() {
      while let note = notes.first, note.before <= index {
        text += self.note(note.text)
        notes.removeFirst()
      }
      if let id = entry.cue.id, !id.isEmpty {
        let line = id.replacingLineEnds(with: " ").split(separator: "-->").joined(separator: "->")
        if !identifiers.insert(line).inserted { losses.note("asks for identifiers that differ") }
        text += line + "\n"
      }
      text += block(entry, &losses)
    }
    for note in notes { text += self.note(note.text) }
    if !captions.entries.isEmpty || !notes.isEmpty { text.removeLast() }
    return Rendered(text: text, losses: losses.sentences("WebVTT"))
  }

  private func note(_ text: String) -> String {
    let lines = text.split(separator: "\n").map {
      $0.split(separator: "-->", omittingEmptySubsequences: false).joined(separator: "->")
    }
    return lines.count == 1 ? "NOTE \(lines[0])\n\n" : "NOTE\n\(lines.joined(separator: "\n"))\n\n"
  }

  private func block(_ entry: Captions.Entry, _ losses: inout Losses) -> String {
    let range = entry.cue.range
    var text = "\(range.lowerBound.clock()) --> \(entry.end.clock())"
    if let settings = entry.cue.settings, !settings.isEmpty {
      text += " " + settings.replacingLineEnds(with: " ")
    }
    if entry.end <= range.lowerBound { losses.note("asks for cues that end behind their start") }
    let payload = WebVTTPayload(entry, karaoke: karaoke).text
    var lines = PeciaCaptions.lines(of: payload)
    if lines.contains(where: \.isEmpty) {
      lines.removeAll(where: \.isEmpty)
      if !payload.isEmpty { losses.note("cannot hold empty lines") }
    }
    return text + "\n" + lines.joined(separator: "\n") + (lines.isEmpty ? "\n" : "\n\n")
  }
}

/// A cue's text in WebVTT's markup.
struct WebVTTPayload {
  private(set) var text = ""
  private let range: TimeRange

  init(_ entry: Captions.Entry, karaoke: Bool) {
    let cue = entry.cue
    range = cue.range
    if !entry.spans.isEmpty {
      write(entry.spans)
    } else if cue.words.isEmpty {
      text = Self.voiced(Self.escaped(cue.text), by: cue.speaker)
    } else if karaoke || cue.speaker == nil && cue.words.contains(where: { $0.speaker != nil }) {
      write(Self.spans(of: cue, karaoke: karaoke))
    } else {
      text = Self.voiced(Self.escaped(cue.text), by: cue.speaker)
    }
  }

  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E }) else {
      return text
    }
    return text.reduce(into: "") { output, character in
      switch character {
      case "&": output += "&amp;"
      case "<": output += "&lt;"
      case ">": output += "&gt;"
      default: output.append(character)
      }
    }
  }

  private static func voiced(_ text: String, by speaker: String?) -> String {
    guard let speaker, !speaker.isEmpty else { return text }
    return "<v \(annotation(speaker))>" + text
  }

  private static func annotation(_ text: String) -> String {
    escaped(text.replacingLineEnds(with: " "))
  }

  /// The cue's words as spans: their voices, and their times if asked for.
  private static func spans(of cue: Cue, karaoke: Bool) -> [Span] {
    var spans: [Span] = []
    var rest = cue.text[...]
    for word in cue.words {
      guard let found = rest.firstRange(of: word.text) else { continue }
      // What stands between two words belongs to the first, but a new line's dash to the second.
      let between = rest[..<found.lowerBound]
      let dash = between.lastIndex(of: "\n").map { between.index(after: $0) } ?? between.startIndex
      let own = between[dash...].contains("-") ? dash : found.lowerBound
      if own > rest.startIndex {
        if spans.isEmpty { spans.append(Span("", voice: word.speaker)) }
        spans[spans.count - 1].text += rest[..<own]
      }
      spans.append(
        Span(
          String(rest[own..<found.upperBound]), voice: word.speaker,
          time: karaoke ? word.range.lowerBound : nil))
      rest = rest[found.upperBound...]
    }
    if !rest.isEmpty { spans.append(Span(String(rest), voice: spans.last?.voice)) }
    return spans
  }

  /// Writes spans; markup closes and opens as it changes from one to the next.
  private mutating func write(_ spans: [Span]) {
    var open: [Tag] = []
    var clock = range.lowerBound
    for span in spans where !span.text.isEmpty {
      let wanted = Tag.tags(of: span)
      let common = zip(open, wanted).prefix { $0 == $1 }.count
      for tag in open[common...].reversed() { text += tag.closing }
      for tag in wanted[common...] { text += tag.opening }
      open = wanted
      if let time = span.time, time > clock, time < range.upperBound {
        text += "<\(time.clock())>"
        clock = time
      }
      text += Self.escaped(span.text)
    }
    // A voice that runs to the end of its cue needs no closing tag.
    for tag in open.reversed() where !(open.count == 1 && tag.name == "v") { text += tag.closing }
  }

  /// One element of WebVTT's cue markup.
  private struct Tag: Hashable {
    var name: String
    var classes: [String] = []
    var annotation = ""

    var opening: String {
      "<" + ([name] + classes).joined(separator: ".")
        + (annotation.isEmpty ? "" : " " + WebVTTPayload.annotation(annotation)) + ">"
    }
    var closing: String { "</\(name)>" }

    /// From the outside inwards.
    static func tags(of span: Span) -> [Tag] {
      var tags: [Tag] = []
      if let voice = span.voice, !voice.isEmpty { tags.append(Tag(name: "v", annotation: voice)) }
      if let language = span.language { tags.append(Tag(name: "lang", annotation: language)) }
      if !span.classes.isEmpty { tags.append(Tag(name: "c", classes: span.classes)) }
      if !span.style.isDisjoint(with: [.rubyBase, .rubyText]) { tags.append(Tag(name: "ruby")) }
      if span.style.contains(.rubyText) { tags.append(Tag(name: "rt")) }
      if span.style.contains(.bold) { tags.append(Tag(name: "b")) }
      if span.style.contains(.italic) { tags.append(Tag(name: "i")) }
      if span.style.contains(.underline) { tags.append(Tag(name: "u")) }
      return tags
    }
  }
}

extension StringProtocol {
  /// The text in one line.
  func replacingLineEnds(with blank: String) -> String {
    // No line end is without a control byte or a byte of U+0085, U+2028 or U+2029.
    utf8.contains { $0 < 0x0E || $0 >= 0xC2 } && contains(where: \.isNewline)
      ? split(whereSeparator: \.isNewline).joined(separator: blank) : String(self)
  }
}
