import Foundation
import PeciaCore

/// Reads JSON: our own transcripts and cues, and what Whisper, WhisperX and whisper.cpp write.
struct JSONReader {
  let file: String

  func read(_ text: String) throws -> CaptionReading {
    let data = Data(Self.withoutNaN(text).utf8)
    let loose: LooseFile
    do {
      loose = try JSONDecoder().decode(LooseFile.self, from: data)
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      throw CaptionsError.damaged(
        file: file, line: 0, reason: "this is no whole JSON: it is damaged or cut off")
    } catch {
      throw CaptionsError.damaged(file: file, line: 0, reason: Self.sentence(error))
    }
    switch loose.format {
    case "pecia-transcript":
      if let version = loose.version, version != 1 {
        throw CaptionsError.damaged(
          file: file, line: 0,
          reason:
            "it is a transcript of version \(version), and this pecia reads version 1; update it")
      }
      do {
        return CaptionReading(.transcript(try Transcript(json: data)))
      } catch {
        throw CaptionsError.damaged(file: file, line: 0, reason: Self.sentence(error))
      }
    case "pecia-cues": return CaptionReading(.captions(try loose.captions(file: file)))
    case nil, .some: return try recognised(loose)
    }
  }

  /// What a recogniser wrote: words with times where it has them, else its segments as cues.
  private func recognised(_ loose: LooseFile) throws -> CaptionReading {
    var segments = loose.segments ?? loose.transcription ?? []
    if segments.isEmpty, let words = loose.words { segments = [LooseSegment(words: words)] }
    if segments.isEmpty {
      guard loose.segments != nil || loose.transcription != nil || loose.words != nil else {
        throw CaptionsError.damaged(
          file: file, line: 0,
          reason: "this JSON holds neither ‘segments’, ‘words’ nor cues, so it is no transcript")
      }
      return CaptionReading(
        .transcript(
          Transcript(
            recording: .init(name: "", duration: .zero), language: loose.language ?? "", style: "",
            words: [])))
    }
    guard segments.contains(where: { !($0.words ?? []).isEmpty }) else {
      return CaptionReading(
        .captions(
          Captions(
            language: loose.language,
            entries: segments.compactMap(\.entry))))
    }
    var collector = WordCollector()
    for segment in segments { collector.add(segment) }
    return collector.reading(language: loose.language ?? "", file: file)
  }

  /// Python writes `NaN` and `Infinity`, which JSON does not know: read as null.
  private static func withoutNaN(_ text: String) -> String {
    guard text.contains("NaN") || text.contains("Infinity") else { return text }
    var output: [UInt8] = []
    var (inString, escaped) = (false, false)
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if !inString, byte == 0x4E || byte == 0x49 || byte == 0x2D {
        let rest = bytes[index...]
        if let word = ["-Infinity", "Infinity", "NaN"].first(where: { rest.starts(with: $0.utf8) })
        {
          output += "null".utf8
          index += word.utf8.count
          continue
        }
      }
      if byte == 0x22, !escaped { inString.toggle() }
      escaped = inString && byte == 0x5C && !escaped
      output.append(byte)
      index += 1
    }
    return String(decoding: output, as: UTF8.self)
  }

  /// What is wrong, in words that name the place in the file.
  private static func sentence(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      return "\(place(context)) lacks ‘\(key.stringValue)’"
    case DecodingError.typeMismatch(let type, let context):
      return "\(place(context)) should be \(kind(type))"
    case DecodingError.valueNotFound(let type, let context):
      return "\(place(context)) is null, and should be \(kind(type))"
    case DecodingError.dataCorrupted(let context):
      let what = context.debugDescription.split(separator: "\n").first.map(String.init) ?? ""
      return context.codingPath.isEmpty ? what : "\(place(context)): \(what)"
    default: return "this is no JSON"
    }
  }

  /// The place as a person would look it up: ‘words.3.start’, places in a list from 0.
  private static func place(_ context: DecodingError.Context) -> String {
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return path.isEmpty ? "the file" : "‘\(path.joined(separator: "."))’"
  }

  private static func kind(_ type: any Any.Type) -> String {
    switch type {
    case is String.Type: "a text"
    case is Double.Type, is Int.Type: "a number"
    case is any Collection.Type: "a list"
    default: "an object"
    }
  }
}

