public import Foundation
import GRDB
public import PeciaCore

/// What a pack is: whose, from where, until when.
public struct Pack: Hashable, Sendable {
  /// The project's identity, not its folder.
  public var project: String
  public var id: String
  public var worker: String
  public var made: Date
  public var expires: Date
}

/// A clip that a pack carries.
public struct CarriedClip: Hashable, Sendable {
  public var lease: Lease
  /// The sound file that goes into the pack, and its sha256.
  public var file: URL
  public var sha256: String

  public init(lease: Lease, file: URL, sha256: String) {
    self.lease = lease
    self.file = file
    self.sha256 = sha256
  }
}

extension ProjectStore {
  /// Leases up to `count` tasks for a pack, all or none; empty when there is none for the worker.
  ///
  /// `seconds`: how long the leases last: a pack cannot renew them.
  public func claimPack(
    by worker: String, count: Int, seconds: Int, at now: Date
  ) throws -> (pack: Pack, leases: [Lease]) {
    let name = try Self.checked(worker: worker)
    return try connection.write { database in
      let now = now.milliseconds
      let pack = Pack(
        project: try String.fetchOne(database, sql: "SELECT uuid FROM project") ?? "",
        id: UUID().uuidString.lowercased(), worker: name, made: Date(milliseconds: now),
        expires: Date(milliseconds: now + seconds * 1000))
      try database.execute(
        sql: "INSERT INTO pack (uuid, worker, made) VALUES (?, ?, ?)",
        arguments: [pack.id, try Self.row(ofWorker: name, making: true, database), now])
      let row = database.lastInsertedRowID
      var leases: [Lease] = []
      while leases.count < count,
        let lease = try Self.claim(
          by: name, at: now, seconds: seconds, excluding: [], pack: row, database)
      {
        leases.append(lease)
      }
      if leases.isEmpty {
        try database.execute(sql: "DELETE FROM pack WHERE id = ?", arguments: [row])
      }
      return (
        pack,
        leases.sorted { ($0.clip.recording, $0.clip.number) < ($1.clip.recording, $1.clip.number) }
      )
    }
  }

  /// Writes a pack's file, which must not be there.
  ///
  /// `guide`: the text of the project's style guide.
  public func write(
    _ pack: Pack, _ clips: [CarriedClip], guide: String, to file: String
  ) throws {
    let settings = try settings()
    var recordings: [String: Recording] = [:]
    for name in Set(clips.map(\.lease.clip.recording)) {
      recordings[name] = try recording(named: name)
    }
    let target = try ProjectStore(makingPack: file)
    try target.connection.write { database in
      try database.execute(
        sql: "INSERT INTO project (id, uuid, settings, guide) VALUES (1, ?, ?, ?)",
        arguments: [pack.id, try encoded(settings), guide])
      for recording in recordings.values.sorted(by: { $0.name < $1.name }) {
        try database.execute(
          sql: """
            INSERT INTO recording
              (name, sha256, path, duration, sampleRate, channels, language, cutting)
            VALUES (?, ?, '', ?, ?, ?, ?, '{}')
            """,
          arguments: [
            recording.name, recording.sha256, recording.duration.milliseconds,
            recording.sampleRate, recording.channels, recording.language,
          ])
      }
      for clip in clips { try Self.carry(clip, database) }
      try database.execute(
        sql: """
          INSERT INTO origin (id, project, pack, worker, made, expires, seal)
          VALUES (1, ?, ?, ?, ?, ?, '')
          """,
        arguments: [
          pack.project, pack.id, pack.worker, pack.made.milliseconds, pack.expires.milliseconds,
        ])
      try database.execute(sql: "UPDATE origin SET seal = ?", arguments: [try Self.seal(database)])
    }
  }

  private static func carry(_ clip: CarriedClip, _ database: Database) throws {
    let (lease, form) = (clip.lease.clip, clip.file.pathExtension)
    try database.execute(
      sql: """
        INSERT INTO clip (recording, number, start, end, file, speech, sha256, draft, wanted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1)
        """,
      arguments: [
        try row(of: lease.recording, database), lease.number, lease.range.lowerBound.milliseconds,
        lease.range.upperBound.milliseconds, "\(lease.recording)-\(lease.number).\(form)",
        lease.speech, lease.sha256, clip.lease.draft,
      ])
    try database.execute(
      sql: "INSERT INTO carried (clip, token, sha256, sound) VALUES (?, ?, ?, ?)",
      arguments: [
        database.lastInsertedRowID, clip.lease.token, clip.sha256, try Data(contentsOf: clip.file),
      ])
  }

  /// A checksum over all that never changes in a pack but its sounds, which have their own.
  static func seal(_ database: Database) throws -> String {
    let parts = try [
      "SELECT uuid || settings || coalesce(guide, '') FROM project",
      "SELECT name || sha256 || duration || language FROM recording ORDER BY id",
      """
      SELECT recording || ' ' || number || ' ' || start || ' ' || end || ' ' || file || ' '
        || clip.sha256 || ' ' || coalesce(draft, '') || ' ' || token || ' ' || carried.sha256
      FROM clip JOIN carried ON carried.clip = clip.id ORDER BY clip.id
      """,
      "SELECT project || pack || worker || made || expires FROM origin",
    ].map { try String.fetchAll(database, sql: $0).joined(separator: "\n") }
    return String(UInt64(bitPattern: checksum(of: parts.joined(separator: "\n\n"))), radix: 16)
  }

  /// What the pack is; nil for a project.
  public func pack() throws -> Pack? {
    try connection.read { database in
      try Row.fetchOne(database, sql: "SELECT * FROM origin").map {
        Pack(
          project: $0["project"], id: $0["pack"], worker: $0["worker"],
          made: Date(milliseconds: $0["made"]), expires: Date(milliseconds: $0["expires"]))
      }
    }
  }

  /// The sound of a clip that this pack carries, and its sha256; nil for a clip that it does not.
  public func sound(of clip: Clip) throws -> (bytes: Data, sha256: String)? {
    try connection.read { database in
      try Row.fetchOne(
        database, sql: "SELECT sound, sha256 FROM carried WHERE clip = ?",
        arguments: [try Self.clip(clip.number, of: clip.recording, database)]
      ).map { ($0["sound"], $0["sha256"]) }
    }
  }
}
