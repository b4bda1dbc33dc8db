import ArgumentParser
import Foundation
import PeciaCore
import PeciaStore

/// What the queue does under load: throughput beside bare SQLite, growth, and a soak.
struct QueueBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "queue", abstract: "Measure the queue; with --soak, try to break it.",
    discussion: """
      Without options: claim and submit pairs a second with four processes, in turns on the same \
      disk with two programs that call the sqlite3 library alone, both with one transaction for \
      the claim and one for the hand-in, statements that stay prepared, a write-ahead log and \
      full synchronisation. ‘rows’ writes what a queue has to keep: it ends leases that have run \
      out, stores the lease and the text with their worker and time, and keeps a worker from \
      having a task twice. ‘least’ only marks a task and stores a text. Then the time of a pair, \
      of opening and of status in projects of 1,000 and of --clips clips.
      """)

  @Option(help: "How many clips the large project has.") var clips = 1_000_000
  @Option(help: "Seconds of each throughput run.") var seconds = 3
  @Flag(help: "Let 16 processes work, some of them killed, and check that nothing is lost.")
  var soak = false
  @Option(help: "How many operations the soak does.") var operations = 20_000
  @Option(help: "A folder on the disk to be measured; a temporary one without it.")
  var folder: String?
  // What a worker process of these measurements is told.
  @Option(help: .private) var worker: String?
  @Option(help: .private) var task = ""
  @Option(help: .private) var ahead = 0
  @Flag(help: .private) var jumps = false

  func run() throws {
    if let worker, let folder { return try work(worker, in: folder) }
    let place = URL(filePath: folder ?? FileManager.default.temporaryDirectory.path)
      .appending(path: "pecia-bench-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    if soak {
      try Soak(folder: place, operations: operations).run()
    } else {
      try throughput(in: place)
      try growth(in: place)
    }
  }

  private func work(_ worker: String, in folder: String) throws {
    switch task {
    case "pairs": try Pairs(folder: folder, worker: worker, seconds: seconds).store()
    case "judged": try Pairs(folder: folder, worker: worker, seconds: seconds).project()
    case "soak": try SoakWorker(folder: folder, worker: worker, ahead: ahead, jumps: jumps).run()
    default:
      guard let peer = BarePeer(rawValue: task) else { return }
      try peer.work(Pairs(folder: folder, worker: worker, seconds: seconds))
    }
  }

  private func throughput(in place: URL) throws {
    var rates: [String: [Double]] = [:]
    for turn in 0..<3 {
      for task in ["least", "rows", "pairs", "judged"] {
        let folder = place.appending(path: "\(task)-\(turn)")
        if let peer = BarePeer(rawValue: task) {
          try peer.make(in: folder)
        } else {
          _ = try benchProject(in: folder, clips: 40_000)
        }
        let pairs = try Worker.run(4, task: task, folder: folder, seconds: seconds).reduce(0, +)
        rates[task, default: []].append(Double(pairs) / Double(seconds))
      }
    }
    let rate = { (task: String) in (rates[task] ?? []).sorted().dropFirst().first ?? 0 }
    print(
      "pairs a second, four processes: \(Int(rate("pairs"))); bare sqlite3 with the same rows: "
        + "\(Int(rate("rows"))), with the least: \(Int(rate("least")))")
    print(
      "ratio \(rounded(rate("pairs") / rate("rows"))) to the same rows (at least 0.5 is wanted), "
        + "\(rounded(rate("pairs") / rate("least"))) to the least")
    print("with the style check and the judging of every text: \(Int(rate("judged"))) a second")
  }

  private func growth(in place: URL) throws {
    var pair: [Int: Double] = [:]
    var projects: [Int: ProjectStore] = [:]
    let sizes = clips == 1_000 ? [clips] : [1_000, clips]
    for size in sizes {
      projects[size] = try benchProject(in: place.appending(path: "grown-\(size)"), clips: size)
    }
    for _ in 0..<3 {
      for size in sizes {
        guard let store = projects[size] else { continue }
        let time = try cpuSeconds { try Pairs.turns(150, store, worker: "w\(pair.count)") }
        pair[size] = min(pair[size] ?? .infinity, time / 150)
      }
    }
    for size in sizes {
      let folder = place.appending(path: "grown-\(size)")
      let clock = ContinuousClock()
      var opened: ProjectStore?
      let open = try clock.measure { opened = try ProjectStore(openingAt: folder) }
      let status = try clock.measure { _ = try opened?.status(at: Date()) }
      let page = try clock.measure { _ = try opened?.pace(at: Date()) }
      print(
        "\(size) clips: pair \(rounded((pair[size] ?? 0) * 1000)) ms of processor, open \(open), "
          + "status \(status), pace \(page)")
    }
    print("growth \(rounded((pair[clips] ?? 0) / (pair[1_000] ?? 1))) (at most 1.3 is wanted)")
  }
}

func rounded(_ value: Double) -> String { String(format: "%.3f", value) }

/// The processor time that `work` takes in this process.
func cpuSeconds(_ work: () throws -> Void) rethrows -> Double {
  let start = OwnUsage.processorSeconds
  try work()
  return OwnUsage.processorSeconds - start
}

/// A project of recordings with 1,000 clips each at the most.
func benchProject(in folder: URL, clips: Int, copies: Int = 1) throws -> ProjectStore {
  let store = try ProjectStore(
    creatingAt: folder, settings: ProjectSettings(style: "plain", copies: copies))
  let time = { Timestamp(milliseconds: $0 * 18_000) }
  for number in 0..<max(1, clips / 1_000) {
    let name = "recording-\(number)"
    try store.add(
      Recording(
        name: name, sha256: "sha-\(number)", path: "", duration: time(1_000), sampleRate: 16_000,
        channels: 1, language: "en"),
      clips: (0..<min(clips, 1_000)).map {
        Clip(
          recording: name, number: $0 + 1, range: time($0)..<(time($0 + 1) + 2_000),
          file: "clips/\(name)/\($0 + 1).flac", speech: 15_000, sha256: "0")
      }, gaps: [], cutting: CuttingSettings())
  }
  return store
}

/// Worker processes of a measurement: this program again.
enum Worker {
  /// Starts `count` workers, and gives the number that each printed.
  static func run(_ count: Int, task: String, folder: URL, seconds: Int) throws -> [Int] {
    let started = try (0..<count).map { try start("w\($0)", task, folder, seconds: seconds) }
    return started.map { process, pipe in
      let output = pipe.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      return Int(String(decoding: output, as: UTF8.self).filter(\.isNumber)) ?? 0
    }
  }

  static func start(
    _ worker: String, _ task: String, _ folder: URL, seconds: Int = 0, ahead: Int = 0,
    jumps: Bool = false
  ) throws -> (Process, Pipe) {
    let process = Process()
    process.executableURL = Bundle.main.executableURL
    process.arguments =
      [
        "queue", "--worker", worker, "--task", task, "--folder", folder.path, "--seconds",
        "\(seconds)", "--ahead=\(ahead)",
      ] + (jumps ? ["--jumps"] : [])
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    return (process, pipe)
  }
}
