public import Foundation
import GRDB
public import PeciaCore

/// What a worker did with one clip of a pack.
public struct CarriedText: Hashable, Sendable {
  public enum Ending: Hashable, Sendable {
    case submitted(String)
    case draft(String, typed: Date)
    case released(ReleaseReason?)
  }
  /// The project's lease.
  public var token: String
  /// The recording's sha256, and the clip's number in it.
  public var recording: String
  public var clip: Int
  public var ending: Ending
  /// Milliseconds of sound that the worker has heard.
  public var heard: Int
}

/// What no pack of ours has, so that a hostile one cannot make a collector run out of memory.
private enum PackLimit {
  static let clips = 100_000
  /// Bytes of one clip's sound: an hour of uncompressed stereo is less.
  static let sound = 1_000_000_000
  static let guide = 10_000_000
}

extension ProjectStore {
  /// The project's identity; a copy of the project has the same.
  public func identity() throws -> String {
    try connection.read { try String.fetchOne($0, sql: "SELECT uuid FROM project") ?? "" }
  }

  /// Looks through a pack before anything is taken from it, or done in it.
  ///
  /// `everyPage`: whether the database is read from end to end, the sounds' pages too; each sound
  /// has a hash of its own.
  ///
  /// - Throws: `StoreError.badPack` for a file that is damaged or was altered.
  public func verifyPack(everyPage: Bool = true) throws {
    let refused = { (reason: String) in
      StoreError.badPack(path: self.connection.file, reason: reason)
    }
    try connection.read { database in
      if everyPage {
        let check = try String.fetchAll(database, sql: "PRAGMA integrity_check(1)")
        guard check == ["ok"] else { throw refused("it is damaged: \(check.first ?? "")") }
      }
      if try Self.isTooLarge(database) { throw refused("it holds more than any pack does") }
      guard try Self.seal(database) == String.fetchOne(database, sql: "SELECT seal FROM origin")
      else { throw refused("it was altered since it was made") }
      let texts = """
        SELECT text, checksum FROM submission UNION ALL SELECT text, checksum FROM draft
        """
      let rows = try Row.fetchCursor(database, sql: texts)
      while let row = try rows.next() {
        let text: String = row["text"]
        guard text.utf8.count <= Self.longestText, Self.checksum(of: text) == row["checksum"]
        else { throw refused("a text in it was altered since it was typed") }
      }
      let worker = try String.fetchOne(database, sql: "SELECT worker FROM origin") ?? ""
      guard (try? Self.checked(worker: worker)) == worker else {
        throw refused("its worker's name is none")
      }
    }
  }

  /// Asked of the database, which knows lengths without reading what is that long.
  private static func isTooLarge(_ database: Database) throws -> Bool {
    try Bool.fetchOne(
      database,
      sql: """
        SELECT (SELECT count(*) FROM carried) > ? OR (SELECT count(*) FROM clip) > ?
          OR EXISTS (SELECT 1 FROM carried WHERE length(sound) > ?)
          OR EXISTS (SELECT 1 FROM project WHERE length(guide) > ?)
          OR EXISTS (SELECT 1 FROM submission WHERE length(text) > ?)
          OR EXISTS (SELECT 1 FROM draft WHERE length(text) > ?)
        """,
      arguments: [
        PackLimit.clips, PackLimit.clips, PackLimit.sound, PackLimit.guide, longestText,
        longestText,
      ]) ?? true
  }

