import PeciaCore

/// A recogniser's file, or cues of our own, as far as they are known.
struct LooseFile: Decodable {
  var format: String?
  var version: Int?
  var language: String?
  var segments: [LooseSegment]?
  var words: [LooseWord]?
  /// whisper.cpp's name for segments.
  var transcription: [LooseSegment]?
  var cues: [LooseCue]?

  private enum Keys: String, CodingKey {
    case format, version, language, segments, words, transcription, cues, result
  }
  private struct Result: Decodable { var language: String? }

  init(from decoder: any Decoder) throws {
    if let list = try? decoder.singleValueContainer().decode([LooseSegment].self) {
      let isWords = list.allSatisfy { $0.words == nil && $0.word != nil }
      if isWords { words = list.map(\.asWord) } else { segments = list }
      return
    }
    let values = try decoder.container(keyedBy: Keys.self)
    format = try values.decodeIfPresent(String.self, forKey: .format)
    version = try? values.decodeIfPresent(Int.self, forKey: .version)
    language = try values.decodeIfPresent(String.self, forKey: .language)
    // Our own transcripts have words too: they are read by their own reader.
    guard format != "pecia-transcript" else { return }
    segments = try values.decodeIfPresent([LooseSegment].self, forKey: .segments)
    words = try values.decodeIfPresent([LooseWord].self, forKey: .words)
    transcription = try values.decodeIfPresent([LooseSegment].self, forKey: .transcription)
    cues = try values.decodeIfPresent([LooseCue].self, forKey: .cues)
    language = language ?? (try? values.decodeIfPresent(Result.self, forKey: .result))?.language
  }

  func captions(file: String) throws -> Captions {
    guard let cues, version == 1 else {
      throw CaptionsError.damaged(
        file: file, line: 0, reason: "these are no ‘pecia-cues’ of version 1")
    }
    return Captions(language: language, entries: cues.map(\.entry))
  }
}

/// A cue of our own file.
struct LooseCue: Decodable {
  var id: String?
  var start: Double
  var end: Double
  var text: String
  var speaker: String?
  var settings: String?

  var entry: Captions.Entry {
    let times = (
      start: Timestamp(seconds: start).milliseconds, end: Timestamp(seconds: end).milliseconds
    )
    var entry = Captions.Entry(
      Cue(id: id, range: .init(lenient: times), text: text, speaker: speaker, settings: settings))
    if times.end < times.start { entry.statedEnd = Timestamp(milliseconds: times.end) }
    return entry
  }
}

/// A stretch of text as a recogniser cuts it, with its words or without.
struct LooseSegment: Decodable {
  /// whisper.cpp's times, in milliseconds.
  struct Offsets: Decodable {
    var from: Double
    var to: Double
  }
  var start: Double?
  var end: Double?
  var text: String?
  var word: String?
  var speaker: String?
  var score: Double?
  var words: [LooseWord]?
  var offsets: Offsets?

  init(words: [LooseWord]) { self.words = words }

  var asWord: LooseWord {
    LooseWord(word: word, text: text, start: start, end: end, speaker: speaker, score: score)
  }

  var times: (start: Int, end: Int)? {
    if let offsets {
      return (
        Timestamp(seconds: offsets.from / 1000).milliseconds,
        Timestamp(seconds: offsets.to / 1000).milliseconds
      )
    }
    guard let start, let end else { return nil }
    return (Timestamp(seconds: start).milliseconds, Timestamp(seconds: end).milliseconds)
  }

  var entry: Captions.Entry? {
    guard let times, let text else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map { line in
      line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return Captions.Entry(
      Cue(
        range: .init(lenient: times), text: lines.filter { !$0.isEmpty }.joined(separator: "\n"),
        speaker: speaker))
  }
}

/// A word as recognisers write it, by any of their names for the same thing.
struct LooseWord: Decodable {
  var word: String?
  var text: String?
  var start: Double?
  var end: Double?
  var speaker: String?
  var score: Double?
  var confidence: Double?
  var probability: Double?
}
