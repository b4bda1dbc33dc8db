import ArgumentParser
import PeciaCore
import PeciaWorkflow

struct Release: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Give a task back; that costs the worker nothing.",
    discussion: "A clip that several workers give back for the same reason is set aside.")

  @OptionGroup var place: LeaseArgument
  @Option(
    help: "Why: \(ReleaseReason.allCases.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.reason)
  var reason: ReleaseReason?

  func run() throws {
    let project = try Project(opening: place.project)
    try project.release(place.lease, reason: reason, at: WallClock.system.now)
  }

  private static func reason(_ text: String) throws -> ReleaseReason {
    guard let reason = ReleaseReason(rawValue: text) else {
      throw ValidationError("no such reason")
    }
    return reason
  }
}
