public import Foundation
import GRDB
public import PeciaCore

extension ProjectStore {
  /// The lease under which a worker's text is booked who was given the clip by other means: their
  /// last one on it, or a new one that has run out already, so that the text counts while the clip
  /// has a free place.
  public func lease(
    for clip: Int, of recording: String, by worker: String, at now: Date
  ) throws -> Lease {
    let token = try token(for: clip, of: recording, by: worker, at: now)
    guard let lease = try lease(token.description) else {
      throw StoreError.unknownLease(token: token.description)
    }
    return lease
  }

  /// Whether the lease's worker has a text for its clip that counts.
  public func hasText(_ lease: Lease) throws -> Bool {
    try connection.read { database in
      let known = try Self.knownLease(lease.token, database)
      return try Self.counting(for: known, database) != nil
    }
  }

  private func token(
    for clip: Int, of recording: String, by worker: String, at now: Date
  ) throws -> LeaseToken {
    let name = try Self.checked(worker: worker)
    return try connection.write { database in
      let now = now.milliseconds
      try Self.sweep(database, at: now)
      let id = try Self.clip(clip, of: recording, database)
      let worker = try Self.row(ofWorker: name, making: true, database)
      let known = try Row.fetchOne(
        database,
        sql: """
          SELECT id, secret FROM lease WHERE worker = ? AND clip = ?
          ORDER BY state = 'submitted' DESC, state = 'held' DESC, id DESC LIMIT 1
          """, arguments: [worker, id])
      if let known { return LeaseToken(row: known["id"], secret: known["secret"]) }
      let secret = LeaseToken.newSecret()
      try database.execute(
        sql: """
          INSERT INTO lease
            (secret, clip, worker, taken, renewed, expires, lasts, state, ended)
          VALUES (?, ?, ?, ?4, ?4, ?4, 1000, 'expired', ?4)
          """, arguments: [secret, id, worker, now])
      return LeaseToken(row: database.lastInsertedRowID, secret: secret)
    }
  }
}
