import ArgumentParser
import PeciaPlayer
import PeciaWorkflow

struct Transcribe: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Transcribe clip after clip.",
    discussion: """
      Without --with the terminal player opens: Tab plays, Ctrl-S hands in, Ctrl-G shows all keys, \
      Ctrl-Q leaves; what is typed is kept as a draft at least every second.

      With --with, ‘sh -c COMMAND’ runs for every clip, and what it prints is the text. It finds \
      PECIA_AUDIO, PECIA_RECORDING, PECIA_CLIP, PECIA_START, PECIA_END, PECIA_WORKER, \
      PECIA_LANGUAGE, PECIA_STYLE and PECIA_DRAFT in its environment. Its exit code 3 says that \
      there is nothing to transcribe; any other failure releases the task and goes on.
      """)

  @OptionGroup var place: ProjectArgument
  @Option(name: .customLong("as"), help: "The worker's name.") var worker: String
  @Option(help: "A shell command that prints the clip's text.") var with: String?
  @OptionGroup(title: "The player") var player: PlayerArguments
  @Flag(help: "Mend what is safe to mend before a text is handed in.") var fix = false

  func run() throws {
    guard let with else {
      let isStopped = try PeciaPlayer.transcribe(
        place.project, by: worker, options: player.options, report: report)
      if isStopped { throw ExitCode(130) }
      return
    }
    try transcribe(try Project(opening: place.project), with: with)
  }

  /// Lets a command work, and says how it went.
  private func transcribe(_ project: Project, with command: String) throws {
    let run = try project.transcribe(by: worker, with: command, fixing: fix, clock: .system) {
      clip, trouble in
      report("\(clip): \(trouble ?? "handed in")")
    }
    print(run.summary)
    if run.isEmpty { report("pecia: \(try project.whyNothing(for: worker))") }
    if run.interrupted { throw ExitCode(130) }
    if !run.isClean { throw ExitCode(1) }
  }
}

extension CommandRun {
  /// How it went, in one line, then each reason with the clips that it held for.
  fileprivate var summary: String {
    var parts = ["\(count(accepted, "clip")) handed in"]
    if !doubted.isEmpty { parts.append("\(doubted.count) of them doubted by their sound") }
    if empty > 0 { parts.append("\(empty) with nothing to transcribe") }
    if !refused.isEmpty { parts.append("\(refused.count) refused and kept as drafts") }
    if !failed.isEmpty { parts.append("\(failed.count) failed") }
    let reasons = Dictionary(grouping: refused + failed, by: \.reason)
      .map { reason, clips in "  \(reason): \(clips.map(\.clip).joined(separator: ", "))" }
    return ([parts.joined(separator: ", ")] + reasons.sorted()).joined(separator: "\n")
  }
}
