import Foundation
import PeciaAudio
import PeciaCore

/// A voice of a speech synthesiser that is on the PATH.
struct Synthesiser {
  var program: String
  var voice: String

  private static let espeak = [
    "en-us", "en-us+f2", "en-us+m3", "en-gb", "en-gb+f3", "en-gb-scotland", "en-gb-x-rp+m5",
    "en-029", "en-us+f5", "en-gb+m7",
  ]
  private static let flite = ["kal16", "slt", "rms", "awb"]

  /// Those that can be had here.
  static var all: [Self] {
    [("espeak-ng", espeak), ("flite", flite)].filter { isOnPath($0.0) }
      .flatMap { program, voices in voices.map { Self(program: program, voice: $0) } }
  }

  private static func isOnPath(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  /// 24 stretches of `words`, each said in one breath.
  ///
  /// - Throws: an error of running the program or of reading what it wrote.
  func voice(saying words: [String], seed: UInt64) throws -> SpokenTurn.Voice {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "pecia-train-\(UUID().uuidString).wav")
    defer { try? FileManager.default.removeItem(at: file) }
    let name = voice.utf8.reduce(seed) { $0 &* 31 &+ UInt64($1) }
    var random = SplitMix64(seed: name)
    let pieces = try (0..<24).map { _ in
      let count = Int.random(in: 3...18, using: &random)
      let first = Int.random(in: 0..<max(1, words.count - count), using: &random)
      let text = words[first..<min(words.count, first + count)].joined(separator: " ")
      let speed = Int.random(in: 130...210, using: &random)
      let process = Process()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        program == "flite"
        ? ["flite", "-voice", voice, "-t", text, "-o", file.path]
        : ["espeak-ng", "-v", voice, "-s", String(speed), "-w", file.path, text]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      return SpokenTurn(clean: try readSound(file.path).mono(at: SpokenTurn.rate))
    }
    return SpokenTurn.Voice(pieces: pieces, isBreathed: false, name: voice)
  }
}
