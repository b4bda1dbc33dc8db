import ArgumentParser
import Foundation
import PeciaCore

/// Splitting beside the programs that people use today, in paired runs.
struct SplitBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "CPU, time and memory of `pecia split`, beside what is on the PATH.",
    discussion: """
      Each round runs everything once, into an emptied folder. The table gives medians, and the \
      median of the ratios to the first row within each round. CPU seconds count children too.
      """)

  @Argument(help: "A long sound file; without one, an hour of 16 kHz mono is made up.")
  var recording: String?
  @Option(help: "How many rounds.") var rounds = 5
  @Option(help: "A program to measure against, called as PROGRAM SOURCE FOLDER flac 0.625 1.")
  var limit: String?

  private struct Entrant {
    var name: String
    var command: (_ source: String, _ folder: String) -> [String]
    var runs: [MeasuredProcess] = []
  }

  func run() async throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "pecia-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let source = recording ?? scratch.appending(path: "hour.wav").path
    if recording == nil { try madeUpWave(seconds: 3600).write(to: URL(filePath: source)) }
    var entrants = entrants
    let folder = scratch.appending(path: "out")
    for round in 0..<max(1, rounds) {
      for index in entrants.indices {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let run = try MeasuredProcess(entrants[index].command(source, folder.path))
        guard run.status == 0 else {
          throw ValidationError("‘\(entrants[index].name)’ failed in round \(round + 1)")
        }
        entrants[index].runs.append(run)
      }
    }
    print("| program | CPU s | wall s | peak MiB | CPU ratio (lowest–highest) |")
    print("|---|---|---|---|---|")
    for entrant in entrants { print(row(entrant, beside: entrants[0])) }
  }

  /// `pecia` beside this program, then what is found on the PATH.
  private var entrants: [Entrant] {
    let pecia = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "pecia").path
    let options = ["--target", "29.5", "--longest", "30", "--overlap", "0.5"]
    var entrants: [Entrant] = []
    if let limit {
      entrants.append(Entrant(name: "limit, FLAC") { [limit, $0, $1, "flac", "0.625", "1"] })
    }
    for (name, more) in [
      ("pecia split, FLAC", ["--jobs", "1"]), ("pecia split, FLAC, 2 jobs", ["--jobs", "2"]),
      ("pecia split, WAV", ["--jobs", "1", "--format", "wav"]),
    ] {
      entrants.append(Entrant(name: name) { [pecia, "split", $0, "--into", $1] + options + more })
    }
    if isOnPath("ffmpeg") {
      entrants.append(
        Entrant(name: "ffmpeg, fixed 30 s, FLAC") {
          [
            "ffmpeg", "-nostdin", "-v", "error", "-i", $0, "-c:a", "flac", "-f", "segment",
            "-segment_time", "30", "\($1)/c%05d.flac",
          ]
        })
    }
    if isOnPath("sox") {
      entrants.append(
        Entrant(name: "sox, fixed 30 s, FLAC") {
          ["sox", $0, "\($1)/c.flac", "trim", "0", "30", ":", "newfile", ":", "restart"]
        })
    }
    return entrants
  }

  private func isOnPath(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  private func row(_ entrant: Entrant, beside first: Entrant) -> String {
    let ratios = zip(entrant.runs, first.runs).map { $0.cpu / max($1.cpu, 1e-6) }
    func two(_ value: Double) -> String { JSON.number((value * 100).rounded() / 100).text }
    let numbers = [entrant.runs.map(\.cpu), entrant.runs.map(\.wall), entrant.runs.map(\.memory)]
      .map { two(median($0)) }
    return "| \(entrant.name) | \(numbers.joined(separator: " | ")) | \(two(median(ratios))) "
      + "(\(two(ratios.min() ?? 0))–\(two(ratios.max() ?? 0))) |"
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}

/// A WAV of 16 kHz, 16 bits, one channel: bursts that stand for words, pauses, and a bed of noise.
func madeUpWave(seconds: Int) -> Data {
  let rate = 16_000
  var random = SplitMix64(seed: 1274)
  var samples: [Int16] = []
  samples.reserveCapacity(seconds * rate + 3 * rate)
  while samples.count < seconds * rate {
    let word = Int.random(in: rate / 8...rate / 2, using: &random)
    let isLong = Int.random(in: 0..<5, using: &random) == 0
    let pause = Int.random(in: isLong ? rate / 4...rate : rate / 30...rate / 8, using: &random)
    let pitch = Double.random(in: 0.04...0.09, using: &random)
    for index in 0..<word + pause {
      let time = Double(index) * pitch
      let tone =
        index < word ? 3_000 * sin(time) + 1_500 * sin(4.1 * time) + 700 * sin(13.3 * time) : 0
      samples.append(Int16(tone) + Int16.random(in: -150...150, using: &random))
    }
  }
  samples.removeLast(samples.count - seconds * rate)
  func bytes(_ value: Int, _ count: Int) -> Data {
    Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
  }
  let size = samples.count * 2
  var file = Data("RIFF".utf8) + bytes(36 + size, 4) + Data("WAVEfmt ".utf8) + bytes(16, 4)
  file += bytes(1, 2) + bytes(1, 2) + bytes(rate, 4) + bytes(2 * rate, 4) + bytes(2, 2)
  file += bytes(16, 2) + Data("data".utf8) + bytes(size, 4)
  samples.withUnsafeBytes { file.append(contentsOf: $0) }
  return file
}
