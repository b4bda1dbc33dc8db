import PeciaCore

/// Reads SubStation Alpha, the advanced form and the older one.
struct SubStationReader {
  let file: String

  func read(_ text: String) throws -> CaptionReading {
    var format = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text"
    var section = ""
    var entries: [Captions.Entry] = []
    var title: String?
    var notices = Notices()
    for (index, line) in lines(of: text).enumerated() {
      let line = line.trimmed
      if line.hasPrefix("[") {
        section = line.lowercased()
      } else if section == "[script info]", line.hasPrefix("Title:") {
        title = String(line.dropFirst(6).trimmed)
      } else if section == "[events]", line.hasPrefix("Format:") {
        format = String(line.dropFirst(7))
      } else if section == "[events]", line.hasPrefix("Dialogue:") {
        if let entry = entry(line.dropFirst(9), format) {
          entries.append(entry)
        } else {
          notices.note("an event could not be read and was passed over", index + 1)
        }
      }
    }
    guard !section.isEmpty else { throw CaptionsError.empty(file: file, form: "ASS") }
    // The order of events means nothing here: their times do.
    let sorted = entries.enumerated().sorted {
      ($0.element.cue.range.lowerBound, $0.offset) < ($1.element.cue.range.lowerBound, $1.offset)
    }
    return CaptionReading(
      .captions(
        Captions(title: title.flatMap { $0.isEmpty ? nil : $0 }, entries: sorted.map(\.element))),
      notices: notices.sentences(file))
  }

  private func entry(_ line: Substring, _ format: String) -> Captions.Entry? {
    let names = format.split(separator: ",").map { $0.lowercased().trimmingBlanks }
    let fields = line.split(
      separator: ",", maxSplits: max(names.count - 1, 0), omittingEmptySubsequences: false)
    guard fields.count == names.count else { return nil }
    func field(_ name: String) -> Substring? { names.firstIndex(of: name).map { fields[$0] } }
    guard let start = field("start").flatMap(time), let end = field("end").flatMap(time),
      let text = field("text")
    else { return nil }
    let markup = SubStationMarkup(text, start: start)
    let name = (field("name") ?? field("actor"))?.trimmed ?? ""
    var entry = Captions.Entry(
      Cue(
        range: .init(lenient: (start, end)), text: markup.text,
        speaker: name.isEmpty ? nil : String(name), settings: markup.isOnTop ? "line:0" : nil),
      spans: markup.spans)
    if end < start { entry.statedEnd = Timestamp(milliseconds: end) }
    return entry
  }

  /// `0:00:01.25`, in milliseconds.
  private func time(_ text: Substring) -> Int? {
    var scanner = ByteScanner(text.trimmed)
    guard let hours = scanner.number(most: 5), scanner.take(":"),
      let minutes = scanner.number(most: 2), scanner.take(":"),
      let seconds = scanner.number(most: 2), scanner.take("."), let rest = scanner.number(),
      scanner.isAtEnd
    else { return nil }
    return ((hours.value * 60 + minutes.value) * 60 + seconds.value) * 1000 + thousandths(rest)
  }
}

/// A SubStation event's text without its commands, and what they said.
struct SubStationMarkup {
  private(set) var text = ""
  /// Empty where nothing is marked.
  private(set) var spans: [Span] = []
  private(set) var isOnTop = false

  private var style = Span.Style()
  private var time: Timestamp?
  /// Milliseconds: when the next sung syllable begins.
  private var clock: Int
  private var isDrawing = false
  private var stretch = ""

  init(_ source: Substring, start: Int) {
    clock = start
    var rest = source
    while let sign = rest.popFirst() {
      if sign == "{", let end = rest.prefix(2000).firstIndex(of: "}") {
        for command in rest[..<end].split(separator: "\\") { take(command) }
        rest = rest[rest.index(after: end)...]
      } else if sign == "\\", let next = rest.first, "Nnh{}\u{2060}".contains(next) {
        rest.removeFirst()
        switch next {
        case "h": append("\u{A0}")
        case "{", "}": append(next)
        case "\u{2060}": append("\\")
        default: append("\n")
        }
      } else {
        append(sign)
      }
    }
    close()
    text = spans.map(\.text).joined()
    if spans.allSatisfy(\.isPlain) { spans = [] }
  }

  private mutating func append(_ character: Character) {
    if !isDrawing { stretch.append(character) }
  }

  private mutating func close() {
    guard !stretch.isEmpty else { return }
    spans.append(Span(stretch, style: style, time: time))
    (stretch, time) = ("", nil)
  }

  private mutating func take(_ command: Substring) {
    let digits = command.drop { !$0.isDigit }
    let value = Int(digits.prefix(while: \.isDigit)) ?? 0
    switch command.prefix(while: \.isLetter) {
    case "i": change(.italic, value > 0)
    case "b": change(.bold, value > 0)
    case "u": change(.underline, value > 0)
    case "r":
      close()
      style = []
    case "an": if value >= 7 { isOnTop = true }
    case "p": isDrawing = value > 0
    case "k", "K", "kf", "ko":
      close()
      time = Timestamp(milliseconds: clock)
      clock += min(value, 1_000_000) * 10
    default: break
    }
  }

  private mutating func change(_ wanted: Span.Style, _ isOn: Bool) {
    close()
    if isOn { style.insert(wanted) } else { style.remove(wanted) }
  }
}
