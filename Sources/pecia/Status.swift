import ArgumentParser
import Foundation
import PeciaWorkflow

struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Show where the job stands.")

  @OptionGroup var place: ProjectArgument
  @Flag(help: "Print one JSON object.") var json = false
  @Flag(help: "Draw the page again every two seconds, until Ctrl-C.") var watch = false

  func validate() throws {
    if json && watch { throw ValidationError("--watch is for people: leave out --json") }
  }

  func run() async throws {
    let project = try Project(opening: place.project)
    guard watch else { return print(try page(of: project)) }
    while true {
      // Home, the page, and away with what stood below it.
      print("\u{1B}[H\u{1B}[2J\(try page(of: project))")
      fflush(nil)
      try await Task.sleep(for: .seconds(2))
    }
  }

  private func page(of project: Project) throws -> String {
    let now = WallClock.system.now
    let report = try project.status(at: now)
    return json
      ? report.json.text : report.page(width: Self.width, pace: try project.pace(at: now))
  }

  /// The terminal's columns; 80 where there is none.
  private static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
