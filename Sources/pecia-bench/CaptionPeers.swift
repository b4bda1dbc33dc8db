import Foundation
import PeciaCaptions
import PeciaCore

/// A recogniser's result, cut into captions as other programs do.
///
/// The ways of cutting are those programs' own, told in our words: what they leave to be mended is
/// what ours is measured beside.
struct CaptionPeers: Decodable {
  private struct Word: Decodable {
    var text: String
    var start: Double
    var end: Double
  }

  private struct Segment: Decodable {
    var start: Double
    var end: Double
    var text: String
    var words: [Word]?
  }

  /// A way of cutting.
  enum Way: String, CaseIterable {
    /// A cue for each stretch that the recogniser heard as one: Whisper, as it comes.
    case segments = "the recogniser's segments (Whisper)"
    /// Lines filled one after the other, two a cue, until a word begins over three seconds after
    /// the one before: Whisper with a width of line and a count of lines.
    case filled = "lines filled, 2 of 42 (Whisper, with a width)"
    /// One line a cue, back to the last punctuation in it: whisper-timestamped with a length.
    case punctuated = "one line, back to its punctuation (whisper-timestamped)"
    /// One line a cue; a sentence longer than a line is halved at the comma nearest to its middle,
    /// else before a conjunction, else in the middle, until all fits: WhisperX.
    case halved = "sentences halved at commas, conjunctions, the middle (WhisperX)"
  }

  private var segments: [Segment]

  init(_ data: Data) throws { self = try JSONDecoder().decode(Self.self, from: data) }

  func captions(cut way: Way, language: String, width: Int) -> Captions {
    let cues =
      switch way {
      case .segments: segments.map { Self.cue($0.start, $0.end, $0.text) }
      case .filled: filled(width)
      case .punctuated: segments.flatMap { Self.punctuated($0.words ?? [], width) }
      case .halved:
        segments.flatMap { Self.sentences($0.words ?? []).flatMap { Self.halved($0, width) } }
      }
    return Captions(cues.filter { !$0.text.isEmpty }, language: language)
  }

  private func filled(_ width: Int) -> [Cue] {
    var cues: [[[Word]]] = []
    var last: Double?
    for word in segments.flatMap({ $0.words ?? [] }) {
      let pauses = last.map { word.start - $0 > 3 } ?? true
      last = word.start
      guard !pauses, let cue = cues.last, let line = cue.last else {
        cues.append([[word]])
        continue
      }
      if Self.text(line + [word]).count <= width {
        cues[cues.count - 1][cue.count - 1].append(word)
      } else if cue.count < 2 {
        cues[cues.count - 1].append([word])
      } else {
        cues.append([[word]])
      }
    }
    return cues.compactMap(Self.cue)
  }

  private static func punctuated(_ words: [Word], _ width: Int) -> [Cue] {
    var cues: [Cue] = []
    var line: [Word] = []
    for word in words {
      if !line.isEmpty, text(line + [word]).count > width {
        let end = line.lastIndex { $0.text.last?.isPunctuation == true }
        let kept = end.map { line.index(after: $0) } ?? line.endIndex
        cues += [cue([Array(line[..<kept])])].compactMap(\.self)
        line.removeSubrange(..<kept)
      }
      line.append(word)
    }
    return cues + [cue([line])].compactMap(\.self)
  }

  private static func sentences(_ words: [Word]) -> [ArraySlice<Word>] {
    var sentences: [ArraySlice<Word>] = []
    var start = 0
    for index in words.indices where ".?!。".contains(words[index].text.last ?? " ") {
      sentences.append(words[start...index])
      start = index + 1
    }
    return sentences + (start < words.count ? [words[start...]] : [])
  }

  private static func halved(_ words: ArraySlice<Word>, _ width: Int) -> [Cue] {
    guard words.count > 1, text(Array(words)).count > width else {
      return [cue([Array(words)])].compactMap(\.self)
    }
    let middle = (words.startIndex + words.endIndex) / 2
    let places = words.indices.dropFirst().sorted { abs($0 - middle) < abs($1 - middle) }
    let place =
      places.first { words[$0 - 1].text.last == "," }
      ?? places.first { conjunctions.contains(words[$0].text.trimmingCharacters(in: .whitespaces)) }
      ?? middle
    return halved(words[..<place], width) + halved(words[place...], width)
  }

  private static let conjunctions: Set<String> = [
    "and", "but", "or", "because", "et", "mais", "ou", "car", "und", "aber", "oder", "weil",
  ]

  private static func cue(_ lines: [[Word]]) -> Cue? {
    guard let first = lines.first?.first, let last = lines.last?.last else { return nil }
    return cue(first.start, last.end, lines.map(text).joined(separator: "\n"))
  }

  private static func cue(_ start: Double, _ end: Double, _ text: String) -> Cue {
    let start = Timestamp(seconds: start)
    let lines = text.split(separator: "\n").map {
      $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return Cue(
      range: start..<max(start, Timestamp(seconds: end)), text: lines.joined(separator: "\n"))
  }

  /// The words with blanks between, but where both neighbours are written without.
  private static func text(_ words: [Word]) -> String {
    words.reduce(into: "") { text, word in
      let next = word.text.trimmingCharacters(in: .whitespaces)
      let unspaced = [text.last, next.first].allSatisfy { character in
        character?.unicodeScalars.first.map { $0.value >= 0x2E80 } ?? true
      }
      text += (unspaced ? "" : " ") + next
    }
  }
}
