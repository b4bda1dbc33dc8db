import ArgumentParser
import PeciaWorkflow

@main
struct Pecia: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pecia",
    abstract: "Turn long recordings into transcripts with many hands.",
    version: peciaVersion,
    subcommands: [])
}
