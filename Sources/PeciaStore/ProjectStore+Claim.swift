public import Foundation
import GRDB
public import PeciaCore

extension ProjectStore {
  /// Leases the next task to `worker`; nil when there is none for them.
  ///
  /// Recordings come by priority, then in the order in which they were added; in a recording come
  /// the clips that lack the fewest texts, then by number. A worker gets a clip once, and none
  /// that touches a clip of theirs unless nothing else is open (never when the project says
  /// `strict`). What they gave back without a reason comes last, what they gave back with one
  /// never again. Their own unfinished draft comes first. A lease that has run out holds nothing.
  ///
  /// `seconds`: how long the lease lasts; nil takes the project's setting.
  ///
  /// `excluding`: addresses (`talk/7`) of clips that are not wanted.
  public func claim(
    by worker: String, at now: Date, seconds: Int? = nil, excluding: Set<String> = []
  ) throws -> Lease? {
    let name = try Self.checked(worker: worker)
    return try connection.write { database in
      try Self.claim(
        by: name, at: now.milliseconds, seconds: seconds, excluding: excluding, pack: nil,
        database)
    }
  }

  static func claim(
    by worker: String, at now: Int, seconds: Int?, excluding: Set<String>, pack: Int64?,
    _ database: Database
  ) throws -> Lease? {
    // Its settings are some ten values; a claim needs two.
    let project = try database.row(
      """
      SELECT paused, json_extract(settings, '$.leaseSeconds'), json_extract(settings, '$.apart')
      FROM project
      """)
    guard let project, project[0] == 0 else { return nil }
    try sweep(database, at: now)
    let search = TaskSearch(
      database: database, worker: try row(ofWorker: worker, making: true, database),
      strict: ProjectSettings.Apart(rawValue: project[2]) == .strict, excluding: excluding)
    guard let clip = try search.next() else { return nil }
    let token = try take(
      clip, by: search.worker, at: now, seconds: seconds ?? project[1], pack: pack, database)
    return try lease(token, database)?.lease
  }

  /// The lease that `token` stands for, also when it is over; nil when it is not known here.
  public func lease(_ token: String) throws -> Lease? {
    try connection.read { database in
      try LeaseToken(token).flatMap { try Self.lease($0, database) }?.lease
    }
  }

  /// Makes the lease last again from `now`, and gives its new end.
  ///
  /// One that has run out is taken up again while its place is free.
  ///
  /// - Throws: `StoreError.unknownLease`; `StoreError.leaseIsOver` where it was handed in or given
  ///   back, or its place is gone.
  public func renew(_ token: String, at now: Date) throws -> Date {
    try connection.write { database in
      let now = now.milliseconds
      try Self.sweep(database, at: now)
      let held = try Self.knownLease(token, database)
      let clash = try Self.otherLease(than: held, database) != nil
      switch held.state {
      case "held": break
      case "expired" where held.places > 0 && !clash: break
      default:
        throw StoreError.leaseIsOver(token: token, how: held.ending)
      }
      let expires = now + held.lasts
      try database.run(
        "UPDATE lease SET state = 'held', renewed = ?, expires = ?, ended = NULL WHERE id = ?",
        [now, expires, held.id])
      return Date(milliseconds: expires)
    }
  }

  /// Gives a task back; that costs the worker nothing.
  ///
  /// When several workers give a clip back for the same reason, it is set aside. Giving back what
  /// is given back or has run out already changes nothing.
  ///
  /// `heard`: how many milliseconds of sound the worker has heard since the last report.
  ///
  /// - Throws: `StoreError.unknownLease`; `StoreError.leaseIsOver` where the text is in.
  public func release(
    _ token: String, reason: ReleaseReason?, at now: Date, heard: Int = 0
  ) throws {
    try connection.write { database in
      let held = try Self.knownLease(token, database)
      try Self.hear(heard, held.id, database)
      guard held.state != "submitted", held.state != "reopened" else {
        throw StoreError.leaseIsOver(token: token, how: held.ending)
      }
      guard held.state != "released" else { return }
      try database.run(
        "UPDATE lease SET state = 'released', reason = ?, ended = ? WHERE id = ?",
        [reason?.rawValue, now.milliseconds, held.id])
      guard let reason else { return }
      let workers = try Int.fetchOne(
        database,
        sql: """
          SELECT count(DISTINCT worker) FROM lease
          WHERE clip = ? AND state = 'released' AND reason = ?
            AND id > coalesce((SELECT max(lease) FROM event WHERE kind = 'reopened' AND clip = ?1), 0)
          """, arguments: [held.clip, reason.rawValue])
      guard workers ?? 0 >= (try Self.settings(database)).setAsideAfter else { return }
      try database.execute(
        sql: "UPDATE clip SET setAside = ? WHERE id = ? AND accepted IS NULL AND setAside IS NULL",
        arguments: [reason.rawValue, held.clip])
    }
  }

  /// Ends what has run out at `now`, and brings leases from a clock that was ahead back to it.
  static func sweep(_ database: Database, at now: Int) throws {
    try database.run(
      """
      UPDATE lease SET renewed = ?1, expires = ?1 + lasts
      WHERE state = 'held' AND expires > ?1 AND expires - lasts > ?1
      """, [now])
    try database.run(
      "UPDATE lease SET state = 'expired', ended = expires WHERE state = 'held' AND expires <= ?",
      [now])
  }

  private static func take(
    _ clip: Int64, by worker: Int64, at now: Int, seconds: Int, pack: Int64?,
    _ database: Database
  ) throws -> LeaseToken {
    let secret = LeaseToken.newSecret()
    let lasts = min(max(seconds, 1), 31_536_000) * 1000
    try database.run(
      """
      INSERT INTO lease (secret, clip, worker, taken, renewed, expires, lasts, state, pack)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'held', ?)
      """, [secret, clip, worker, now, now, now + lasts, lasts, pack])
    return LeaseToken(row: database.lastInsertedRowID, secret: secret)
  }
}