  /// What the worker did with each clip of this pack, in order; clips not begun are left out.
  public func carriedTexts() throws -> [CarriedText] {
    try connection.read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT k.token, r.sha256, c.number, s.text AS submitted, d.text AS draft, d.saved,
            l.state AS state, l.reason AS reason,
            (SELECT coalesce(sum(heard), 0) FROM lease h WHERE h.clip = c.id) AS heard
          FROM carried k JOIN clip c ON c.id = k.clip JOIN recording r ON r.id = c.recording
          LEFT JOIN submission s ON s.clip = c.id AND s.state = 'counts'
          LEFT JOIN draft d ON d.clip = c.id
          LEFT JOIN lease l ON l.id = (SELECT max(id) FROM lease WHERE clip = c.id)
          ORDER BY c.id
          """)
      return rows.compactMap { row in
        let (submitted, draft, state): (String?, String?, String?) = (
          row["submitted"], row["draft"], row["state"]
        )
        let ending: CarriedText.Ending? =
          if let submitted {
            .submitted(submitted)
          } else if let draft {
            .draft(draft, typed: Date(milliseconds: row["saved"]))
          } else if state == "released" {
            .released((row["reason"] as String?).flatMap(ReleaseReason.init))
          } else {
            nil
          }
        return ending.map {
          CarriedText(
            token: row["token"], recording: row["sha256"], clip: row["number"], ending: $0,
            heard: row["heard"])
        }
      }
    }
  }

  /// Notes that a pack came back; whether this project knows it.
  public func noteCollected(_ pack: Pack, at now: Date) throws -> Bool {
    try connection.write { database in
      try database.execute(
        sql: "UPDATE pack SET collected = ? WHERE uuid = ?",
        arguments: [now.milliseconds, pack.id])
      return database.changesCount > 0
    }
  }

  /// How many milliseconds of sound were heard under a lease so far; 0 for one not known here.
  public func heard(of token: String) throws -> Int {
    try connection.read { database in
      guard let lease = try LeaseToken(token).flatMap({ try Self.lease($0, database) }) else {
        return 0
      }
      return try Int.fetchOne(
        database, sql: "SELECT heard FROM lease WHERE id = ?", arguments: [lease.id]) ?? 0
    }
  }

  /// Keeps a draft that a pack brought; the one that was typed last stays the worker's draft, the
  /// other goes to the history.
  ///
  /// Packs come in any order: an old copy must not cover what a newer one brought.
  public func keepCarried(
    _ text: String, lease token: String, typed: Date, heard: Int
  ) throws {
    try Self.check(text)
    try connection.write { database in
      let lease = try Self.knownLease(token, database)
      try Self.hear(heard, lease.id, database)
      let here = try database.row(
        "SELECT text, saved FROM draft WHERE worker = ? AND clip = ?", [lease.worker, lease.clip])
      let old: (text: String, saved: Int)? = here.map { ($0[0], $0[1]) }
      guard old?.text != text else { return }
      let isNewer = old.map { $0.saved < typed.milliseconds } ?? true
      if let lost = isNewer ? old?.text : text, !lost.isEmpty {
        try Self.recordDraft(lost, lease, at: typed.milliseconds, database)
      }
      if isNewer { try Self.keep(text, lease, at: typed.milliseconds, database) }
    }
  }

  private static func recordDraft(
    _ text: String, _ lease: KnownLease, at typed: Int, _ database: Database
  ) throws {
    let known = try Int.fetchOne(
      database, sql: "SELECT 1 FROM event WHERE clip = ? AND lease = ? AND text = ?",
      arguments: [lease.clip, lease.id, text])
    if known == nil { try record("draft", lease, text: text, at: typed, database) }
  }

  /// Keeps a text of a lease that only a later copy of this project knew, as the worker's draft.
  ///
  /// - Returns: the lease that it is booked under; nil when the clip is not here either.
  public func keepStrange(
    _ text: String, for clip: Int, ofRecording sha256: String, by worker: String, at now: Date
  ) throws -> Lease? {
    try Self.check(text)
    let name = try Self.checked(worker: worker)
    guard let recording = try recording(sha256: sha256),
      try clips(of: recording.name, among: clip...clip).count == 1
    else { return nil }
    let lease = try lease(for: clip, of: recording.name, by: name, at: now)
    if try !hasText(lease) { try saveDraft(text, lease: lease.token, at: now) }
    return lease
  }
}
