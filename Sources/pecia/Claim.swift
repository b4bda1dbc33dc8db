import ArgumentParser
import PeciaCore
import PeciaWorkflow

/// The argument and options that every command for a worker has.
struct ProjectArgument: ParsableArguments {
  @Argument(help: "The project's folder, or a pack.", completion: .directory) var project: String
}

struct Claim: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take one task's lease and print it.",
    discussion: "Exits with 3 when there is nothing for this worker.")

  @OptionGroup var place: ProjectArgument
  @Option(name: .customLong("as"), help: "The worker's name.") var worker: String
  @Option(help: "How long the lease lasts: 45s, 30m, 12h or 7d.") var lease: Span?
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let project = try Project(opening: place.project)
    let task = try project.claim(
      by: worker, at: WallClock.system.now, seconds: lease?.seconds)
    guard let task else {
      report("pecia: \(try project.whyNothing(for: worker))")
      throw ExitCode(3)
    }
    print(json ? task.json.text : task.page.printable)
  }
}

extension LeasedTask {
  /// The lease for people, a line each.
  fileprivate var page: String {
    """
    lease    \(lease.token)
    clip     \(clip.address)  \(clip.range.lowerBound)–\(clip.range.upperBound)
    audio    \(audio)
    expires  \(lease.expires.formatted(.iso8601))
    """ + (lease.draft.map { "\ndraft    \($0)" } ?? "")
  }
}
