import ArgumentParser
import PeciaWorkflow

struct Collect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take the texts of packs back, or of tables with recording,clip,worker,text.",
    discussion: "In any order, half-done, twice or late: nothing is lost, and nothing counts twice."
  )

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Argument(help: "Packs, or CSV files.", completion: .file()) var packs: [String]
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let project = try Project(opening: project)
    var all = HandInReport()
    var failures = 0
    for pack in packs {
      do {
        let one = try project.collect(pack, at: WallClock.system.now)
        if !json { print("\(pack): \(one.summary)") }
        all.add(one)
      } catch {
        report("pecia: \(error)")
        failures += 1
      }
    }
    if json { print(all.json.text) }
    if failures > 0 { throw ExitCode(2) }
    if !all.isClean { throw ExitCode(1) }
  }
}
