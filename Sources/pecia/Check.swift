import ArgumentParser
import Foundation
import PeciaCore
import PeciaWorkflow

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say how far texts agree, what is disputed, and why.",
    discussion: """
      Judges every text anew, by the style guide, by the seconds that neighbouring clips share and \
      by the copies of a clip, and asks for a further copy where it would help. Ends with 1 when a \
      clip is disputed or a text breaks a rule of error level.
      """)

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Option(
    help: "The agreement from which a clip counts as agreed, 0 to 1; kept for the project (0.85).")
  var agree: Double?
  @Option(help: "The most copies of a clip that may be asked for; kept for the project (5).")
  var copiesMax: Int?
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (0...1).contains(agree ?? 0) else {
      throw ValidationError("--agree must lie between 0 and 1")
    }
    guard (1...100).contains(copiesMax ?? 1) else {
      throw ValidationError("--copies-max must lie between 1 and 100")
    }
  }

  func run() throws {
    let report = try Project(opening: project)
      .checked(agree: agree, copiesMax: copiesMax, at: Date())
    print(json ? report.json.text : report.page.printable)
    if report.hasComplaints { throw ExitCode(1) }
  }
}

extension CheckReport {
  /// The report as people read it.
  fileprivate var page: String {
    var lines: [String] = []
    for recording in Set(clips.map(\.recording)).sorted() {
      lines += summary(of: recording)
    }
    if !workers.isEmpty { lines += ["", "workers"] + workers.map(line(of:)) }
    return lines.joined(separator: "\n")
  }

  private func summary(of recording: String) -> [String] {
    let mine = clips.filter { $0.recording == recording }
    let counts = ClipState.allCases.compactMap { state -> String? in
      let number = mine.count { $0.state == state }
      return number > 0 ? "\(number) \(state.word)" : nil
    }
    var lines = ["\(recording): \(count(mine, "clip")), \(counts.joined(separator: ", "))"]
    let disputed = mine.filter { $0.state == .disputed }.map { "\(recording)/\($0.clip)" }
    if !disputed.isEmpty { lines.append("  disputed: " + disputed.joined(separator: " ")) }
    lines += disputes.filter { $0.recording == recording }.flatMap { self.lines(of: $0) }
    for clip in mine {
      for finding in clip.findings where finding.isShown {
        let line = "  \(recording)/\(clip.clip)  \(finding.worker): \(finding.finding.message)"
        lines.append(
          finding.isOfSound
            ? line : line + " (\(finding.finding.rule), at “\(finding.finding.text)”)")
      }
    }
    return lines
  }

  /// The dispute's place and score, the text taken among the words around it, and the others below.
  private func lines(of dispute: DisputeLine) -> [String] {
    let place = dispute.clips.map { "\(dispute.recording)/\($0)" }.joined(separator: " and ")
    let clocks = [dispute.range.lowerBound.clock, dispute.range.upperBound.clock]
    let time = clocks[0] == clocks[1] ? clocks[0] : clocks.joined(separator: "–")
    let who = dispute.kind == "seam" ? "neighbours" : "copies"
    let share = Int((dispute.score * 100).rounded())
    let before = dispute.before.isEmpty ? "" : "… \(dispute.before) "
    let after = dispute.after.isEmpty ? "" : " \(dispute.after) …"
    let texts = dispute.texts.map { $0.isEmpty ? "(nothing)" : "“\(Self.shortened($0))”" }
    let indent = String(repeating: " ", count: 6)
    return ["  \(time)  \(place), \(who) differ; the first is taken (\(share) %):"]
      + texts.prefix(1).map { indent + before + $0 + after }
      + texts.dropFirst().map {
        indent + String(repeating: " ", count: before.count) + $0
      }
  }

  /// A long text by its beginning and its end, on one line.
  private static func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " / ")
    return line.count <= 160 ? line : line.prefix(100) + " … " + line.suffix(50)
  }

  private func line(of worker: WorkerLine) -> String {
    let share = worker.reliability.map { "\(Int(($0 * 100).rounded())) %" } ?? "–"
    let evidence = "\(worker.comparisons) comparison\(worker.comparisons == 1 ? "" : "s")"
    return "  \(worker.worker): \(share) borne out by others, in \(evidence)"
      + (worker.isThin ? ": not enough evidence yet" : "")
  }
}

extension ClipState {
  /// The state as people read it.
  var word: String {
    switch self {
    case .setAside: "set aside"
    case .thin: "with too little evidence"
    default: rawValue
    }
  }
}
