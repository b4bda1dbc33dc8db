public import Foundation

extension Transcript {
  /// The transcript as `merge -o x.json` writes it.
  public var json: JSON {
    .object([
      "format": .string("pecia-transcript"), "version": .integer(1),
      "recording": .object([
        "name": .string(recording.name), "duration": .time(recording.duration),
        "sha256": .string(orNull: recording.sha256),
      ]),
      "language": .string(language), "style": .string(style),
      "words": .array(words.map(\.json)),
      "gaps": .array(gaps.map(\.json)),
      "disputes": .array(
        disputes.map {
          .object([
            "start": .time($0.range.lowerBound), "end": .time($0.range.upperBound),
            "clips": .integers($0.clips), "texts": .strings($0.texts),
          ])
        }),
    ])
  }

  /// Reads what `json` writes.
  ///
  /// - Throws: `DecodingError` where the text is no transcript in version 1, or a time runs
  ///   backwards.
  public init(json data: Data) throws {
    let file = try JSONDecoder().decode(TranscriptFile.self, from: data)
    guard file.format == "pecia-transcript", file.version == 1 else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: [], debugDescription: "not a pecia-transcript of version 1"))
    }
    self.init(
      recording: Source(
        name: file.recording.name, duration: Timestamp(seconds: file.recording.duration),
        sha256: file.recording.sha256),
      language: file.language, style: file.style,
      words: try file.words.map { word in
        TimedWord(
          text: word.text, range: try timeRange(word.start, word.end, at: word.text),
          confidence: word.confidence, speaker: word.speaker, clips: word.clips ?? [],
          workers: word.workers ?? [])
      },
      gaps: try (file.gaps ?? []).map {
        Gap(range: try timeRange($0.start, $0.end, at: "gaps"), reason: $0.reason)
      },
      disputes: try (file.disputes ?? []).map {
        Dispute(
          range: try timeRange($0.start, $0.end, at: "disputes"), clips: $0.clips,
          texts: $0.texts)
      })
  }
}

extension TimedWord {
  var json: JSON {
    .object([
      "text": .string(text), "start": .time(range.lowerBound), "end": .time(range.upperBound),
      "confidence": .number(orNull: confidence), "speaker": .string(orNull: speaker),
      "clips": .integers(clips), "workers": .strings(workers),
    ])
  }
}

extension Gap {
  /// The gap as `split --json` and the transcript hold it.
  public var json: JSON {
    .object([
      "start": .time(range.lowerBound), "end": .time(range.upperBound),
      "reason": .string(reason.rawValue),
    ])
  }
}

/// A stretch from seconds in a file; refuses one that runs backwards.
private func timeRange(_ start: Double, _ end: Double, at place: String) throws -> TimeRange {
  let (start, end) = (Timestamp(seconds: start), Timestamp(seconds: end))
  guard start <= end else {
    throw DecodingError.dataCorrupted(
      .init(
        codingPath: [], debugDescription: "‘\(place)’ ends at \(end), before its start \(start)"))
  }
  return start..<end
}

/// The transcript's JSON, as it stands in the file.
private struct TranscriptFile: Decodable {
  struct Recording: Decodable {
    var name: String
    var duration: Double
    var sha256: String?
  }
  struct Word: Decodable {
    var text: String
    var start: Double
    var end: Double
    var confidence: Double?
    var speaker: String?
    var clips: [Int]?
    var workers: [String]?
  }
  struct FileGap: Decodable {
    var start: Double
    var end: Double
    var reason: Gap.Reason
  }
  struct FileDispute: Decodable {
    var start: Double
    var end: Double
    var clips: [Int]
    var texts: [String]
  }
  var format: String
  var version: Int
  var recording: Recording
  var language: String
  var style: String
  var words: [Word]
  var gaps: [FileGap]?
  var disputes: [FileDispute]?
}