/// A recogniser's file, or cues of our own, as far as they are known.
private struct LooseFile: Decodable {
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

private struct LooseCue: Decodable {
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

private struct LooseSegment: Decodable {
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

private struct LooseWord: Decodable {
  var word: String?
  var text: String?
  var start: Double?
  var end: Double?
  var speaker: String?
  var score: Double?
  var confidence: Double?
  var probability: Double?
}

/// Makes timed words of a recogniser's segments, and mends what its times lack.
private struct WordCollector {
  private var words: [TimedWord] = []
  /// Places of words whose times are not known.
  private var untimed: Set<Int> = []
  private var clock = Timestamp.zero
  private var backwards = 0

  mutating func add(_ segment: LooseSegment) {
    guard let list = segment.words, !list.isEmpty else {
      if let entry = segment.entry {
        for word in entry.timedWords { append(word) }
      }
      return
    }
    // Where words bring their blanks along, one without a blank goes on with the word before.
    let bringsBlanks = list.contains { ($0.word ?? $0.text ?? "").hasPrefix(" ") }
    for (index, word) in list.enumerated() {
      let raw = word.word ?? word.text ?? ""
      let text = raw.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      guard !text.isEmpty else { continue }
      if bringsBlanks, index > 0, !raw.hasPrefix(" "), let last = words.last,
        !Script.isUnspaced(text.first), !Script.isUnspaced(last.text.last)
      {
        words[words.count - 1].text += text
        if let end = word.end {
          let bound = max(last.range.upperBound, Timestamp(seconds: end))
          words[words.count - 1].range = last.range.lowerBound..<bound
        }
        continue
      }
      add(word, text: text, in: segment)
    }
  }

  private mutating func add(_ word: LooseWord, text: String, in segment: LooseSegment) {
    let confidence = (word.confidence ?? word.score ?? word.probability).map { min(max($0, 0), 1) }
    let speaker = word.speaker ?? segment.speaker
    guard let start = word.start, let end = word.end else {
      untimed.insert(words.count)
      words.append(
        TimedWord(text: text, range: clock..<clock, confidence: confidence, speaker: speaker))
      return
    }
    let from = Timestamp(seconds: start)
    append(
      TimedWord(
        text: text, range: from..<max(from, Timestamp(seconds: end)), confidence: confidence,
        speaker: speaker))
  }

  private mutating func append(_ word: TimedWord) {
    var word = word
    if word.range.lowerBound < clock {
      backwards += 1
      word.range = clock..<max(clock, word.range.upperBound)
    }
    clock = word.range.lowerBound
    words.append(word)
  }

  func reading(language: String, file: String) -> CaptionReading {
    var words = words
    var index = 0
    while index < words.count {
      guard untimed.contains(index) else {
        index += 1
        continue
      }
      // Words without times share the time between those around them.
      var end = index
      while end < words.count, untimed.contains(end) { end += 1 }
      let from = index > 0 ? words[index - 1].range.upperBound : .zero
      let to = end < words.count ? max(from, words[end].range.lowerBound) : from
      let start = min(from, to)
      let count = end - index
      for place in index..<end {
        let step = to - start
        words[place].range =
          (start + step * (place - index) / count)..<(start + step * (place - index + 1) / count)
      }
      index = end
    }
    var clock = Timestamp.zero
    for index in words.indices {
      let start = max(clock, words[index].range.lowerBound)
      words[index].range = start..<max(start, words[index].range.upperBound)
      clock = start
    }
    var notices: [String] = []
    if backwards > 0 {
      notices.append("\(file): the times of \(backwards) words ran backwards and were held back")
    }
    if !untimed.isEmpty {
      notices.append("\(file): \(untimed.count) words had no times and share those around them")
    }
    return CaptionReading(
      .transcript(
        Transcript(
          recording: .init(name: "", duration: words.map(\.range.upperBound).max() ?? .zero),
          language: language, style: "", words: words)),
      notices: notices)
  }
}
