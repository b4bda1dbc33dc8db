import ArgumentParser
import PeciaWorkflow

struct Draft: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Keep a text as the worker's draft.",
    discussion: "It outlives the lease: who claims the clip again finds it.")

  @OptionGroup var place: LeaseArgument
  @Argument(help: "The file of the text; standard input without one.", completion: .file())
  var file = "-"

  func run() throws {
    let project = try Project(opening: place.project)
    try project.draft(try readWorkerText(file), lease: place.lease, at: WallClock.system.now)
  }
}
