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
      median of the ratios to the first row within each round. CPU seconds count children too. \
      Peak memory is that of a program's largest process; one that takes less than this program \
      itself shows what this one has.
      """)

  @Argument(help: "A long sound file; without one, an hour of 16 kHz mono is made up.")
  var recording: String?
  @Option(help: "Make the hour up as so many recordings.") var pieces = 1
  @Option(help: "How many rounds.") var rounds = 5
  @Option(help: "A program to measure against, called as PROGRAM SOURCE FOLDER flac 0.625 1.")
  var limit: String?
  @Option(help: "The level under which ffmpeg takes this recording for silent.")
  var silence = "-30dB"
  @Option(help: "Kill as many runs at random moments instead, and compare what the next run makes.")
  var kills: Int?
  @Option(help: "Seeds the moments.") var seed: UInt64 = 1

  private struct Entrant {
    var name: String
    var command: (_ sources: [String], _ folder: String) -> [String]
    var runs: [MeasuredProcess] = []
  }

  func run() async throws {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "pecia-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let sources = try recording.map { [$0] } ?? madeUp(in: scratch)
    if let kills {
      try SplitKills(pecia: pecia, sources: sources, folder: scratch).run(kills, seed: seed)
      return
    }
    var entrants = entrants
    let folder = scratch.appending(path: "out")
    for round in 0..<max(1, rounds) {
      for index in entrants.indices {
        try? FileManager.default.removeItem(at: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let run = try MeasuredProcess(entrants[index].command(sources, folder.path))
        guard run.status == 0 else {
          throw ValidationError("‘\(entrants[index].name)’ failed in round \(round + 1)")
        }
        entrants[index].runs.append(run)
      }
    }
    print("| program | CPU s | wall s | peak MiB | CPU ratio (lowest–highest) | wall ratio |")
    print("|---|---|---|---|---|---|")
    for entrant in entrants { print(row(entrant, beside: entrants[0])) }
  }

  /// `pecia` beside this program.
  private var pecia: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "pecia")
      .path
  }

  /// The limit, then `pecia`, then its peers.
  private var entrants: [Entrant] {
    let options = ["--target", "29.5", "--longest", "30", "--overlap", "0.5"]
    var entrants: [Entrant] = []
    if let limit {
      let each = #"for file; do "$0" "$file" "$OUT" flac 0.625 1 || exit; done"#
      entrants.append(
        Entrant(name: "limit, FLAC") {
          ["env", "OUT=\($1)", "sh", "-c", each, limit] + $0
        })
    }
    for (name, more) in [
      ("pecia split, FLAC", ["--jobs", "1"]), ("pecia split, FLAC, 2 jobs", ["--jobs", "2"]),
      ("pecia split, WAV", ["--jobs", "1", "--format", "wav"]),
    ] {
      entrants.append(
        Entrant(name: name) { [pecia, "split"] + $0 + ["--into", $1] + options + more })
    }
    return pieces > 1 ? entrants : entrants + peers
  }

  /// What is found on the PATH.
  private var peers: [Entrant] {
    var entrants: [Entrant] = []
    if isOnPath("ffmpeg") {
      entrants.append(
        Entrant(name: "ffmpeg, fixed 30 s, FLAC") {
          [
            "ffmpeg", "-nostdin", "-v", "error", "-i", $0[0], "-c:a", "flac", "-f", "segment",
            "-segment_time", "30", "\($1)/c%05d.flac",
          ]
        })
    }
    if isOnPath("ffmpeg") {
      entrants.append(
        Entrant(name: "ffmpeg, at silence under \(silence), FLAC") { [silence] in
          ["sh", "-c", Self.cutsAtSilence, "sh", $0[0], $1, silence]
        })
    }
    if isOnPath("sox") {
      entrants.append(
        Entrant(name: "sox, fixed 30 s, FLAC") {
          ["sox", $0[0], "\($1)/c.flac", "trim", "0", "30", ":", "newfile", ":", "restart"]
        })
    }
    return entrants
  }

  /// Finds silence of 0.3 s, takes the last before each 30 s, and cuts there: SOURCE FOLDER LEVEL.
  private static let cutsAtSilence = #"""
    cuts=$(ffmpeg -nostdin -i "$1" -af silencedetect=noise="$3":d=0.3 -f null - 2>&1 | awk '
      function cut(until) {
        while (until - from > 30) {
          from = last > from + 10 ? last : from + 30
          printf "%s%.3f", comma, from
          comma = ","
        }
      }
      sub(/.*silence_start: /, "") { start = $0 + 0 }
      sub(/.*silence_end: /, "") { middle = (start + $0) / 2; cut(middle); last = middle }')
    ffmpeg -nostdin -v error -i "$1" -c:a flac -f segment -segment_times "$cuts" "$2/c%05d.flac"
    """#

  /// The hour, as one recording or as many.
  private func madeUp(in folder: URL) throws -> [String] {
    try (0..<max(1, pieces)).map { piece in
      let file = folder.appending(path: pieces > 1 ? "piece-\(piece + 1).wav" : "hour.wav")
      try MadeUpWave(seconds: 3600 / max(1, pieces), seed: 1274 + UInt64(piece)).write(to: file)
      return file.path
    }
  }

  private func isOnPath(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
      .contains { access("\($0)/\(program)", X_OK) == 0 }
  }

  private func row(_ entrant: Entrant, beside first: Entrant) -> String {
    let pairs = zip(entrant.runs, first.runs)
    let ratios = pairs.map { $0.cpu / max($1.cpu, 1e-6) }
    let walls = pairs.map { $0.wall / max($1.wall, 1e-6) }
    func two(_ value: Double) -> String { JSON.number((value * 100).rounded() / 100).text }
    let numbers = [entrant.runs.map(\.cpu), entrant.runs.map(\.wall), entrant.runs.map(\.memory)]
      .map { two(median($0)) }
    return "| \(entrant.name) | \(numbers.joined(separator: " | ")) | \(two(median(ratios))) "
      + "(\(two(ratios.min() ?? 0))–\(two(ratios.max() ?? 0))) | \(two(median(walls))) |"
  }

  private func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }
}
