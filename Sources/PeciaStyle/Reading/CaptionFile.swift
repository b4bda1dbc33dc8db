import PeciaCore

/// A caption as it stands in a SubRip or WebVTT file.
struct CaptionCue: Hashable, Sendable {
  /// The line with its times, counted from 0.
  var timing: Int
  /// The lines of its words.
  var lines: Range<Int>
  /// Unordered where the file has them so: the start may lie behind the end.
  var start: Timestamp
  var end: Timestamp
}

/// A simple reading of SubRip and WebVTT: where the words stand, and when they show.
struct CaptionFile {
  private(set) var cues: [CaptionCue] = []

  init(codes: [Code], lines: [Range<Int>]) {
    var number = 0
    while number < lines.count {
      guard let (start, end) = Self.times(codes[lines[number]]) else {
        number += 1
        continue
      }
      var last = number + 1
      while last < lines.count, !codes[lines[last]].allSatisfy(\.isBlank),
        Self.times(codes[lines[last]]) == nil
      { last += 1 }
      // A number right above the next times belongs to the next cue.
      var words = number + 1..<last
      if last < lines.count, Self.times(codes[lines[last]]) != nil, words.count > 0,
        codes[lines[last - 1]].allSatisfy(\.isDigit)
      {
        words = words.dropLast()
      }
      cues.append(CaptionCue(timing: number, lines: words, start: start, end: end))
      number = last
    }
  }

  /// The two times around ` --> `; nil for a line that holds none.
  private static func times(_ line: ArraySlice<Code>) -> (Timestamp, Timestamp)? {
    guard line.contains(62) else { return nil }
    let parts = String(codes: line).split(separator: "-->", maxSplits: 1)
    guard parts.count == 2, let start = time(parts[0].split(separator: " ").last),
      let end = time(parts[1].split(separator: " ").first)
    else { return nil }
    return (start, end)
  }

  /// `00:01:02,500`, `01:02.500`.
  static func time(_ text: Substring?) -> Timestamp? {
    guard let text else { return nil }
    let parts = text.replacing(",", with: ".").split(separator: ":")
    guard (2...3).contains(parts.count), let last = parts.last,
      let rest = Timestamp(decimalSeconds: last)
    else { return nil }
    var minutes = 0
    for part in parts.dropLast() {
      guard part.count <= 4, let value = Int(part) else { return nil }
      minutes = minutes * 60 + value
    }
    return rest + minutes * 60_000
  }
}
