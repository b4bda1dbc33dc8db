public import Foundation
import GRDB
import PeciaCore

extension ProjectStore {
  /// Higher numbers are served first; 0 at the start.
  public func setPriority(_ priority: Int, of recording: String) throws {
    try change("priority = ?", [priority], of: recording)
  }

  public func setLanguage(_ language: String, of recording: String) throws {
    try change("language = ?", [language], of: recording)
  }

  /// Takes the recording out of the project; its texts stay in the history.
  ///
  /// Its clips are not served any more, and what is handed in for them is kept as drafts.
  public func remove(_ recording: String) throws {
    try change("removed = 1", [], of: recording)
  }

  private func change(
    _ assignment: String, _ values: StatementArguments, of recording: String
  ) throws {
    try connection.write { database in
      let id = try Self.row(of: recording, database)
      try database.execute(
        sql: "UPDATE recording SET \(assignment) WHERE id = ?", arguments: values + [id])
    }
  }

  /// Whether claims find nothing until the project is resumed; texts are still taken.
  public func setPaused(_ paused: Bool) throws {
    try connection.write { database in
      try database.execute(sql: "UPDATE project SET paused = ?", arguments: [paused ? 1 : 0])
    }
  }

  /// Opens a clip again: one that was set aside is served again, of any other the texts so far
  /// stop counting (they stay in the history).
  public func reopen(_ clip: Int, of recording: String, at now: Date) throws {
    try connection.write { database in
      let id = try Self.clip(clip, of: recording, database)
      let setAside = try String.fetchOne(
        database, sql: "SELECT setAside FROM clip WHERE id = ?", arguments: [id])
      try database.execute(
        sql: """
          INSERT INTO event (happened, kind, clip, lease, text, detail)
          SELECT ?, 'reopened', id, (SELECT max(id) FROM lease WHERE clip = ?2), accepted, setAside
          FROM clip WHERE id = ?2
          """, arguments: [now.milliseconds, id])
      if setAside == nil {
        for table in ["submission", "lease"] {
          try database.execute(
            sql: """
              UPDATE \(table) SET state = 'reopened'
              WHERE clip = ? AND state IN ('counts', 'submitted')
              """, arguments: [id])
        }
      }
      try database.execute(
        sql: """
          UPDATE clip SET setAside = NULL, accepted = NULL, acceptedBy = NULL, verdict = NULL,
            agreement = NULL, wanted = max(?, taken)
          WHERE id = ?
          """, arguments: [try Self.settings(database).copies, id])
    }
  }

  /// Decides the text of a clip: it is agreed, and not served any more.
  ///
  /// `reviewer`: who decided; nil for the coordinator.
  public func accept(
    _ text: String, for clip: Int, of recording: String, by reviewer: String? = nil, at now: Date
  ) throws {
    try Self.check(text)
    let reviewer = try reviewer.map { try Self.checked(worker: $0) }
    try connection.write { database in
      let id = try Self.clip(clip, of: recording, database)
      let worker = try reviewer.map { try Self.row(ofWorker: $0, making: true, database) }
      try database.execute(
        sql: """
          UPDATE clip SET accepted = ?, acceptedBy = ?, setAside = NULL WHERE id = ?
          """, arguments: [text, worker, id])
      try database.execute(
        sql: """
          INSERT INTO event (happened, kind, worker, clip, text) VALUES (?, 'accepted', ?, ?, ?)
          """, arguments: [now.milliseconds, worker, id, text])
    }
  }

  /// The row of a clip by its number.
  static func clip(_ number: Int, of recording: String, _ database: Database) throws -> Int64 {
    let id = try Int64.fetchOne(
      database, sql: "SELECT id FROM clip WHERE recording = ? AND number = ?",
      arguments: [try row(of: recording, database), number])
    guard let id else { throw StoreError.unknownClip(address: "\(recording)/\(number)") }
    return id
  }

  /// Replaces the worker's name by one that says nothing (`worker-3`), and gives the new one.
  ///
  /// The texts stay. The old name is overwritten in the file, free pages included.
  public func forget(_ worker: String) throws -> String {
    let name = try Self.checked(worker: worker)
    let alias = try connection.write { database in
      let id = try Self.row(ofWorker: name, making: false, database)
      var alias = "worker-\(id)"
      while try Int.fetchOne(
        database, sql: "SELECT 1 FROM worker WHERE name = ?", arguments: [alias]) != nil
      {
        alias += "x"
      }
      try database.execute(
        sql: "UPDATE worker SET name = ?, forgotten = 1 WHERE id = ?", arguments: [alias, id])
      return alias
    }
    try scrub()
    return alias
  }

  /// Writes the file anew, so that nothing stands in it that was changed or deleted.
  private func scrub() throws {
    try Connection.translating(connection.file) {
      try connection.queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA secure_delete = ON; VACUUM")
        _ = try database.checkpoint(.truncate)
      }
    }
  }
}
