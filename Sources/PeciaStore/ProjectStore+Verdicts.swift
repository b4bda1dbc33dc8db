public import Foundation
import GRDB
public import PeciaCore

extension ProjectStore {
  /// What judging found of one clip.
  public struct Verdict: Hashable, Sendable {
    /// The clip's number in its recording.
    public var clip: Int
    /// From 0 to 1; nil without evidence.
    public var agreement: Double?
    /// `agreed`, `disputed`, `thin` or `submitted`; anything else takes an earlier verdict back.
    public var state: ClipState
    /// Whether one more worker should transcribe it.
    public var wantsCopy: Bool

    public init(clip: Int, agreement: Double?, state: ClipState, wantsCopy: Bool) {
      self.clip = clip
      self.agreement = agreement
      self.state = state
      self.wantsCopy = wantsCopy
    }
  }
}

extension ProjectStore {
  /// Stores what judging at `now` found; a clip's newest judgement stands.
  ///
  /// A further copy is asked for only while every place is filled and fewer than the project's
  /// `copiesMax` are wanted: asking twice is asking once.
  public func record(_ verdicts: [Verdict], of recording: String, at now: Date) throws {
    guard !verdicts.isEmpty else { return }
    try connection.write { database in
      let id = try Self.row(of: recording, database)
      let most = try Self.settings(database).copiesMax
      // A judgement from far ahead is from a clock that was put right since.
      let update = try database.cachedStatement(
        sql: """
          UPDATE clip SET verdict = :verdict, agreement = :agreement, judged = :now,
            wanted = wanted + (:more AND taken >= wanted AND wanted < :most AND accepted IS NULL
                               AND setAside IS NULL)
          WHERE recording = :recording AND number = :clip
            AND (judged IS NULL OR judged <= :now OR judged > :now + 60000)
          """)
      for verdict in verdicts {
        let judged = [ClipState.agreed, .disputed, .thin, .submitted].contains(verdict.state)
        try update.execute(arguments: [
          "verdict": judged ? verdict.state.rawValue : nil, "agreement": verdict.agreement,
          "now": now.milliseconds, "more": verdict.wantsCopy, "most": most, "recording": id,
          "clip": verdict.clip,
        ])
      }
    }
  }

  /// Where each clip of the recording stands at `now`, by number.
  public func states(of recording: String, at now: Date) throws -> [Int: ClipState] {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      let rows = try Row.fetchAll(
        database, sql: "SELECT number, state FROM clip WHERE recording = ?", arguments: [id])
      var states: [Int: ClipState] = Dictionary(
        uniqueKeysWithValues: rows.map { ($0["number"], ClipState(rawValue: $0["state"]) ?? .open) }
      )
      for change in try Self.runOut(database, at: now.milliseconds) where change.recording == id {
        states[change.number] = change.state
      }
      return states
    }
  }

  /// How many workers each clip of the recording wants, by number.
  public func copies(of recording: String, among numbers: ClosedRange<Int>? = nil) throws -> [Int:
    Int]
  {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      let rows = try database.rows(
        "SELECT number, wanted FROM clip WHERE recording = ? AND number BETWEEN ? AND ?",
        [id] + Self.bounds(numbers))
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["number"], $0["wanted"]) })
    }
  }

  struct RunOut {
    var recording: Int64
    var number: Int
    var state: ClipState
  }

  /// Clips that are leased only by leases that have run out at `now`, and where they stand then.
  ///
  /// Leases end in the next claim's transaction: reading writes nothing.
  static func runOut(_ database: Database, at now: Int) throws -> [RunOut] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT c.recording, c.number,
          CASE WHEN c.taken < c.wanted THEN 'open' WHEN c.verdict IS 'thin' THEN 'thin'
               ELSE 'submitted' END AS state
        FROM (SELECT clip, count(*) AS leases FROM lease INDEXED BY lease_held
              WHERE state = 'held' AND expires <= ? GROUP BY clip) l
        JOIN clip c ON c.id = l.clip
        WHERE c.state = 'leased' AND c.held = l.leases
        """, arguments: [now]
    ).map {
      RunOut(
        recording: $0["recording"], number: $0["number"],
        state: ClipState(rawValue: $0["state"]) ?? .open)
    }
  }
}
