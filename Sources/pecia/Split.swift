import ArgumentParser
import Foundation
import PeciaCore
import PeciaWorkflow

struct Split: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cut recordings into overlapping clips at pauses and queue them as tasks.",
    discussion: """
      Every moment of a recording is in a clip or in a listed gap. The same recording again \
      changes nothing; after a crash the same command goes on where it stopped.
      """)

  @Argument(help: "Sound files to cut.", completion: .file())
  var recordings: [String]
  @Option(help: "The project's folder; it is made if it is not there.", completion: .directory)
  var into: String
  @Option(help: "Wished seconds in a clip. (default: 20)", transform: seconds)
  var target: Timestamp?
  @Option(help: "Most seconds in a clip, shared parts included. (default: 30)", transform: seconds)
  var longest: Timestamp?
  @Option(help: "Least seconds that neighbouring clips share. (default: 2)", transform: seconds)
  var overlap: Timestamp?
  @Option(help: "How many workers transcribe one clip. (default: 1)")
  var copies: Int?
  @Option(help: "How long a lease lasts in a new project: 45s, 30m, 12h, 7d. (default: 30m)")
  var lease: Span?
  @Option(help: "From 0 to 1: texts that agree this much are agreed. (default: 0.85)")
  var agree: Double?
  @Option(
    help: "prefer: a worker gets neighbours of their clips last; strict: never. (default: prefer)")
  var apart: String?
  @Option(help: "The style guide: a name or a file. (default: clean-verbatim)")
  var style: String?
  @Option(help: "The recordings' language. (default: en)")
  var language: String?
  @Option(help: "The clips' form: \(SplitRequest.formats.joined(separator: ", ")). (default: flac)")
  var format: String?
  @Option(help: "Frames a second in the clips. (default: the recording's)")
  var rate: Int?
  @Flag(help: "Mix the channels into one.")
  var mono = false
  @Option(
    help: "Seconds: stretches without speech this long get no clip; 0 keeps all. (default: 10)",
    transform: seconds)
  var skipSilence: Timestamp?
  @Option(help: "Captions or a transcript: a starting text for each clip.", completion: .file())
  var draft: String?
  @Option(help: "Pieces of work done at once. (default: one a processor)")
  var jobs: Int?
  @Flag(help: "Print clips and gaps as JSON.")
  var json = false

  func validate() throws {
    try checkLanguage(language)
    if let format, !SplitRequest.formats.contains(format) {
      throw ValidationError(
        "--format must be one of \(SplitRequest.formats.joined(separator: ", ")), not ‘\(format)’")
    }
    if let copies, !(1...100).contains(copies) {
      throw ValidationError("--copies must lie between 1 and 100")
    }
    if let agree, !(0...1).contains(agree) {
      throw ValidationError("--agree must lie between 0 and 1")
    }
    if let apart, !ProjectChange.isApart(apart) {
      throw ValidationError("--apart must be prefer or strict")
    }
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("--jobs must lie between 1 and 256")
    }
    if draft != nil, recordings.count > 1 {
      throw ValidationError("--draft belongs to one recording: split the others without it")
    }
    if let contradiction = request.contradiction { throw ValidationError(contradiction) }
  }

  private var request: SplitRequest {
    var request = SplitRequest(
      recordings: recordings, project: into,
      jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount)
    request.target = target?.milliseconds
    request.longest = longest?.milliseconds
    request.overlap = overlap?.milliseconds
    request.skipSilence = skipSilence?.milliseconds
    request.copies = copies
    request.leaseSeconds = lease?.seconds
    request.agree = agree
    request.isStrict = apart == "strict"
    request.style = style
    request.language = language
    request.format = format
    request.rate = rate
    request.mono = mono ? true : nil
    request.draft = draft
    return request
  }

  func run() async throws {
    let line = ProgressLine(isShown: !json && isatty(STDERR_FILENO) == 1)
    let report: SplitReport
    do {
      report = try await Splitter(
        request, warn: { line.say("pecia: \($0)") }, progress: { line.show($0) }
      ).run()
    } catch is CancellationError {
      line.say("pecia: stopped; the same command again goes on from here")
      throw ExitCode(130)
    }
    line.clear()
    if json {
      print(report.json.text)
    } else {
      report.entries.forEach { print($0.summary) }
    }
    report.failures.forEach { line.say("pecia: \($0)") }
    if !report.failures.isEmpty { throw ExitCode(2) }
  }
}

/// Plain decimal seconds, as an argument: `12`, `12.48`.
private func seconds(_ text: String) throws -> Timestamp {
  guard let time = Timestamp(decimalSeconds: text) else {
    throw ValidationError("‘\(text)’ is no number of seconds, such as 12 or 12.480")
  }
  return time
}
