public import Foundation
import GRDB

extension ProjectStore {
  /// What is wrong in the database, one sentence each; counts that are wrong are put right.
  public struct Examination: Hashable, Sendable {
    public var faults: [String] = []
    public var mended: [String] = []

    public init() {}
  }

  /// Checks the database from end to end, and mends what is safe to mend.
  public func examine(at now: Date) throws -> Examination {
    var examination = Examination()
    examination.faults = try connection.read { database in
      let pages = try String.fetchAll(database, sql: "PRAGMA integrity_check(20)")
      let strays = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
      return (pages == ["ok"] ? [] : pages.map { "the database is damaged: \($0)" })
        + (strays.isEmpty ? [] : ["\(strays.count) rows belong to nothing"])
    }
    guard examination.faults.isEmpty else { return examination }
    return try connection.write { database in
      try Self.sweep(database, at: now.milliseconds)
      examination.faults += try Self.changedTexts(database)
      examination.mended += try Self.recount(database)
      let found = try Self.placeStrays(database, at: now.milliseconds)
      examination.mended += found.placed
      examination.faults += found.left
      return examination
    }
  }

  /// Texts that are not what was typed.
  private static func changedTexts(_ database: Database) throws -> [String] {
    var faults: [String] = []
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT t.what, t.text, t.checksum, r.name, c.number FROM (
          SELECT 'text' AS what, clip, text, checksum FROM submission
          UNION ALL SELECT 'draft', clip, text, checksum FROM draft) t
        JOIN clip c ON c.id = t.clip JOIN recording r ON r.id = c.recording
        """)
    while faults.count < 20, let row = try rows.next() {
      guard checksum(of: row["text"]) != row["checksum"] else { continue }
      let (what, name, number): (String, String, Int) = (row["what"], row["name"], row["number"])
      faults.append("a \(what) of \(name)/\(number) is not what was typed")
    }
    return faults
  }

  private static func recount(_ database: Database) throws -> [String] {
    let counts = [
      (
        "clips whose leases were miscounted",
        """
        WITH truth AS (SELECT clip, sum(state = 'held') AS held, sum(state = 'submitted') AS taken
                       FROM lease GROUP BY clip)
        UPDATE clip SET
          held = coalesce((SELECT held FROM truth WHERE truth.clip = clip.id), 0),
          taken = coalesce((SELECT taken FROM truth WHERE truth.clip = clip.id), 0)
        WHERE (held, taken) IS NOT (
          coalesce((SELECT held FROM truth WHERE truth.clip = clip.id), 0),
          coalesce((SELECT taken FROM truth WHERE truth.clip = clip.id), 0))
        """
      ),
      (
        "states that were miscounted",
        """
        INSERT INTO tally (recording, state, clips)
        SELECT recording, state, sum(n) FROM (
          SELECT recording, state, count(*) AS n FROM clip GROUP BY 1, 2
          UNION ALL SELECT recording, state, 0 FROM tally) GROUP BY 1, 2
        HAVING sum(n) IS NOT coalesce((
          SELECT clips FROM tally t WHERE (t.recording, t.state) = (recording, state)), 0)
        ON CONFLICT DO UPDATE SET clips = excluded.clips WHERE clips <> excluded.clips
        """
      ),
      (
        "recordings whose clips were miscounted",
        """
        UPDATE recording SET openings = openings + 1,
          clips = (SELECT count(*) FROM clip WHERE recording = recording.id),
          openClips = (SELECT count(*) FROM clip WHERE recording = recording.id AND places > 0)
        WHERE (clips, openClips) IS NOT (
          (SELECT count(*) FROM clip WHERE recording = recording.id),
          (SELECT count(*) FROM clip WHERE recording = recording.id AND places > 0))
        """
      ),
      (
        "workers whose texts were miscounted",
        """
        UPDATE worker SET
          submissions =
            (SELECT count(*) FROM lease WHERE worker = worker.id AND state = 'submitted'),
          released = (SELECT count(*) FROM lease WHERE worker = worker.id AND state = 'released')
        WHERE (submissions, released) IS NOT (
          (SELECT count(*) FROM lease WHERE worker = worker.id AND state = 'submitted'),
          (SELECT count(*) FROM lease WHERE worker = worker.id AND state = 'released'))
        """
      ),
    ]
    return try counts.compactMap { what, sql in
      try database.execute(sql: sql)
      return database.changesCount > 0 ? "\(database.changesCount) \(what)" : nil
    }
  }

  /// Makes drafts of kept texts whose lease is known again; gives what was placed and what is left.
  private static func placeStrays(
    _ database: Database, at now: Int
  ) throws -> (placed: [String], left: [String]) {
    var (placed, left): ([String], [String]) = ([], [])
    for row in try Row.fetchAll(database, sql: "SELECT * FROM stray ORDER BY id") {
      let (id, token, text): (Int64, String, String) = (row["id"], row["token"], row["text"])
      guard let lease = try LeaseToken(token).flatMap({ try lease($0, database) }) else {
        left.append("a text came in for the unknown lease \(token): \(text.prefix(60))")
        continue
      }
      try keep(text, lease, at: now, database)
      try database.execute(sql: "DELETE FROM stray WHERE id = ?", arguments: [id])
      placed.append("a kept text is the draft of \(lease.lease.clip.address) now")
    }
    return (placed, left)
  }

  /// The kind of network file system that holds `path`, by a table of mounts as Linux shows it.
  static func networkShare(holding path: String, mounts: String) -> String? {
    // The last mount with the longest folder above the project holds it.
    var (longest, kind) = (0, "")
    for mount in mounts.split(separator: "\n").map({ $0.split(separator: " ") })
    where mount.count > 2 {
      let folder = mount[1].replacing("\\040", with: " ")
      let place = folder.hasSuffix("/") ? folder : folder + "/"
      guard "\(path)/".hasPrefix(place), place.count >= longest else { continue }
      (longest, kind) = (place.count, String(mount[2]))
    }
    let shares = ["nfs", "cifs", "smb", "9p", "afs", "ceph", "gluster", "fuse.sshfs", "ncp"]
    return shares.contains { kind.hasPrefix($0) } ? kind : nil
  }

  /// The kind of network file system that the project lies on; nil for a local one.
  public var networkShare: String? {
    #if os(Linux)
      guard let mounts = try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8) else {
        return nil
      }
      return Self.networkShare(holding: folder.resolvingSymlinksInPath().path, mounts: mounts)
    #else
      let values = try? folder.resourceValues(forKeys: [.volumeIsLocalKey])
      return values?.volumeIsLocal == false ? "not a local disk" : nil
    #endif
  }
}
