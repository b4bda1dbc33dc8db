import PeciaCore

/// Reads WebVTT by the parser of the W3C's recommendation (“WebVTT: The Web Video Text Tracks
/// Format”, 4 April 2019, section 6): what that parser keeps is kept, strange cues included.
struct WebVTTReader {
  let file: String

  func read(_ text: String) throws -> CaptionReading {
    let text = text.utf8.contains(0) ? String(text.map { $0 == "\0" ? "\u{FFFD}" : $0 }) : text
    let lines = lines(of: text)
    guard let first = lines.first, first.hasPrefix("WEBVTT"),
      first.utf8.count == 6
        || first.utf8.dropFirst(6).first.map({ $0 == 0x20 || $0 == 0x09 })
          == true
    else {
      throw CaptionsError.damaged(
        file: file, line: 1, reason: "the file does not begin with ‘WEBVTT’, so it is no WebVTT")
    }
    var parser = Parser(lines: lines)
    parser.run()
    return CaptionReading(.captions(parser.captions), notices: parser.notices.sentences(file))
  }
}

extension WebVTTReader {
  /// Goes through the lines once, block by block.
  private struct Parser {
    let lines: [Substring]
    var index = 1
    var captions = Captions()
    var notices = Notices()
    /// Style and region blocks count only before the first cue.
    var seenCue = false

    init(lines: [Substring]) { self.lines = lines }

    mutating func run() {
      header()
      while index < lines.count {
        while index < lines.count, lines[index].isEmpty { index += 1 }
        if index < lines.count { block() }
      }
    }

    /// The lines up to the first empty one, unless times stand among them.
    private mutating func header() {
      if index < lines.count, lines[index].isEmpty { return }
      while index < lines.count, !lines[index].isEmpty {
        let line = lines[index]
        if line.contains("-->") { return }
        language(in: line)
        index += 1
      }
    }

    private mutating func language(in line: Substring) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard captions.language == nil, parts.count == 2, parts[0].lowercased() == "language" else {
        return
      }
      captions.language = String(parts[1].trimmed)
    }

    /// “Collect a WebVTT block”, and keep what it is: a cue, a style, a region or a comment.
    ///
    /// Times stand in a block's first or second line; an arrow further down begins a new block.
    private mutating func block() {
      let from = index
      var buffer: [Substring] = []
      var cue: (line: Int, id: Substring?, times: (Int, Int), settings: Substring)?
      var seenArrow = false
      while index < lines.count, !lines[index].isEmpty {
        let line = lines[index]
        if line.contains("-->") {
          guard index == from || index == from + 1 && !seenArrow else { break }
          seenArrow = true
          if let timing = Self.timing(line) {
            cue = (index + 1, buffer.first, timing.times, timing.settings)
            (buffer, seenCue) = ([], true)
          } else {
            notices.note("the times could not be read, so the cue was passed over", index + 1)
          }
        } else {
          buffer.append(line)
        }
        index += 1
      }
      if let cue {
        append(cue, buffer)
      } else if !buffer.isEmpty, !seenArrow {
        other(buffer, from)
      }
    }

    private mutating func append(
      _ cue: (line: Int, id: Substring?, times: (Int, Int), settings: Substring),
      _ buffer: [Substring]
    ) {
      let markup = WebVTTMarkup(buffer.joined(separator: "\n"))
      let (start, end) = cue.times
      var entry = Captions.Entry(
        Cue(
          id: cue.id.map(String.init), range: .init(lenient: cue.times), text: markup.text,
          speaker: markup.speaker, settings: cue.settings.isEmpty ? nil : String(cue.settings)),
        spans: markup.spans)
      if end < start {
        entry.statedEnd = Timestamp(milliseconds: end)
        notices.note("a cue ends before it begins", cue.line)
      }
      captions.entries.append(entry)
    }

    /// A block without times.
    private mutating func other(_ buffer: [Substring], _ from: Int) {
      let head = buffer[0]
      let rest = buffer.dropFirst().joined(separator: "\n")
      func isHead(_ word: String) -> Bool {
        head.hasPrefix(word) && head.dropFirst(word.count).isBlank
      }
      if isHead("STYLE"), !seenCue {
        captions.styles.append(rest)
      } else if isHead("REGION"), !seenCue {
        captions.regions.append(rest)
      } else if head == "NOTE" || head.hasPrefix("NOTE ") || head.hasPrefix("NOTE\t") {
        let own = head.dropFirst(4).trimmed
        let text =
          own.isEmpty
          ? rest : ([String(own)] + (rest.isEmpty ? [] : [rest])).joined(separator: "\n")
        if captions.entries.isEmpty, text.hasPrefix("language: "), captions.language == nil {
          language(in: text[...])
        } else {
          captions.notes.append(.init(before: captions.entries.count, text: text))
        }
      } else {
        notices.note("a block has no times and was passed over", from + 1)
      }
    }

    /// The times of a line and what stands behind them.
    private static func timing(_ line: Substring) -> (times: (Int, Int), settings: Substring)? {
      var scanner = ByteScanner(line)
      scanner.skipWebBlanks()
      guard let start = WebVTTReader.time(&scanner) else { return nil }
      scanner.skipWebBlanks()
      guard scanner.take("-"), scanner.take("-"), scanner.take(">") else { return nil }
      scanner.skipWebBlanks()
      guard let end = WebVTTReader.time(&scanner) else { return nil }
      return ((start, end), Substring(scanner.rest).trimmed)
    }
  }

  /// “Collect a WebVTT timestamp”: hours may be missing, and have any number of digits.
  static func time(_ scanner: inout ByteScanner) -> Int? {
    guard let first = scanner.number(), scanner.take(":"), let second = scanner.number(),
      second.digits == 2
    else { return nil }
    var (hours, minutes, seconds) = (0, first.value, second.value)
    let needsHours = first.digits != 2 || first.value > 59
    if scanner.take(":") {
      guard let third = scanner.number(), third.digits == 2 else { return nil }
      (hours, minutes, seconds) = (first.value, second.value, third.value)
    } else if needsHours {
      return nil
    }
    guard scanner.take("."), let rest = scanner.number(), rest.digits == 3, minutes < 60,
      seconds < 60
    else { return nil }
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest.value
  }
}

extension ByteScanner {
  /// The W3C's “ASCII whitespace”.
  mutating func skipWebBlanks() {
    while next == 0x0C || next == 0x20 || next == 0x09 {
      _ = take(" ") || take("\t") || take("\u{0C}")
    }
  }
}
