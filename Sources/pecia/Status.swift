import ArgumentParser
import Foundation
import PeciaPlayer
import PeciaWorkflow

struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show where the job stands.")

  @OptionGroup var place: ProjectArgument
  @Flag(help: "Print one JSON object.") var json = false
  @Flag(help: "Draw the page again every two seconds, until Ctrl-C.") var watch = false

  func validate() throws {
    if json && watch { throw ValidationError("--watch is for people: leave out --json") }
  }

  func run() throws {
    let project = try Project(opening: place.project)
    if watch { return try Watch { try page(of: project, columns: $0) }.run() }
    print(try page(of: project, columns: terminalSize(of: STDOUT_FILENO).columns))
  }

  private func page(of project: Project, columns: Int) throws -> String {
    let now = WallClock.system.now
    let report = try project.status(at: now)
    return json
      ? report.json.text : report.page(width: columns, pace: try project.pace(at: now))
  }
}
