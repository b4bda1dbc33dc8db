import GRDB

/// Finds the next clip for a worker, inside a claim's transaction.
///
/// What was searched in vain is remembered by recording until one of its places opens again, and
/// each search goes on where the worker's last one ended: a claim costs the same in a small
/// project and in a large one.
struct TaskSearch {
  let database: Database
  let worker: Int64
  let strict: Bool
  let excluding: Set<String>

  /// Which clips will do.
  private enum Kind: String, CaseIterable {
    /// None that touches a clip of theirs.
    case apart = "spentApart"
    case beside = "spentBeside"
    /// What they gave back without a reason.
    case returned = "spentReturned"
  }

  func next() throws -> Int64? {
    if let draft = try ownDraft() { return draft }
    for kind in Kind.allCases where !(strict && kind == .beside) {
      if let clip = try first(kind) { return clip }
    }
    return nil
  }

  /// The open clip of the worker's newest draft whose lease has run out.
  private func ownDraft() throws -> Int64? {
    let any = try database.integer("SELECT 1 FROM draft WHERE worker = ? LIMIT 1", [worker])
    guard any != nil else { return nil }
    let clips = try database.rows(
      """
      SELECT c.id, r.name, c.number FROM draft d
      JOIN clip c ON c.id = d.clip JOIN recording r ON r.id = c.recording
      WHERE d.worker = ? AND c.places > 0 AND r.removed = 0
        AND EXISTS (SELECT 1 FROM lease l WHERE l.worker = d.worker AND l.clip = c.id)
        AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.worker = d.worker AND l.clip = c.id
                        AND l.state IN ('held', 'submitted', 'released'))
      ORDER BY d.saved DESC, c.id LIMIT 100
      """, [worker])
    return clips.first { !excluded($0[1], $0[2]) }.map { $0[0] }
  }

  private func first(_ kind: Kind) throws -> Int64? {
    let recordings = try database.cachedStatement(
      sql: """
        SELECT r.id, r.name, r.openings, coalesce(t.number, 0) AS number
        FROM recording r INDEXED BY recording_queue
        LEFT JOIN round t ON t.worker = ? AND t.recording = r.id
        WHERE r.openClips > 0 AND r.removed = 0 AND coalesce(t.\(kind.rawValue), -1) < r.openings
        ORDER BY r.priority DESC, r.id
        """)
    let rows = try Row.fetchCursor(recordings, arguments: [worker])
    while let row = try rows.next() {
      let recording = OpenRecording(row)
      if let clip = try clip(in: recording, kind) { return clip }
    }
    return nil
  }

  private struct OpenRecording {
    let id: Int64
    let name: String
    let openings: Int
    /// The clip that the worker had last.
    let number: Int

    init(_ row: Row) {
      (id, name, openings, number) = (row[0], row[1], row[2], row[3])
    }
  }

  private func clip(in recording: OpenRecording, _ kind: Kind) throws -> Int64? {
    let (behind, before) = (recording.number + 1..<Int.max, 1..<recording.number + 1)
    var skipped = false
    // First a few clips from where the worker's round stands, those that lack the fewest texts
    // before others; then all.
    for limit in [12, -1] {
      var last = 0
      while let places = try numberOfPlaces(above: last, in: recording.id) {
        last = places
        for numbers in [behind, before] where !numbers.isEmpty {
          let found = try find(
            recording, kind, places: places, numbers, limit: limit, skipped: &skipped)
          if let found { return found }
        }
      }
    }
    if !skipped { try note(kind.rawValue, recording.openings, recording.id) }
    return nil
  }

  /// The least number of places above `least` that an open clip of the recording has.
  private func numberOfPlaces(above least: Int, in recording: Int64) throws -> Int? {
    try database.integer(
      """
      SELECT min(places) FROM clip INDEXED BY clip_queue
      WHERE recording = ? AND places > 0 AND places > ?
      """, [recording, least]
    ).map(Int.init)
  }

  /// The first clip that will do among the next `limit` (all when negative) in `numbers`.
  private func find(
    _ recording: OpenRecording, _ kind: Kind, places: Int, _ numbers: Range<Int>, limit: Int,
    skipped: inout Bool
  ) throws -> Int64? {
    let apart = kind == .apart || strict
    let statement = try database.cachedStatement(
      sql: """
        SELECT c.id, c.number FROM (
          SELECT id, number, start, end FROM clip INDEXED BY clip_queue
          WHERE recording = ? AND places > 0 AND places = ? AND number >= ? AND number < ?
          ORDER BY number LIMIT ?) c
        WHERE NOT EXISTS (
          SELECT 1 FROM lease l WHERE l.worker = ? AND l.clip = c.id AND \(had(kind)))
        \(apart ? Self.touchesNone : "")
        """)
    let touching: StatementArguments = apart ? [worker, recording.id] : []
    let rows = try Row.fetchCursor(
      statement,
      arguments: [
        recording.id, places, numbers.lowerBound, numbers.upperBound, limit, worker,
      ] + touching)
    while let row = try rows.next() {
      let (id, number): (Int64, Int) = (row[0], row[1])
      guard !excluded(recording.name, number) else {
        skipped = true
        continue
      }
      try note("number", number, recording.id)
      return id
    }
    return nil
  }

  /// What a lease that keeps its worker from having the clip again looks like.
  private func had(_ kind: Kind) -> String {
    kind == .returned
      ? "(l.state IN ('held', 'submitted') OR l.reason IS NOT NULL)" : "l.state <> 'expired'"
  }

  /// Clips have consecutive rows in their recording, and touch no further than the second.
  ///
  /// The cross join keeps SQLite from going through all clips of the recording.
  private static let touchesNone = """
    AND NOT EXISTS (
      SELECT 1 FROM lease l CROSS JOIN clip d ON d.id = l.clip
      WHERE l.worker = ? AND l.clip BETWEEN c.id - 2 AND c.id + 2 AND l.clip <> c.id
        AND l.state IN ('held', 'submitted') AND d.recording = ?
        AND d.start < c.end AND d.end > c.start)
    """

  private func note(_ column: String, _ value: Int, _ recording: Int64) throws {
    try database.run(
      """
      INSERT INTO round (worker, recording, \(column)) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET \(column) = excluded.\(column)
      """, [worker, recording, value])
  }

  private func excluded(_ recording: String, _ number: Int) -> Bool {
    excluding.contains("\(recording)/\(number)")
  }
}
