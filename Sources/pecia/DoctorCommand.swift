import ArgumentParser
import PeciaWorkflow

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check a project and mend what is safe to mend.",
    discussion: "Exits with 1 when something is left that a person has to look at.")

  @Argument(help: "The project's folder.", completion: .directory) var project: String

  func run() throws {
    let diagnosis = try Project(opening: project).diagnose(at: WallClock.system.now)
    for line in diagnosis.mended { print("mended: \(line)") }
    for line in diagnosis.faults { print("fault: \(line)") }
    guard diagnosis.faults.isEmpty else { throw ExitCode(1) }
    print(diagnosis.mended.isEmpty ? "all is well" : "all is well now")
  }
}
