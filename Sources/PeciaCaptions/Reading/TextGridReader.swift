import PeciaCore

/// Reads Praat's TextGrid, its long and its short form.
///
/// As Praat does, it looks only for strings in quotes, numbers that stand free and flags; all else
/// is comment. Tiers whose intervals are single words make a transcript, others make cues.
struct TextGridReader {
  let file: String

  private enum Token {
    case text(String, line: Int)
    case number(Double)
  }

  private struct Interval {
    var start: Int
    var end: Int
    var text: String
    var tier: Int
  }

  func read(_ text: String) throws -> CaptionReading {
    var tokens = try tokens(text)[...]
    func fault(_ reason: String) -> CaptionsError {
      .damaged(file: file, line: 0, reason: reason)
    }
    func number() throws -> Double {
      guard case .number(let value)? = tokens.popFirst() else {
        throw fault("a number is missing; the TextGrid is damaged or cut off")
      }
      return value
    }
    func string() throws -> String {
      guard case .text(let value, _)? = tokens.popFirst() else {
        throw fault("a text in quotes is missing; the TextGrid is damaged or cut off")
      }
      return value
    }
    guard try string() == "ooTextFile", try string() == "TextGrid" else {
      throw fault("the file does not begin as a TextGrid does")
    }
    _ = (try number(), try number())
    let count = try number()
    var names: [String] = []
    var intervals: [Interval] = []
    guard (0...10_000).contains(count) else { throw fault("there are \(count) tiers") }
    for tier in 0..<Int(count) {
      let kind = try string()
      names.append(try string())
      _ = (try number(), try number())
      let size = try number()
      guard size >= 0, size <= Double(tokens.count) else {
        throw fault("the tier ‘\(names[tier])’ says that it has \(size) intervals, and has fewer")
      }
      for _ in 0..<Int(size) {
        let start = Timestamp(seconds: try number()).milliseconds
        let end = kind == "TextTier" ? start : Timestamp(seconds: try number()).milliseconds
        let text = try string().trimmingBlanks
        if !Self.silences.contains(text) {
          intervals.append(Interval(start: start, end: end, text: text, tier: tier))
        }
      }
    }
    return reading(intervals, names)
  }

  /// How tools mark an interval in which nothing is said.
  private static let silences: Set<String> = ["", "sil", "sp", "<eps>", "<sil>"]

  private func reading(_ all: [Interval], _ names: [String]) -> CaptionReading {
    // Aligners give each speaker a tier of words and one of phones: the words are wanted.
    let lowered = names.map { $0.lowercased() }
    let hasWords =
      lowered.contains { $0.hasSuffix("words") }
      && lowered.contains { $0.hasSuffix("phones") || $0.hasSuffix("phonemes") }
    let wanted = names.indices.filter { hasWords ? lowered[$0].hasSuffix("words") : true }
    let passed = names.indices.filter { !wanted.contains($0) }.map { "‘\(names[$0])’" }
    let notices =
      passed.isEmpty
      ? [] : ["\(file): the tiers \(passed.joined(separator: ", ")) were passed over"]
    let intervals = all.filter { wanted.contains($0.tier) }.sorted {
      ($0.start, $0.end) < ($1.start, $1.end)
    }
    func speaker(_ tier: Int) -> String? {
      var name = names[tier]
      if lowered[tier].hasSuffix("words") {
        name = String(name.dropLast(5))
        while name.last == " " || name.last == "-" { name.removeLast() }
      }
      return ["", "words", "transcript", "captions"].contains(name) ? nil : name
    }
    let single = intervals.count { !$0.text.contains(" ") }
    if intervals.contains(where: { $0.end > $0.start }), single * 5 >= intervals.count * 4 {
      let words = intervals.map {
        TimedWord(
          text: $0.text, range: .init(lenient: ($0.start, $0.end)), speaker: speaker($0.tier))
      }
      return CaptionReading(
        .transcript(
          Transcript(
            recording: .init(name: "", duration: words.map(\.range.upperBound).max() ?? .zero),
            language: "", style: "", words: words)), notices: notices)
    }
    let entries = intervals.map {
      Captions.Entry(
        Cue(range: .init(lenient: ($0.start, $0.end)), text: $0.text, speaker: speaker($0.tier)))
    }
    return CaptionReading(.captions(Captions(entries: entries)), notices: notices)
  }

  /// Strings and free numbers, in order.
  private func tokens(_ text: String) throws -> [Token] {
    let bytes = Array(text.utf8)
    var tokens: [Token] = []
    var (index, line) = (0, 1)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x0A { line += 1 }
      if byte <= 0x20 {
        index += 1
      } else if byte == 0x22 {
        let from = line
        guard let string = Self.string(bytes, &index, &line) else {
          throw CaptionsError.damaged(
            file: file, line: from, reason: "a text begins with ‘\"’ and never ends")
        }
        tokens.append(.text(string, line: from))
      } else if byte == 0x21 {
        while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      } else {
        let from = index
        while index < bytes.count, bytes[index] > 0x20, bytes[index] != 0x22 { index += 1 }
        if let value = Double(String(decoding: bytes[from..<index], as: UTF8.self)),
          value.isFinite
        {
          tokens.append(.number(value))
        }
      }
    }
    return tokens
  }

  /// The string that begins at `index`, its doubled quotes made single; nil where it never ends.
  private static func string(_ bytes: [UInt8], _ index: inout Int, _ line: inout Int) -> String? {
    var content: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x22 {
        guard index < bytes.count, bytes[index] == 0x22 else {
          return String(decoding: content, as: UTF8.self)
        }
        index += 1
      }
      if byte == 0x0A { line += 1 }
      content.append(byte)
    }
    return nil
  }
}
