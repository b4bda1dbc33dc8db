import Foundation
import Support

/// The conversation in `Samples/`, and what `pecia` says of it.
enum Sample {
  struct Word: Decodable {
    var word: String, start: Double, end: Double, speaker: String
  }
  struct Merged: Decodable {
    struct Word: Decodable {
      var text: String, start: Double, end: Double, speaker: String?
    }
    var words: [Word]
  }
  struct Split: Decodable {
    struct Stretch: Decodable { var start: Double, end: Double }
    struct Recording: Decodable {
      var duration: Double, clips: [Stretch], gaps: [Stretch]
    }
    var recordings: [Recording]
  }

  static let workers = ["ada", "ben", "kit"]

  static func file(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Samples/\(name)").standardizedFileURL.path
  }

  /// The words as the synthesiser said them, in seconds from the recording's start.
  static func words() throws -> [Word] { try decoded(file("lighthouse.words.json")) }

  static func merged(_ path: String) throws -> Merged { try decoded(path) }

  /// The word error rate against the reference, as a fraction.
  static func wordErrorRate(of path: String) throws -> Double {
    struct Score: Decodable { var wer: Double }
    let score = try BuiltTool.run("score", file("lighthouse.reference.txt"), path, "--json")
    return try JSONDecoder().decode(Score.self, from: Data(score.output.utf8)).wer
  }

  /// A command that types exactly the words that lie wholly inside the clip.
  static func perfectWorker(in folder: TemporaryFolder) throws -> String {
    let table = try words().map { "\($0.start)\t\($0.end)\t\($0.speaker)\t\($0.word)\n" }.joined()
    let words = try folder.write(table, to: "words.tsv")
    let program = try folder.write(
      """
      BEGIN { FS = "\\t" }
      $1 >= from - 0.0001 && $2 <= to + 0.0001 {
        if ($3 != speaker) printf "%s%s:", (speaker == "" ? "" : "\\n"), $3
        speaker = $3
        printf " %s", $4
      }
      END { exit speaker == "" ? 3 : 0 }

      """, to: "perfect.awk")
    return "LC_ALL=C awk -v from=$PECIA_START -v to=$PECIA_END -f '\(program)' '\(words)'"
  }

  private static func decoded<Value: Decodable>(_ path: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(contentsOf: URL(filePath: path)))
  }
}
