import ArgumentParser
import Foundation
import PeciaCore
import PeciaStore

/// Sixteen processes on one project, some killed; one clock is behind, one ahead, one jumps.
struct Soak {
  var folder: URL
  var operations: Int

  private var project: URL { folder.appending(path: "project") }

  func run() throws {
    let clips = min(5_000, max(100, operations / 4))
    let store = try benchProject(in: project, clips: clips, copies: 3)
    var (killed, worst) = (0, 0)
    var workers = try (0..<16).map { try start($0) }
    var round = 0
    while try round % 20 > 0 || journals().reduce(0, { $0 + $1.count }) < operations {
      round += 1
      usleep(UInt32.random(in: 20_000...200_000))
      worst = max(worst, try overheld())
      let victim = Int.random(in: 0..<16)
      if workers[victim].isRunning {
        kill(workers[victim].processIdentifier, SIGKILL)
        killed += 1
      }
      workers[victim].waitUntilExit()
      workers[victim] = try start(victim)
    }
    try Data().write(to: folder.appending(path: "stop"))
    for worker in workers { worker.waitUntilExit() }
    try judge(store, clips: clips, killed: killed, overheld: max(worst, try overheld()))
  }

  private func start(_ number: Int) throws -> Process {
    let ahead = [0: -7200, 1: 7200][number] ?? 0
    return try Worker.start("w\(number)", "soak", folder, ahead: ahead, jumps: number == 2).0
  }

  /// How many clips have more holders and texts than places, right now.
  private func overheld() throws -> Int {
    let database = try BareSQLite(project.appending(path: "project.sqlite").path)
    let count = try database.strings("SELECT count(*) FROM clip WHERE held + taken > wanted")
    return Int(count.first ?? "") ?? 0
  }

  /// What each worker noted when a command had come back.
  private func journals() throws -> [[Substring]] {
    try (0..<16).map { number in
      let file = folder.appending(path: "w\(number).log")
      guard FileManager.default.fileExists(atPath: file.path) else { return [] }
      return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    }
  }

  private func judge(_ store: ProjectStore, clips: Int, killed: Int, overheld: Int) throws {
    var faults: [String] = overheld > 0 ? ["\(overheld) clips were held twice"] : []
    let lines = try journals().joined().map { $0.split(separator: " ") }.filter { $0.count == 4 }
    let database = try BareSQLite(project.appending(path: "project.sqlite").path)
    let counted = Set(try database.strings("SELECT text FROM submission WHERE state = 'counts'"))
    let kept = Set(
      try database.strings("SELECT text FROM draft UNION ALL SELECT text FROM event")
        + Array(counted))
    for line in lines {
      let there = line[0] == "accepted" ? counted : line[0] == "kept" ? kept : nil
      if let there, !there.contains(String(line[1])) { faults.append("lost: \(line[1])") }
    }
    let examination = try store.examine(at: Date())
    faults += examination.faults + examination.mended
    let states = try store.status(at: Date()).recordings.map(\.states)
    let sum = states.reduce(0) { $0 + $1.values.reduce(0, +) }
    if sum != clips { faults.append("\(sum) clips of \(clips) have a state") }
    let waits = lines.compactMap { Int($0[2]) }.sorted()
    let slow = waits.count { $0 > 1_000 }
    print(
      "\(waits.count) commands by 16 processes, \(killed) killed; \(counted.count) texts count; "
        + "99.9 % came back in \(waits.isEmpty ? 0 : waits[waits.count * 999 / 1000]) ms, the "
        + "slowest in \(waits.last ?? 0) ms, \(slow) took over a second")
    let failed = lines.count { $0[0] == "failed" }
    if failed > 0 { faults.append("\(failed) commands failed: see ‘failed’ above") }
    for fault in faults.prefix(20) { print("fault: \(fault)") }
    guard faults.isEmpty else { throw ExitCode(1) }
    print("nothing was lost, nothing held twice, all counts add up")
  }
}

/// One worker of the soak: every operation opens the project anew, as a command does.
struct SoakWorker {
  var folder: String
  var worker: String
  /// Seconds that its clock is ahead of the others'.
  var ahead: Int
  /// Whether its clock goes back and forth by up to an hour, at every look.
  var jumps: Bool

  private var now: Date {
    Date().addingTimeInterval(Double(jumps ? Int.random(in: -3600...3600) : ahead))
  }

  func run() throws {
    let journal = folder + "/\(worker).log"
    if !FileManager.default.fileExists(atPath: journal) {
      try Data().write(to: URL(filePath: journal))
    }
    let log = try FileHandle(forWritingTo: URL(filePath: journal))
    try log.seekToEnd()
    while !FileManager.default.fileExists(atPath: folder + "/stop") {
      try turn(log)
    }
  }

  private func turn(_ log: FileHandle) throws {
    let token = try timed(log) { store in
      let lease = try store.claim(by: worker, at: now, seconds: 5)
      return (lease.map { _ in "claimed" } ?? "nothing", lease?.token ?? "-")
    }
    guard let token, token != "-" else {
      usleep(20_000)
      return
    }
    let text = "\(worker)-\(UUID().uuidString)"
    for _ in 0..<Int.random(in: 0...2) {
      try timed(log) { store in
        try store.saveDraft("\(text)-draft", lease: token, at: now)
        return ("drafted", text)
      }
    }
    switch Int.random(in: 0..<100) {
    case 0..<15:
      try timed(log) { store in
        try store.release(token, reason: nil, at: now)
        return ("released", token)
      }
    case 15..<25: return  // It walks away.
    default:
      for _ in 0..<Int.random(in: 1...2) {
        try timed(log) { store in
          switch try store.submit(text, lease: token, findings: [], at: now) {
          case .accepted, .alreadyIn: ("accepted", text)
          case .keptAsDraft: ("kept", text)
          }
        }
      }
    }
  }

  /// Does one command, and notes what it acknowledged and how long it took.
  @discardableResult
  private func timed(
    _ log: FileHandle, _ work: (ProjectStore) throws -> (String, String)
  ) throws -> String? {
    let clock = ContinuousClock()
    var result = ("failed", "-")
    let time = clock.measure {
      do {
        result = try work(
          ProjectStore(openingAt: URL(filePath: folder).appending(path: "project")))
      } catch let error as StoreError {
        if case .leaseIsOver = error { result = ("over", "-") } else { print("failed: \(error)") }
      } catch {
        print("failed: \(error)")
      }
    }
    let milliseconds = Int(time / .milliseconds(1))
    try log.write(contentsOf: Data("\(result.0) \(result.1) \(milliseconds) .\n".utf8))
    return result.1
  }
}
