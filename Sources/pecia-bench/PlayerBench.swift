import ArgumentParser
import Foundation
import PeciaCore

/// What the player takes: to begin, for a key, while it plays, and in memory.
struct PlayerBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "player",
    abstract: "Start, keys, playing and memory of `pecia transcribe` in a terminal of its own.",
    discussion: """
      Start is from the program's start to the first clip on the screen. A key is from its writing \
      to the first answer on the screen, in a text of 5,000 words, at its start and at its end; the \
      project knows 500 names. \
      Playing is processor time above that of a player that waits. The sound goes nowhere, in real \
      time.
      """)

  @Option(help: "How often the player is started.") var rounds = 7
  @Option(help: "How many keys are typed at each place.") var keys = 100
  @Option(help: "How many seconds are played.") var seconds = 15

  func run() throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "pecia-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let recording = scratch.appending(path: "hour.wav").path
    try MadeUpWave(seconds: 600).write(to: URL(filePath: recording))
    let project = scratch.appending(path: "job").path
    let pecia = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "pecia").path
    let guide = scratch.appending(path: "bench.yml").path
    try Self.guide(names: 500).write(toFile: guide, atomically: true, encoding: .utf8)
    let split = try MeasuredProcess(
      [pecia, "split", recording, "--into", project, "--style", guide])
    guard split.status == 0 else { throw ValidationError("‘pecia split’ failed") }
    let player = [pecia, "transcribe", project, "--as", "bench", "--output", "none"]

    var starts: [Double] = []
    var waiting: [Double] = []
    for _ in 0..<max(rounds, 1) {
      var terminal = try BenchTerminal(player)
      starts.append(try terminal.wait(for: "hour/"))
      waiting.append(try terminal.leave().cpu)
    }
    print("| measured | median ms | 95th ms |")
    print("|---|---|---|")
    row("start to the first clip on the screen", starts)

    var terminal = try BenchTerminal(player)
    _ = try terminal.wait(for: "hour/")
    terminal.paste(Self.text(words: 5000))
    terminal.settle(milliseconds: 3000)
    row("a key at the end of 5,000 words", try typed(in: &terminal))
    // To the start of the text: Ctrl-Home.
    terminal.send("\u{1B}[1;5H")
    terminal.settle()
    row("a key at their start", try typed(in: &terminal))
    let typing = try terminal.leave()

    terminal = try BenchTerminal(player)
    _ = try terminal.wait(for: "hour/")
    // Around the middle of the clip, over and over.
    terminal.send("\u{1B}[17~")
    terminal.settle(milliseconds: seconds * 1000)
    let playing = try terminal.leave()
    let rest = waiting.sorted()[waiting.count / 2]
    let share = (playing.cpu - rest) / Double(seconds) * 100
    print("| processor time while playing, of one core | \(fixed(share, 1)) % | |")
    let peak = max(typing.memory, playing.memory)
    print("| peak memory, with 5,000 words | \(fixed(peak, 1)) MiB | |")
  }

  private func typed(in terminal: inout BenchTerminal) throws -> [Double] {
    var times: [Double] = []
    for index in 0..<max(keys, 1) {
      times.append(try terminal.answer(to: index % 6 == 5 ? " " : "e"))
      terminal.settle(milliseconds: 30)
    }
    // What comes of the last keys, a check of the text and a draft, is not the next row's.
    terminal.settle()
    return times
  }

  private func row(_ name: String, _ times: [Double]) {
    let sorted = times.sorted()
    let high = sorted[min(sorted.count * 95 / 100, sorted.count - 1)]
    print("| \(name) | \(fixed(sorted[sorted.count / 2], 1)) | \(fixed(high, 1)) |")
  }

  private func fixed(_ value: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", value)
  }

  /// A guide that lists names from syllables, each another.
  private static func guide(names count: Int) -> String {
    let syllables = ["ka", "mor", "vel", "tin", "osh", "ber", "lund", "ram"]
    let names = (0..<count).map { number in
      let parts = [number % 8, number / 8 % 8, number / 64 % 8].map { syllables[$0] }
      return parts.joined().capitalized
    }
    return """
      name: bench
      extends: clean-verbatim
      vocabulary:
        names: [\(names.joined(separator: ", "))]
      rules: []
      """
  }

  /// Sentences from common words, ten words to a line.
  private static func text(words count: Int) -> String {
    let words = [
      "the", "keeper", "said", "that", "every", "winter", "they", "came", "back", "here",
    ]
    return (0..<count / 10).map { line in
      let sentence = (0..<10).map { words[($0 * 7 + line) % 10] }.joined(separator: " ")
      return sentence.prefix(1).uppercased() + sentence.dropFirst() + "."
    }.joined(separator: "\n")
  }
}
