import GRDB
import GRDBSQLite
import PeciaCore
import Support
import Testing

@testable import PeciaStore

/// What a claim costs, counted in instructions of SQLite's machine: no clock tells it.
@Suite struct ClaimCostTests {
  @Test func `a claim costs the same in a long recording as in a short one`() throws {
    let (short, long) = (try steps(clips: 50), try steps(clips: 5_000))
    #expect(short > 0)
    #expect(Double(long) < 1.3 * Double(short), "\(long) steps in place of \(short)")
  }

  /// The steps of ten claims and hand-ins of a worker who has done ten, in a recording of `clips`.
  private func steps(clips: Int) throws -> Int {
    let project = try ScratchProject(clips: clips)
    try work(project, seconds: 0..<10)
    return try project.store.connection.queue.countingSteps {
      try work(project, seconds: 10..<20)
    }
  }

  private func work(_ project: ScratchProject, seconds: Range<Int>) throws {
    for time in seconds {
      let lease = try #require(try project.claim("ana", at: time))
      _ = try project.store.submit("x", lease: lease.token, findings: [], at: second(time))
    }
  }
}

extension DatabaseQueue {
  /// How many instructions SQLite's machine runs in `work`.
  fileprivate func countingSteps(_ work: () throws -> Void) throws -> Int {
    let count = UnsafeMutablePointer<Int>.allocate(capacity: 1)
    count.initialize(to: 0)
    defer { count.deallocate() }
    inDatabase { database in
      sqlite3_progress_handler(
        database.sqliteConnection, 1,
        { counted in
          counted?.assumingMemoryBound(to: Int.self).pointee += 1
          return 0
        }, count)
    }
    defer { inDatabase { sqlite3_progress_handler($0.sqliteConnection, 0, nil, nil) } }
    try work()
    return count.pointee
  }
}
