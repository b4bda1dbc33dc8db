import Foundation
import PeciaStore
import PeciaWorkflow

/// Claim and submit, over and over, until the time is up.
struct Pairs {
  var folder: String
  var worker: String
  var seconds: Int

  static let text =
    "Some twenty words that a worker has typed for a clip of this length, more or less."

  func store() throws {
    let store = try ProjectStore(openingAt: URL(filePath: folder))
    try untilTimeIsUp { try Self.turns(1, store, worker: worker) }
  }

  /// The same through what the commands call: the guide checks each text, and it is judged.
  func project() throws {
    let project = try Project(opening: folder)
    try untilTimeIsUp {
      guard let task = try project.claim(by: worker, at: Date()) else { return 0 }
      _ = try project.submit(Self.text, lease: task.lease.token, at: Date())
      return 1
    }
  }

  /// Does `pair` over and over, and prints how many tasks it found.
  func untilTimeIsUp(_ pair: () throws -> Int) throws {
    let end = ContinuousClock.now + .seconds(seconds)
    var pairs = 0
    while ContinuousClock.now < end { pairs += try pair() }
    print(pairs)
  }

  /// Does `count` pairs, and gives how many found a task.
  @discardableResult
  static func turns(_ count: Int, _ store: ProjectStore, worker: String) throws -> Int {
    var done = 0
    for _ in 0..<count {
      guard let lease = try store.claim(by: worker, at: Date()) else { break }
      _ = try store.submit(Self.text, lease: lease.token, findings: [], at: Date())
      done += 1
    }
    return done
  }
}
