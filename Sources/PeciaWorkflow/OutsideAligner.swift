import Foundation
import PeciaCore

/// A command that times words in our place, checked before it is believed.
///
/// It runs by `sh -c` with the text on standard input, one word a line, and `PECIA_AUDIO`,
/// `PECIA_TEXT` (the same text in a file) and `PECIA_LANGUAGE` in its environment. It answers with
/// `{"words":[{"text","start","end"},…]}`, seconds, all words in order.
struct OutsideAligner {
  /// Why an answer cannot be used.
  struct Failure: Error, CustomStringConvertible {
    var reason: String
    var description: String { "the aligner \(reason)" }
  }

  private struct Answer: Decodable {
    struct Word: Decodable {
      var text: String?
      var start: Double
      var end: Double
    }
    var words: [Word]
  }

  let command: String
  /// How long it may work, besides a second for each word.
  var patience: Duration = .seconds(600)
  /// No recording is longer, in seconds.
  private static let longest = 1e7

  func times(of words: [String], in recording: String, language: String) throws -> [TimeRange] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "pecia-align-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let text = folder.appending(path: "text")
    try Data((words.joined(separator: "\n") + "\n").utf8).write(to: text)
    let begun = ContinuousClock.now
    let limit = patience + .seconds(words.count)
    let ending = try WorkerCommand(
      shell: "exec <\"$PECIA_TEXT\"\n\(command)",
      environment: [
        "PECIA_AUDIO": URL(filePath: recording).standardizedFileURL.path,
        "PECIA_TEXT": text.path, "PECIA_LANGUAGE": language,
      ], most: 1_000_000 + 1000 * words.count
    ).run(every: 1) {
      guard ContinuousClock.now - begun > limit else { return }
      throw Failure(reason: "was still at work after \(limit.components.seconds) s")
    }
    switch ending {
    case .printed(let answer): return try checked(answer, against: words)
    case .failed(let status): throw Failure(reason: "failed with exit code \(status)")
    case .printedTooMuch: throw Failure(reason: "answered with more than word times can be")
    case .interrupted: throw Failure(reason: "was stopped")
    }
  }

  private func checked(_ data: Data, against words: [String]) throws -> [TimeRange] {
    guard let answer = try? JSONDecoder().decode(Answer.self, from: data) else {
      throw Failure(reason: "did not answer with {\"words\":[{\"text\",\"start\",\"end\"}]}")
    }
    guard answer.words.count == words.count else {
      throw Failure(reason: "timed \(answer.words.count) words of \(words.count)")
    }
    var last = 0.0
    for (index, (found, word)) in zip(answer.words, words).enumerated() {
      guard found.start >= last, found.end >= found.start else {
        throw Failure(reason: "lets time run backwards at word \(index + 1), ‘\(word)’")
      }
      guard found.end < Self.longest else {
        throw Failure(reason: "puts word \(index + 1), ‘\(word)’, behind any sound's end")
      }
      if let text = found.text, letters(of: text) != letters(of: word) {
        throw Failure(reason: "has ‘\(text)’ for word \(index + 1), ‘\(word)’")
      }
      last = found.start
    }
    return answer.words.indices.map { index in
      let word = answer.words[index]
      let next = index + 1 < words.count ? answer.words[index + 1].start : .infinity
      return Timestamp(
        seconds: word.start)..<Timestamp(seconds: min(word.end, max(next, word.start)))
    }
  }

  private func letters(of word: String) -> String {
    word.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
