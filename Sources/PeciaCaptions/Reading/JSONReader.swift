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
