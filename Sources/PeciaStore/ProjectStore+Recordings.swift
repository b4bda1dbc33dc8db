import Foundation
import GRDB
public import PeciaCore

extension ProjectStore {
  /// The project's recordings in the order in which they came.
  public func recordings() throws -> [Recording] {
    try connection.read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM recording WHERE removed = 0 ORDER BY id")
        .map(Recording.init(row:))
    }
  }

  public func recording(sha256: String) throws -> Recording? {
    try connection.read { database in
      try Row.fetchOne(
        database, sql: "SELECT * FROM recording WHERE sha256 = ? AND removed = 0",
        arguments: [sha256]
      ).map(Recording.init(row:))
    }
  }

  public func recording(named name: String) throws -> Recording? {
    try connection.read { database in
      try database.row("SELECT * FROM recording WHERE name = ? AND removed = 0", [name])
        .map(Recording.init(row:))
    }
  }

  /// The least and the greatest clip number that a query asks for; nil asks for all.
  static func bounds(_ numbers: ClosedRange<Int>?) -> StatementArguments {
    [numbers?.lowerBound ?? 0, numbers?.upperBound ?? Int.max]
  }

  /// The recording's clips by number; all, or those that `numbers` holds.
  public func clips(of recording: String, among numbers: ClosedRange<Int>? = nil) throws -> [Clip] {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      return try database.rows(
        "SELECT * FROM clip WHERE recording = ? AND number BETWEEN ? AND ? ORDER BY number",
        [id] + Self.bounds(numbers)
      ).map { Clip(row: $0, recording: recording) }
    }
  }

  /// The stretches of the recording that got no clip, in order.
  public func gaps(of recording: String) throws -> [Gap] {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      return try Row.fetchAll(
        database, sql: "SELECT * FROM gap WHERE recording = ? ORDER BY start", arguments: [id]
      ).map { row in
        Gap(range: TimeRange(row), reason: Gap.Reason(rawValue: row["reason"]) ?? .silence)
      }
    }
  }

  /// The options that the recording was cut with.
  public func cutting(of recording: String) throws -> CuttingSettings {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      let text = try String.fetchOne(
        database, sql: "SELECT cutting FROM recording WHERE id = ?", arguments: [id])
      return try decoded(CuttingSettings.self, text ?? "")
    }
  }

  /// Adds the recording with its clips, gaps, cutting options and machine-made drafts (by clip
  /// number), all or nothing.
  ///
  /// A recording is its sha256: the same one again changes nothing.
  ///
  /// - Throws: `StoreError.cutOtherwise` where it is here, cut with other options, and
  ///   `StoreError.nameTaken` where another recording has its name.
  public func add(
    _ recording: Recording, clips: [Clip], gaps: [Gap], cutting: CuttingSettings,
    drafts: [Int: String] = [:]
  ) throws {
    try connection.write { database in
      let here = try Row.fetchOne(
        database, sql: "SELECT name, cutting FROM recording WHERE sha256 = ? AND removed = 0",
        arguments: [recording.sha256])
      if let here {
        guard try decoded(CuttingSettings.self, here["cutting"]) == cutting else {
          throw StoreError.cutOtherwise(name: here["name"])
        }
        return
      }
      guard try Self.find(recording.name, database) == nil else {
        throw StoreError.nameTaken(name: recording.name)
      }
      try database.execute(
        sql: """
          INSERT INTO recording
            (name, sha256, path, duration, sampleRate, channels, language, cutting)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          recording.name, recording.sha256, recording.path, recording.duration.milliseconds,
          recording.sampleRate, recording.channels, recording.language, try encoded(cutting),
        ])
      try Self.insert(
        clips, gaps, drafts, into: database.lastInsertedRowID,
        copies: try Self.settings(database).copies, database)
    }
  }

  private static func insert(
    _ clips: [Clip], _ gaps: [Gap], _ drafts: [Int: String], into recording: Int64, copies: Int,
    _ database: Database
  ) throws {
    let clipInsert = try database.makeStatement(
      sql: """
        INSERT INTO clip (recording, number, start, end, file, speech, sha256, draft, wanted)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    for clip in clips.sorted(by: { $0.number < $1.number }) {
      try clipInsert.execute(arguments: [
        recording, clip.number, clip.range.lowerBound.milliseconds,
        clip.range.upperBound.milliseconds, clip.file, clip.speech, clip.sha256,
        drafts[clip.number], copies,
      ])
    }
    for gap in gaps {
      try database.execute(
        sql: "INSERT INTO gap (recording, start, end, reason) VALUES (?, ?, ?, ?)",
        arguments: [
          recording, gap.range.lowerBound.milliseconds, gap.range.upperBound.milliseconds,
          gap.reason.rawValue,
        ])
    }
  }

  static func find(_ recording: String, _ database: Database) throws -> Int64? {
    try database.integer("SELECT id FROM recording WHERE name = ? AND removed = 0", [recording])
  }

  /// The row of the recording that is called `recording`.
  static func row(of recording: String, _ database: Database) throws -> Int64 {
    guard let id = try find(recording, database) else {
      throw StoreError.unknownRecording(name: recording)
    }
    return id
  }
}

extension Range where Bound == Timestamp {
  init(_ row: Row) {
    let start = Timestamp(milliseconds: row["start"])
    self = start..<Swift.max(start, Timestamp(milliseconds: row["end"]))
  }
}

extension Recording {
  init(row: Row) {
    self.init(
      name: row["name"], sha256: row["sha256"], path: row["path"],
      duration: Timestamp(milliseconds: row["duration"]), sampleRate: row["sampleRate"],
      channels: row["channels"], language: row["language"])
  }
}

extension Clip {
  init(row: Row, recording: String) {
    self.init(
      recording: recording, number: row["number"], range: TimeRange(row), file: row["file"],
      speech: row["speech"], sha256: row["sha256"])
  }
}
