import Foundation
import GRDB
import PeciaAudio
import PeciaCore
import Support
import Testing

@testable import PeciaStore
@testable import PeciaWorkflow

/// Packs that somebody has made or changed to do harm.
@Suite struct HostilePackTests {
  private let scratch: ScratchProject
  private let project: Project
  private let pack: String

  init() throws {
    scratch = try ScratchProject(ProjectSettings(style: "plain"))
    project = try Project(opening: scratch.path)
    pack = scratch.folder("kim.pack")
    let sound = URL(filePath: try scratch.folder.write("not really a sound", to: "s.flac"))
    let (made, leases) = try scratch.store.claimPack(
      by: "kim", count: 2, seconds: 600, at: second(0))
    try scratch.store.write(
      made,
      try leases.map {
        CarriedClip(lease: $0, file: sound, sha256: try sha256(ofFile: sound.path))
      },
      guide: try project.guide().source, to: pack)
    let inside = try Project(opening: pack)
    let task = try #require(try inside.claim(by: "kim", at: second(1)))
    try inside.store.noteHeard(7_000, lease: task.lease.token)
    _ = try inside.submit("hello there", lease: task.lease.token, at: second(2))
    let next = try #require(try inside.claim(by: "kim", at: second(3)))
    try inside.draft("half", lease: next.lease.token, at: second(4))
  }

  /// A copy of the pack with `sql` run in it, and sealed again if wanted: the seal is no secret.
  private func altered(_ sql: String, sealed: Bool = false) throws -> String {
    let copy = scratch.folder("altered-\(UUID().uuidString).pack")
    try FileManager.default.copyItem(atPath: pack, toPath: copy)
    try DatabaseQueue(path: copy).writeWithoutTransaction { database in
      try database.execute(sql: sql)
      if sealed {
        try database.execute(
          sql: "UPDATE origin SET seal = ?", arguments: [try ProjectStore.seal(database)])
      }
    }
    return copy
  }

  /// All that a collected pack could change.
  private func state() throws -> [String] {
    try scratch.store.connection.read { database in
      try ["lease", "submission", "draft", "event", "stray", "worker", "pack", "clip"].flatMap {
        try Row.fetchAll(database, sql: "SELECT * FROM \($0)").map(\.description)
      }
    }
  }

  private func expectRefused(_ file: String, _ comment: String) throws {
    let before = try state()
    do {
      _ = try project.collect(file, at: second(10))
      Issue.record("taken: \(comment)")
    } catch let error as StoreError {
      guard case .badPack(let path, let reason) = error else {
        Issue.record("\(comment): \(error)")
        return
      }
      #expect(path == file && !reason.isEmpty && !reason.contains("\n"), "\(comment): \(reason)")
    }
    #expect(try state() == before, "\(comment)")
  }

  @Test func `the pack itself is taken, twice and in any order, once`() throws {
    let old = try altered(
      "UPDATE draft SET text = 'ha', checksum = \(ProjectStore.checksum(of: "ha")), saved = saved - 1000"
    )
    for file in [pack, old, pack] { _ = try project.collect(file, at: second(10)) }
    #expect(try scratch.store.submissions(of: "talk").map(\.text) == ["hello there"])
    let texts = try scratch.store.connection.read {
      try String.fetchAll($0, sql: "SELECT text FROM draft")
    }
    #expect(texts == ["half"])
    let history = try scratch.store.history(of: .worker("kim"), at: second(20))
    #expect(history.filter { $0.kind == "draft" }.map(\.text) == ["ha"])
    #expect(history.filter { $0.kind == "submitted" }.map(\.heard) == [7_000])
  }

  @Test(arguments: [
    "CREATE TABLE more (x)",
    "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n",
    "CREATE TRIGGER t AFTER UPDATE ON lease BEGIN DELETE FROM submission; END",
    "DROP TABLE carried; CREATE VIEW carried AS SELECT 1 AS clip",
    "DROP INDEX submission_counts", "PRAGMA user_version = 99", "PRAGMA user_version = 0",
    "PRAGMA application_id = 1", "PRAGMA application_id = \(Schema.projectID)",
    "UPDATE clip SET file = '../../../etc/passwd'", "UPDATE origin SET worker = 'ana'",
    "UPDATE project SET guide = 'name: evil'", "UPDATE clip SET draft = 'x'",
    "UPDATE submission SET text = 'Altered.'", "UPDATE draft SET text = 'Altered.'",
    "DELETE FROM origin", "DELETE FROM carried", "DELETE FROM project",
    "UPDATE carried SET sound = zeroblob(10)",
    "PRAGMA encoding = 'UTF-16'; VACUUM; DELETE FROM origin",
  ])
  func `an altered pack is refused and changes nothing`(sql: String) throws {
    let file = try altered(sql)
    try expectRefused(file, sql)
    // A sound has a hash of its own, and is looked at when it is wanted.
    if !sql.hasPrefix("UPDATE carried SET sound") { try expectNotOpened(file, sql) }
  }

