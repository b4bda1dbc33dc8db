import PeciaCore

/// Reads SBV: `0:00:01.000,0:00:02.500`, then the text until a blank line.
struct SBVReader {
  let file: String

  static func looksLike(_ head: Substring) -> Bool {
    head.split(separator: "\n").first.map { times($0) != nil } ?? false
  }

  func read(_ text: String) throws -> CaptionReading {
    var entries: [Captions.Entry] = []
    var notices = Notices()
    var open: (times: (start: Int, end: Int), text: [Substring])?
    func close() {
      guard let cue = open else { return }
      var lines = cue.text
      while lines.last?.isBlank == true { lines.removeLast() }
      lines.removeAll(where: \.isBlank)
      var entry = Captions.Entry(
        Cue(range: .init(lenient: cue.times), text: lines.joined(separator: "\n")))
      if cue.times.end < cue.times.start {
        entry.statedEnd = Timestamp(milliseconds: cue.times.end)
      }
      entries.append(entry)
    }
    for (index, line) in lines(of: text).enumerated() {
      if let times = Self.times(line) {
        close()
        open = (times, [])
      } else if open == nil, !line.isBlank {
        notices.note("a line stands before the first times and was passed over", index + 1)
      } else {
        // YouTube writes a line's break as `[br]` in some files.
        open?.text += line.split(separator: "[br]", omittingEmptySubsequences: false)
      }
    }
    close()
    guard !entries.isEmpty else { throw CaptionsError.empty(file: file, form: "SBV") }
    return CaptionReading(
      .captions(Captions(entries: entries)), notices: notices.sentences(file))
  }

  /// The times of a line, in milliseconds; nil for another line.
  static func times(_ line: Substring) -> (start: Int, end: Int)? {
    var scanner = ByteScanner(line.trimmed)
    guard let start = time(&scanner), scanner.take(","), let end = time(&scanner),
      scanner.isAtEnd
    else { return nil }
    return (start, end)
  }

  private static func time(_ scanner: inout ByteScanner) -> Int? {
    guard let hours = scanner.number(most: 6), scanner.take(":"),
      let minutes = scanner.number(most: 2), scanner.take(":"),
      let seconds = scanner.number(most: 2), scanner.take("."), let rest = scanner.number()
    else { return nil }
    return ((hours.value * 60 + minutes.value) * 60 + seconds.value) * 1000 + thousandths(rest)
  }
}
