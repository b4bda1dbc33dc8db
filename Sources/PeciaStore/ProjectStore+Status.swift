public import Foundation
import GRDB
import PeciaCore

extension ProjectStore {
  /// Where the project stands at `now`, from kept counts: the same time for any number of clips.
  public func status(at now: Date) throws -> StatusReport {
    try connection.read { database in
      let settings = try Self.settings(database)
      return StatusReport(
        project: folder.path, language: settings.language, style: settings.style,
        copies: settings.copies,
        paused: try Int.fetchOne(database, sql: "SELECT paused FROM project") == 1,
        recordings: try Self.recordingStatus(database, at: now.milliseconds),
        workers: try Self.workerStatus(database, at: now.milliseconds))
    }
  }

  /// How fast the project goes on at `now`.
  public func pace(at now: Date) throws -> Pace {
    try connection.read { database in
      let places = try Int.fetchOne(
        database,
        sql: """
          SELECT coalesce(sum(places), 0) FROM clip INDEXED BY clip_queue
          JOIN recording r ON r.id = recording AND r.removed = 0 WHERE places > 0
          """)
      let held = try Int.fetchOne(
        database, sql: "SELECT count(*) FROM lease INDEXED BY lease_held WHERE state = 'held'")
      let times = try Int.fetchAll(
        database,
        sql: """
          SELECT submitted FROM submission WHERE submitted > ? ORDER BY id DESC LIMIT 100
          """, arguments: [now.milliseconds - 7_200_000])
      // A pack that comes in brings many at once: a minute is the least that tells a pace.
      var perHour: Double?
      if times.count >= 5, let first = times.min() {
        perHour = Double(times.count) * 3_600_000 / Double(max(now.milliseconds - first, 60_000))
      }
      return Pace(missing: (places ?? 0) + (held ?? 0), perHour: perHour)
    }
  }

  private static func recordingStatus(
    _ database: Database, at now: Int
  ) throws -> [StatusReport.RecordingStatus] {
    var states: [Int64: [ClipState: Int]] = [:]
    let count = { (recording: Int64, state: ClipState, clips: Int) in
      states[recording, default: [:]][state == .thin ? .submitted : state, default: 0] += clips
    }
    for row in try Row.fetchAll(database, sql: "SELECT recording, state, clips FROM tally") {
      count(row["recording"], ClipState(rawValue: row["state"]) ?? .open, row["clips"])
    }
    for change in try runOut(database, at: now) {
      count(change.recording, .leased, -1)
      count(change.recording, change.state, 1)
    }
    return try Row.fetchAll(
      database, sql: "SELECT id, name, duration, clips FROM recording WHERE removed = 0 ORDER BY id"
    ).map {
      StatusReport.RecordingStatus(
        name: $0["name"], duration: Timestamp(milliseconds: $0["duration"]), clips: $0["clips"],
        states: states[$0["id"]] ?? [:])
    }
  }

  private static func workerStatus(
    _ database: Database, at now: Int
  ) throws -> [StatusReport.WorkerStatus] {
    let leased = try Row.fetchAll(
      database,
      sql: """
        SELECT worker, count(*) AS leases FROM lease INDEXED BY lease_held
        WHERE state = 'held' AND expires > ? GROUP BY worker
        """, arguments: [now])
    let leases: [Int64: Int] = Dictionary(
      uniqueKeysWithValues: leased.map { ($0["worker"], $0["leases"]) })
    return try Row.fetchAll(
      database, sql: "SELECT id, name, submissions, released FROM worker ORDER BY name"
    ).map {
      StatusReport.WorkerStatus(
        worker: $0["name"], submissions: $0["submissions"], leased: leases[$0["id"]] ?? 0,
        released: $0["released"])
    }
  }
}
