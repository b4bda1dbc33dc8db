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

  func times(of words: [String], in recording: String, language: String) throws -> [TimeRange] {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "pecia-align-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (text, answer) = (folder.appending(path: "text"), folder.appending(path: "answer"))
    try Data((words.joined(separator: "\n") + "\n").utf8).write(to: text)
    try Data().write(to: answer)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", command]
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "PECIA_AUDIO": URL(filePath: recording).standardizedFileURL.path,
        "PECIA_TEXT": text.path, "PECIA_LANGUAGE": language,
      ], uniquingKeysWith: { $1 })
    process.standardInput = try FileHandle(forReadingFrom: text)
    process.standardOutput = try FileHandle(forWritingTo: answer)
    try process.run()
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw Failure(reason: "failed with exit code \(process.terminationStatus)")
    }
    return try checked(try Data(contentsOf: answer), against: words)
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
      guard found.start >= last, found.end >= found.start, found.end.isFinite else {
        throw Failure(reason: "lets time run backwards at word \(index + 1), ‘\(word)’")
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
