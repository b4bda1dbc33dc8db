import ArgumentParser
import Foundation
import PeciaWorkflow

struct Renew: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a lease last again, and print its new end.")

  @OptionGroup var place: LeaseArgument

  func run() throws {
    let project = try Project(opening: place.project)
    print(try project.renew(place.lease, at: WallClock.system.now).formatted(.iso8601))
  }
}
