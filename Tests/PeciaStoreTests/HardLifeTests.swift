import Foundation
import GRDB
import PeciaCore
import Support
import Testing

@testable import PeciaStore

/// A disk that fills up, a clock that jumps, an upgrade that fails.
@Suite struct HardLifeTests {
  // MARK: A full disk

  /// As many pages as the file has now, and `more`: SQLite finds no room for others.
  private func limit(_ store: ProjectStore, more: Int) throws {
    try store.connection.queue.writeWithoutTransaction { database in
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(pages + more)")
    }
  }

  @Test(arguments: [0, 1, 2, 3, 5, 8])
  func `a full disk loses nothing that was acknowledged, and the work goes on`(room: Int) throws {
    let project = try ScratchProject(clips: 40)
    let text = { (number: Int) in String(repeating: "word \(number) ", count: 300) }
    try limit(project.store, more: room)
    var (acknowledged, refused): ([String], Int) = ([], 0)
    for number in 0..<20 {
      do {
        let lease = try #require(try project.claim("w\(number)", at: number))
        let outcome = try project.store.submit(
          text(number), lease: lease.token, findings: [], at: second(number))
        #expect(outcome == .accepted)
        acknowledged.append(text(number))
      } catch StoreError.full {
        refused += 1
      }
    }
    #expect(refused > 0)
    #expect(try project.store.submissions(of: "talk").map(\.text).sorted() == acknowledged.sorted())
    #expect(try project.store.examine(at: second(30)) == ProjectStore.Examination())
    // Room is made.
    try limit(project.store, more: 10_000)
    let lease = try #require(try project.claim("late", at: 4_000))
    #expect(
      try project.store.submit("Now.", lease: lease.token, findings: [], at: second(4_001))
        == .accepted)
  }

  // MARK: The clock

  @Test func `a clock set back makes no lease last longer than it was made for`() throws {
    let project = try ScratchProject(clips: 2)
    let day = 86_400
    let ahead = try #require(try project.claim("ana", at: 10 * day))
    // Ten days back: the lease is held, and runs out half an hour from now.
    #expect(try project.claim("bo", at: 0)?.clip.number == 2)
    #expect(try project.counts(at: 0) == [.leased: 2])
    #expect(try project.claim("cy", at: 1799) == nil)
    let next = try #require(try project.claim("cy", at: 1801))
    #expect(next.clip.number == 1)
    let late = try project.store.submit("x", lease: ahead.token, findings: [], at: second(1802))
    guard case .keptAsDraft = late else {
      Issue.record("\(late)")
      return
    }
    #expect(
      try project.store.submit("y", lease: next.token, findings: [], at: second(-10 * day))
        == .accepted)
    #expect(try project.store.pace(at: second(-20 * day)).missing >= 0)
    let history = try project.store.history(of: .latest(100), at: second(0))
    #expect(history.allSatisfy { $0.ended ?? $0.began <= second(10 * day + 1800) })
  }

  @Test(arguments: 0..<12)
  func `however the clock jumps, no place is held twice`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let project = try ScratchProject(ProjectSettings(copies: 2, leaseSeconds: 60), clips: 4)
    var leases: [Lease] = []
    var accepted = 0
    for step in 0..<60 {
      let now = step + Int.random(in: -5000...5000, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0, 1:
        if let lease = try project.claim("w\(Int.random(in: 0..<5, using: &random))", at: now) {
          leases.append(lease)
        }
      case 2:
        guard let lease = leases.randomElement(using: &random) else { continue }
        let outcome = try project.store.submit(
          "text \(step)", lease: lease.token, findings: [], at: second(now))
        if outcome == .accepted { accepted += 1 }
      default:
        guard let lease = leases.randomElement(using: &random) else { continue }
        _ = try? project.store.renew(lease.token, at: second(now))
      }
      let over = try project.store.connection.read {
        try Int.fetchOne($0, sql: "SELECT count(*) FROM clip WHERE held + taken > wanted")
      }
      #expect(over == 0)
    }
    #expect(try project.store.submissions(of: "talk").count == accepted)
    #expect(try project.store.examine(at: second(0)) == ProjectStore.Examination())
  }

  // MARK: An upgrade

  /// A project as the first form of the file made it, with one text.
  private func oldProject(in folder: TemporaryFolder) throws -> String {
    let file = folder("project.sqlite")
    let old = try Connection(file: file, create: true, steps: [Schema.steps[0]])
    try old.write { database in
      try database.execute(
        sql: "INSERT INTO project (id, uuid, settings, guide) VALUES (1, 'u', ?, NULL)",
        arguments: [try encoded(ProjectSettings())])
      try database.execute(
        sql: """
          INSERT INTO recording (name, sha256, path, duration, sampleRate, channels, language, cutting)
          VALUES ('talk', 's', '', 20000, 16000, 1, 'en', '{}');
          INSERT INTO clip (recording, number, start, end, file, speech, sha256, wanted)
          VALUES (1, 1, 0, 20000, 'f', 1, 's', 1);
          INSERT INTO worker (name) VALUES ('ana');
          INSERT INTO draft (clip, worker, text, checksum, saved) VALUES (1, 1, 'half', 0, 0)
          """)
    }
    return file
  }

  private func version(_ file: String) throws -> Int? {
    try DatabaseQueue(path: file).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
  }

  private func draft(in file: String) throws -> String? {
    try DatabaseQueue(path: file).read { try String.fetchOne($0, sql: "SELECT text FROM draft") }
  }

  private func files(in folder: TemporaryFolder) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
      .filter { !$0.hasSuffix("-wal") && !$0.hasSuffix("-shm") }.sorted()
  }

  @Test func `an older project is taken forward, and its backup goes when that has worked`() throws
  {
    let folder = try TemporaryFolder()
    let file = try oldProject(in: folder)
    #expect(try version(file) == 1)
    let store = try ProjectStore(openingAt: folder.url)
    #expect(try store.clips(of: "talk").count == 1)
    #expect(try version(file) == Schema.steps.count)
    #expect(try draft(in: file) == "half")
    #expect(try files(in: folder) == ["project.sqlite"])
  }

  @Test(arguments: [
    "CREATE TABLE project (x)", "DROP TABLE draft; SELECT no_such_function()",
    "DELETE FROM draft; INSERT INTO clip (recording, number) VALUES (1, 2)",
  ])
  func `an upgrade that fails leaves the project as it was, and a backup`(step: String) throws {
    let folder = try TemporaryFolder()
    let file = try oldProject(in: folder)
    let steps = [Schema.steps[0], "CREATE TABLE more (x)", step]
    #expect(throws: StoreError.self) { try Connection(file: file, steps: steps) }
    #expect(try version(file) == 1 && draft(in: file) == "half")
    let backup = "\(file).before-3"
    #expect(try files(in: folder) == ["project.sqlite", "project.sqlite.before-3"])
    #expect(try version(backup) == 1 && draft(in: backup) == "half")
    // The pecia that wrote it goes on with it, and a mended newer one takes it forward.
    #expect(
      try Connection(file: file, steps: [Schema.steps[0]]).read { try $0.tableExists("draft") })
    _ = try Connection(file: file, steps: Array(steps[..<2]) + ["CREATE TABLE still (x)"])
    #expect(try version(file) == 3 && draft(in: file) == "half")
    #expect(try files(in: folder) == ["project.sqlite"])
  }

  @Test func `a backup that a killed upgrade left goes at the next opening`() throws {
    let folder = try TemporaryFolder()
    let file = try oldProject(in: folder)
    try FileManager.default.copyItem(atPath: file, toPath: "\(file).before-\(Schema.steps.count)")
    _ = try ProjectStore(openingAt: folder.url)
    _ = try ProjectStore(openingAt: folder.url)
    #expect(try files(in: folder) == ["project.sqlite"])
  }

  @Test func `an older file that lies about its tables is not taken forward`() throws {
    let folder = try TemporaryFolder()
    let file = try oldProject(in: folder)
    try DatabaseQueue(path: file).write {
      try $0.execute(sql: "CREATE TRIGGER evil AFTER INSERT ON clip BEGIN DELETE FROM draft; END")
    }
    #expect(throws: StoreError.self) { try ProjectStore(openingAt: folder.url) }
    #expect(try version(file) == 1)
  }

  @Test func `a newer project is refused with a sentence and left as it is`() throws {
    let project = try ScratchProject()
    try project.store.connection.queue.writeWithoutTransaction {
      try $0.execute(sql: "PRAGMA user_version = 99")
    }
    #expect(throws: StoreError.newer(path: project.path, version: 99, known: Schema.steps.count)) {
      try ProjectStore(openingAt: project.store.folder)
    }
  }

  // MARK: Where it lies

  @Test(arguments: [
    ("/srv/job", "nfs4"), ("/srv/job/deep", "nfs4"), ("/srv/jobs", nil), ("/home/a b/p", "cifs"),
    ("/home", nil), ("/srv/job/local/p", nil),
  ])
  func `a network share is told from a local disk`(path: String, kind: String?) {
    let mounts = """
      /dev/sda / ext4 rw 0 0
      server:/job /srv/job nfs4 rw 0 0
      /dev/sdb /srv/job/local ext4 rw 0 0
      //nas/x /home/a\\040b cifs rw 0 0
      """
    #expect(ProjectStore.networkShare(holding: path, mounts: mounts) == kind)
  }
}
