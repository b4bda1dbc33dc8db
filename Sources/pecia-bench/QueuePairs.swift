import Foundation
import PeciaStore

/// Claim and submit, over and over, until the time is up.
struct Pairs {
  var folder: String
  var worker: String
  var seconds: Int

  static let text =
    "Some twenty words that a worker has typed for a clip of this length, more or less."

  func store() throws {
    let store = try ProjectStore(openingAt: URL(filePath: folder))
    let end = ContinuousClock.now + .seconds(seconds)
    var pairs = 0
    while ContinuousClock.now < end { pairs += try Self.turns(1, store, worker: worker) }
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
