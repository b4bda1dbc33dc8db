import ArgumentParser
import PeciaWorkflow

struct Forget: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a person's name out of a project, and keep the texts.",
    discussion: "The name is overwritten in the file, in what was freed too. There is no way back.")

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Argument(help: "The worker's name.") var worker: String

  func run() throws {
    print("the texts stand under the name \(try Project(opening: project).forget(worker)) now")
  }
}
