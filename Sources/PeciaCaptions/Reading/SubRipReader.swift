import PeciaCore

/// Reads SubRip (`.srt`) as it is found in the wild.
///
/// Numbers may be missing or wrong, hours may be missing, a point may stand for the comma, blank
/// lines may stand inside a text: what begins a cue is the line with its times.
struct SubRipReader {
  let file: String

  private struct Block {
    var line: Int
    var times: (start: Int, end: Int)
    var number: Substring?
    var text: [Substring] = []
    var positioned = false
  }

  func read(_ text: String) throws -> CaptionReading {
    let blocks = blocks(lines(of: text))
    guard !blocks.isEmpty else {
      throw CaptionsError.empty(file: file, form: "SubRip")
    }
    var notices = Notices()
    let numbers = Set(blocks.compactMap(\.number))
    let unique = numbers.count == blocks.count
    let entries = blocks.map { block -> Captions.Entry in
      let lines = block.text.filter { !$0.isBlank }
      if lines.count < block.text.count {
        notices.note("blank lines inside a text were dropped", block.line)
      }
      if lines.isEmpty { notices.note("a cue has no text", block.line) }
      let markup = SubRipMarkup(lines.joined(separator: "\n"))
      var entry = Captions.Entry(
        Cue(
          id: unique ? block.number.map(String.init) : nil, range: .init(lenient: block.times),
          text: markup.text, settings: markup.isOnTop ? "line:0" : nil),
        spans: markup.spans)
      if block.times.end < block.times.start {
        entry.statedEnd = Timestamp(milliseconds: block.times.end)
        notices.note("a cue ends before it begins", block.line)
      }
      return entry
    }
    return CaptionReading(
      .captions(Captions(entries: entries)), notices: notices.sentences(file))
  }

  private func blocks(_ lines: [Substring]) -> [Block] {
    var blocks: [Block] = []
    var pending: [Substring] = []
    func closed(_ block: Block) -> Block {
      var block = block
      block.text = pending
      while block.text.last?.isBlank == true { block.text.removeLast() }
      while block.text.first?.isBlank == true { block.text.removeFirst() }
      return block
    }
    var open: Block?
    for (index, line) in lines.enumerated() {
      guard let times = Self.times(line) else {
        pending.append(line)
        continue
      }
      let number = Self.takeNumber(
        &pending, after: open?.number, place: blocks.count + (open == nil ? 1 : 2))
      if let open { blocks.append(closed(open)) }
      pending = []
      open = Block(line: index + 1, times: times, number: number)
    }
    if let open { blocks.append(closed(open)) }
    return blocks
  }

  /// Takes the cue's number off the lines before its times: the number that follows the last (or
  /// is the cue's place), or digits that stand alone behind a blank line.
  ///
  /// Digits that are all there is of the text before are text.
  private static func takeNumber(
    _ pending: inout [Substring], after last: Substring?, place: Int
  ) -> Substring? {
    guard let index = pending.lastIndex(where: { !$0.isBlank }) else { return nil }
    let number = pending[index].trimmed
    guard number.isDigits, number.utf8.count < 10 else { return nil }
    let follows = Int(number) == (last.flatMap { Int($0) }.map { $0 + 1 } ?? place)
    let standsAlone =
      index + 1 == pending.count && index > 0 && pending[index - 1].isBlank
      && pending[..<index].contains { !$0.isBlank }
    guard follows || standsAlone || place == 1 else { return nil }
    pending.removeSubrange(index...)
    return number
  }

  /// The times of a line `00:00:01,000 --> 00:00:02,500`, in milliseconds; nil for another line.
  static func times(_ line: Substring) -> (start: Int, end: Int)? {
    guard line.utf8.contains(0x3A), line.utf8.contains(0x3E) else { return nil }
    var scanner = ByteScanner(line)
    scanner.skipBlanks()
    guard let start = time(&scanner) else { return nil }
    scanner.skipBlanks()
    var dashes = 0
    while scanner.take("-") { dashes += 1 }
    guard dashes > 0, scanner.take(">") else { return nil }
    scanner.skipBlanks()
    guard let end = time(&scanner) else { return nil }
    return (start, end)
  }

  /// `1:02:03,004`, `02:03.004`, `00:00:01`: hours and the fraction may be missing.
  private static func time(_ scanner: inout ByteScanner) -> Int? {
    let isNegative = scanner.take("-")
    guard let first = scanner.number(), scanner.take(":"), let second = scanner.number(most: 4)
    else { return nil }
    var parts = [first.value, second.value]
    var fraction: (value: Int, digits: Int)?
    if scanner.take(":") {
      guard let third = scanner.number(most: 4) else { return nil }
      parts.append(third.value)
    }
    if scanner.take(",") || scanner.take(".") || parts.count == 3 && scanner.take(":") {
      while scanner.take(" ") {}
      fraction = scanner.number()
    }
    let seconds = parts.reduce(0) { $0 * 60 + $1 }
    guard seconds < 1_000_000_000 else { return nil }
    let value = seconds * 1000 + (fraction.map(thousandths) ?? 0)
    return isNegative ? -value : value
  }
}

extension Range where Bound == Timestamp {
  /// A stretch whose end is no earlier than its start, nor its start than the recording's.
  init(lenient times: (start: Int, end: Int)) {
    // No clock of a recording goes beyond 31 years.
    let bound = 1_000_000_000_000
    let start = Swift.min(bound, Swift.max(0, times.start))
    let end = Swift.min(bound, Swift.max(start, times.end))
    self = Timestamp(milliseconds: start)..<Timestamp(milliseconds: end)
  }
}
