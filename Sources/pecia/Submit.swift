import ArgumentParser
import PeciaCore
import PeciaWorkflow

/// The arguments of commands that speak of one lease.
struct LeaseArgument: ParsableArguments {
  @Argument(help: "The project's folder, or a pack.", completion: .directory) var project: String
  @Argument(help: "The lease that ‘claim’ printed.") var lease: String
}

struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hand in a text.",
    discussion: """
      Error-level findings of the project's guide refuse it: they are listed, the text is kept as \
      a draft, and the command exits with 1. The same text twice is one submission.
      """)

  @OptionGroup var place: LeaseArgument
  @Argument(help: "The file of the text; standard input without one.", completion: .file())
  var file = "-"
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let project = try Project(opening: place.project)
    let text = try readWorkerText(file)
    let handedIn = try project.submit(text, lease: place.lease, at: WallClock.system.now)
    var all = HandInReport()
    all.add(handedIn)
    let clip = handedIn.lease.clip.address
    if json {
      print(all.json.text)
    } else {
      for finding in handedIn.findings { print(finding.line.printable) }
    }
    switch handedIn.outcome {
    case .accepted: if !json { print("\(clip) is handed in") }
    case .alreadyIn: if !json { print("\(clip) is in already, with the same text") }
    case .keptAsDraft(let reason):
      report("pecia: \(clip) is not handed in, but kept as a draft: \(reason)")
      throw ExitCode(1)
    }
  }
}
