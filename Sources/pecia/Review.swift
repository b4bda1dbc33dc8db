import ArgumentParser
import PeciaPlayer

struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decide what is disputed, in the player.",
    discussion: """
      Shows each disputed clip with the workers' texts and the words in which they differ. F5 plays \
      those words and two seconds around them, Alt-1 to Alt-9 take a worker's text, Ctrl-S records \
      the decision in your name. The workers' texts stay.
      """)

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Option(name: .customLong("as"), help: "The reviewer's name.") var reviewer: String
  @OptionGroup(title: "The player") var player: PlayerArguments

  func run() throws {
    let isStopped = try PeciaPlayer.review(
      project, by: reviewer, options: player.options, report: report)
    if isStopped { throw ExitCode(130) }
  }
}
