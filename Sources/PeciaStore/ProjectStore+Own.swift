public import Foundation
import GRDB
public import PeciaCore

/// A text of a worker's own that counts, and whether it may still be changed.
public struct OwnText: Hashable, Sendable {
  public var lease: Lease
  public var text: String
  public var submitted: Date
  /// Nobody has judged the clip: it is neither agreed, disputed, accepted nor set aside.
  public var canChange: Bool
}

/// What a worker holds and has handed in, for the player.
extension ProjectStore {
  /// The leases that `worker` holds at `now`, but those in packs; what was typed last comes first.
  public func leases(heldBy worker: String, at now: Date) throws -> [Lease] {
    let name = try Self.checked(worker: worker)
    return try connection.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT l.id, l.secret FROM lease l JOIN worker w ON w.id = l.worker
          JOIN clip c ON c.id = l.clip JOIN recording r ON r.id = c.recording
          LEFT JOIN draft d ON d.worker = l.worker AND d.clip = l.clip
          WHERE w.name = ? AND l.state = 'held' AND l.expires > ? AND l.pack IS NULL
            AND r.removed = 0
          ORDER BY coalesce(d.saved, 0) DESC, l.id
          """, arguments: [name, now.milliseconds])
      return try rows.compactMap { row in
        try Self.lease(LeaseToken(row: row["id"], secret: row["secret"]), database)?.lease
      }
    }
  }

  /// The text that came with the clip; nil where it has none.
  public func machineDraft(of clip: Clip) throws -> String? {
    try connection.read { database in
      let id = try Self.row(of: clip.recording, database)
      return try String.fetchOne(
        database, sql: "SELECT draft FROM clip WHERE recording = ? AND number = ?",
        arguments: [id, clip.number])
    }
  }

  /// The worker's texts that count, the newest first, `limit` at most.
  public func texts(of worker: String, limit: Int) throws -> [OwnText] {
    let name = try Self.checked(worker: worker)
    return try connection.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT l.id, l.secret, s.text, s.submitted, c.state FROM submission s
          JOIN worker w ON w.id = s.worker JOIN lease l ON l.id = s.lease
          JOIN clip c ON c.id = s.clip JOIN recording r ON r.id = c.recording
          WHERE w.name = ? AND s.state = 'counts' AND r.removed = 0
          ORDER BY s.submitted DESC, s.id DESC LIMIT ?
          """, arguments: [name, limit])
      return try rows.compactMap { row in
        let token = LeaseToken(row: row["id"], secret: row["secret"])
        guard let lease = try Self.lease(token, database)?.lease else { return nil }
        let judged = ["agreed", "disputed", "setAside"].contains(row["state"] as String)
        return OwnText(
          lease: lease, text: row["text"], submitted: Date(milliseconds: row["submitted"]),
          canChange: !judged)
      }
    }
  }

  /// Puts a new text in the place of one that counts; the old one stays in the history.
  ///
  /// - Throws: `StoreError.unknownLease`; `StoreError.leaseIsOver` where no text of the lease
  ///   counts, or the clip has been judged.
  public func change(_ text: String, lease token: String, findings: [Finding], at now: Date) throws
  {
    try Self.check(text)
    let findings = try encoded(findings)
    try connection.write { database in
      let lease = try Self.knownLease(token, database)
      let state = try String.fetchOne(
        database,
        sql: """
          SELECT c.state FROM clip c JOIN submission s ON s.clip = c.id
          WHERE s.worker = ? AND s.lease = ? AND s.state = 'counts'
          """, arguments: [lease.worker, lease.id])
      guard let state else {
        throw StoreError.leaseIsOver(token: token, how: "has no text that counts")
      }
      guard !["agreed", "disputed", "setAside"].contains(state) else {
        throw StoreError.leaseIsOver(token: token, how: "has a text that has been judged")
      }
      try database.execute(
        sql: """
          UPDATE submission SET state = 'kept' WHERE worker = ? AND lease = ? AND state = 'counts'
          """, arguments: [lease.worker, lease.id])
      try Self.insert(text, lease, findings: findings, at: now.milliseconds, database)
      try Self.record("changed", lease, at: now.milliseconds, database)
    }
  }
}
