public import Foundation
import GRDB
public import PeciaCore

/// What a reviewer decides, and what they have begun.
extension ProjectStore {
  /// Records a reviewer's text for a clip; nil takes their decision back.
  ///
  /// Workers' texts stay.
  ///
  /// The reason `why` is kept in the history.
  public func decide(
    _ text: String?, for clip: Clip, by reviewer: String, why: String? = nil, at now: Date
  ) throws {
    if let text { try Self.check(text) }
    let name = try Self.checked(worker: reviewer)
    try connection.write { database in
      let id = try Self.rowOf(clip, database)
      let worker = try Self.row(ofWorker: name, making: true, database)
      try database.execute(
        sql: "UPDATE clip SET accepted = ?, acceptedBy = ? WHERE id = ?",
        arguments: [text, text == nil ? nil : worker, id])
      try database.execute(
        sql: """
          INSERT INTO event (happened, kind, worker, clip, text, detail) VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          now.milliseconds, text == nil ? "withdrawn" : "accepted", worker, id, text, why,
        ])
      if text != nil {
        try database.execute(
          sql: "DELETE FROM draft WHERE worker = ? AND clip = ?", arguments: [worker, id])
      }
    }
  }

  /// Keeps what a reviewer has typed for a clip, until they decide.
  public func saveReview(_ text: String, for clip: Clip, by reviewer: String, at now: Date) throws {
    try Self.check(text)
    let name = try Self.checked(worker: reviewer)
    try connection.write { database in
      let id = try Self.rowOf(clip, database)
      let worker = try Self.row(ofWorker: name, making: true, database)
      try Self.saveDraft(
        text, ofClip: id, by: worker, lease: nil, at: now.milliseconds, database)
    }
  }

  /// What the reviewer typed for the clip and has not decided; nil where there is nothing.
  public func review(of clip: Clip, by reviewer: String) throws -> String? {
    let name = try Self.checked(worker: reviewer)
    return try connection.read { database in
      try String.fetchOne(
        database,
        sql: """
          SELECT d.text FROM draft d JOIN worker w ON w.id = d.worker
          WHERE w.name = ? AND d.clip = ? AND d.lease IS NULL
          """, arguments: [name, try Self.rowOf(clip, database)])
    }
  }

  private static func rowOf(_ clip: Clip, _ database: Database) throws -> Int64 {
    let id = try Int64.fetchOne(
      database, sql: "SELECT id FROM clip WHERE recording = ? AND number = ?",
      arguments: [try row(of: clip.recording, database), clip.number])
    guard let id else { throw StoreError.unknownClip(address: clip.address) }
    return id
  }
}
