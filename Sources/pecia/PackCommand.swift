import ArgumentParser
import Foundation
import PeciaWorkflow

struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack", abstract: "Lease tasks into one file to take away.",
    discussion: """
      ‘pecia transcribe PACK’ works in it without a network, and ‘pecia collect’ takes it back. \
      Its leases cannot be renewed, so they last long. Exits with 3 when there is nothing for \
      this worker.
      """)

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Option(name: .customLong("as"), help: "The worker's name.") var worker: String
  @Option(help: "How many clips.") var count: Int
  @Option(name: .shortAndLong, help: "The pack's file.", completion: .file()) var output: String
  @Option(help: "How long its leases last: 12h, 7d. (default: 7d)") var lease: Span?
  @Option(help: "Write the clips anew in this form: opus makes the pack small.")
  var format: String?
  @Flag(help: "Say about how large the pack will be, and make none.") var estimate = false

  func validate() throws {
    guard (1...100_000).contains(count) else {
      throw ValidationError("--count must lie between 1 and 100000")
    }
    if let format, !SplitRequest.formats.contains(format) {
      throw ValidationError(
        "--format must be one of \(SplitRequest.formats.joined(separator: ", ")), not ‘\(format)’")
    }
  }

  func run() throws {
    let project = try Project(opening: project)
    var request = PackRequest(worker: worker, count: count, format: format)
    if let lease { request.seconds = lease.seconds }
    let size = try project.packSize(request)
    let sentence =
      "a pack of \(pecia.count(count, "clip")) has about \(size.formatted(.byteCount(style: .file)))"
    guard !estimate else { return print(sentence) }
    report("pecia: \(sentence)")
    let carried = try project.pack(request, to: output, at: WallClock.system.now)
    guard carried > 0 else {
      report("pecia: \(try project.whyNothing(for: worker))")
      throw ExitCode(3)
    }
    print("\(output): \(pecia.count(carried, "clip")) for \(worker)")
  }
}