  /// Whoever would work in such a pack is told so at once.
  private func expectNotOpened(_ file: String, _ comment: String) throws {
    do {
      _ = try Project(opening: file)
      Issue.record("opened: \(comment)")
    } catch let error as StoreError {
      guard case .badPack(_, let reason) = error else {
        Issue.record("\(comment): \(error)")
        return
      }
      #expect(!reason.isEmpty && !reason.contains("\n"), "\(comment): \(reason)")
    }
  }

  @Test(arguments: [
    "UPDATE origin SET project = 'another'",
    "UPDATE origin SET worker = 'ev' || char(10) || 'il'",
    "UPDATE origin SET worker = ''",
    "UPDATE carried SET sound = zeroblob(10)",
    "UPDATE carried SET sha256 = '../../x'",
    "UPDATE project SET guide = printf('%.*c', 20000000, 'x')",
    "UPDATE submission SET text = printf('%.*c', 2000000, 'x')",
    "UPDATE draft SET text = printf('%.*c', 2000000, 'x')",
    """
    WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 100100)
    INSERT INTO clip (recording, number, start, end, file, speech, sha256, wanted)
    SELECT 1, i, 0, 1, 'f', 1, 's', 1 FROM n
    """,
  ])
  func `one that is sealed again is refused all the same`(sql: String) throws {
    try expectRefused(try altered(sql, sealed: true), sql)
  }

  @Test func `a path that leaves the folder is never followed`() throws {
    let evil = try altered(
      "UPDATE clip SET file = '../../../../tmp/evil.flac'; UPDATE recording SET name = '../../evil'",
      sealed: true)
    let inside = try Project(opening: evil)
    for clip in try inside.store.clips(of: "../../evil") {
      let file = try inside.audio(of: clip).standardizedFileURL.path
      #expect(file.hasPrefix(inside.store.folder.standardizedFileURL.path + "/"), "\(file)")
    }
    // Its leases are the project's own, so what was typed in it is no stranger's.
    _ = try project.collect(evil, at: second(10))
    #expect(try scratch.store.recordings().map(\.name) == ["talk"])
  }

  @Test(arguments: [0, 1, 20, 100, 5_000, 40_000, -1, -4_096])
  func `a pack of another length is refused`(length: Int) throws {
    let whole = try Data(contentsOf: URL(filePath: pack))
    let copy = scratch.folder("cut.pack")
    try whole.prefix(length < 0 ? whole.count + length : length).write(to: URL(filePath: copy))
    // Shorter than its first sixteen bytes it is no database at all, and no table either.
    if length < 16 {
      #expect(throws: (any Error).self) { try project.collect(copy, at: second(10)) }
    } else {
      try expectRefused(copy, "\(length) bytes")
    }
  }

  @Test func `a pack that is all holes is not copied`() throws {
    let copy = scratch.folder("holes.pack")
    try FileManager.default.copyItem(atPath: pack, toPath: copy)
    #expect(truncate(copy, 1 << 42) == 0)
    try expectRefused(copy, "four tebibytes")
  }

  @Test(arguments: 0..<60)
  func `a changed byte never takes a wrong text`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var bytes = try Data(contentsOf: URL(filePath: pack))
    let place = Int.random(in: 16..<bytes.count, using: &random)
    bytes[place] ^= UInt8.random(in: 1...255, using: &random)
    let copy = scratch.folder("byte.pack")
    try bytes.write(to: URL(filePath: copy))
    do {
      _ = try project.collect(copy, at: second(10))
      // It lay where nothing stands.
      #expect(try scratch.store.submissions(of: "talk").map(\.text) == ["hello there"])
    } catch is StoreError {
      #expect(try scratch.store.submissions(of: "talk").isEmpty, "byte \(place)")
    }
  }
}
