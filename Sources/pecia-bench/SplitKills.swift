import ArgumentParser
import Foundation
import PeciaCore

/// Kills runs of `pecia split` at random moments, and compares what the next run makes of it with
/// what an undisturbed run makes.
struct SplitKills {
  var pecia: String
  var sources: [String]
  /// Where projects are made.
  var folder: URL

  private var options: [String] { ["--target", "29.5", "--longest", "30", "--overlap", "0.5"] }

  func run(_ kills: Int, seed: UInt64) throws {
    let whole = folder.appending(path: "whole")
    let start = ContinuousClock.now
    try finish(whole)
    let length = ContinuousClock.now - start
    let (expected, tasks) = (try contents(of: whole), try tasks(in: whole))
    var random = SplitMix64(seed: seed)
    var faults: [String] = []
    var midway = 0
    for round in 0..<kills {
      let project = folder.appending(path: "killed")
      try? FileManager.default.removeItem(at: project)
      let process = try started(project)
      let moment = length * Double.random(in: 0...1.05, using: &random)
      Thread.sleep(forTimeInterval: moment / .seconds(1))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      if process.terminationReason == .uncaughtSignal { midway += 1 }
      try finish(project)
      let found = try contents(of: project)
      let others = Set(found.keys).union(expected.keys).filter { found[$0] != expected[$0] }
      if !others.isEmpty {
        faults.append("\(round + 1): \(others.sorted().prefix(5).joined(separator: ", ")) differ")
      }
      if try self.tasks(in: project) != tasks { faults.append("\(round + 1): other tasks") }
    }
    print(
      "\(kills) kills with seed \(seed), \(midway) of them before the end: \(faults.count) faults")
    faults.forEach { print("  round \($0)") }
    guard faults.isEmpty else { throw ExitCode(1) }
  }

  private func started(_ project: URL, output: Any? = FileHandle.nullDevice, _ more: [String] = [])
    throws -> Process
  {
    let process = Process()
    process.executableURL = URL(filePath: pecia)
    process.arguments = ["split"] + sources + ["--into", project.path] + options + more
    (process.standardInput, process.standardOutput) = (FileHandle.nullDevice, output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  private func finish(_ project: URL) throws {
    let process = try started(project)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ValidationError("‘pecia split’ failed with \(process.terminationStatus)")
    }
  }

  /// What the project says of its clips, the project's own path aside.
  private func tasks(in project: URL) throws -> Data {
    let output = Pipe()
    let process = try started(project, output: output, ["--json"])
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Data(
      String(decoding: text, as: UTF8.self).replacing(project.lastPathComponent, with: "").utf8)
  }

  /// The sum of every file's bytes, the database left out.
  private func contents(of project: URL) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: project.path)
    where !name.hasPrefix("project.sqlite") {
      let url = project.appending(path: name)
      let isFolder = try url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory ?? false
      files[name] = isFolder ? Data() : try Data(contentsOf: url)
    }
    return files
  }
}
