public import Foundation
import GRDB
public import PeciaCore

extension ProjectStore {
  /// What became of a text that was handed in.
  public enum HandIn: Hashable, Sendable {
    case accepted
    /// The worker's same text was in before.
    case alreadyIn
    /// It does not count; the text stands as the worker's draft.
    case keptAsDraft(reason: String)
  }
}

extension ProjectStore {
  /// The longest text that is stored, in bytes of UTF-8: a clip has some hundred words.
  public static let longestText = 1_000_000

  /// Keeps `text` as the worker's draft of the clip, also when the lease has run out.
  ///
  /// `heard`: how many milliseconds of sound the worker has heard since the last report.
  public func saveDraft(
    _ text: String, lease token: String, at now: Date, heard: Int = 0
  ) throws {
    try Self.check(text)
    try keepingStrays(text, token, now) { database in
      let lease = try Self.knownLease(token, database)
      try Self.hear(heard, lease.id, database)
      try Self.keep(text, lease, at: now.milliseconds, database)
    }
  }

  /// Hands in the text of a lease, with what the guide finds in it.
  ///
  /// Any error-level finding keeps it as a draft. A hand-in after the lease has run out counts
  /// while the clip has a free place. Nothing is thrown away: what does not count is a draft.
  public func submit(
    _ text: String, lease token: String, findings: [Finding], at now: Date, heard: Int = 0
  ) throws -> HandIn {
    try Self.check(text)
    let findingsText = findings.isEmpty ? "[]" : try encoded(findings)
    return try keepingStrays(text, token, now) { database in
      let now = now.milliseconds
      let lease = try Self.knownLease(token, database)
      try Self.hear(heard, lease.id, database)
      let counting = try Self.counting(for: lease, database)
      if let counting, counting.utf8.elementsEqual(text.utf8) { return .alreadyIn }
      let errors = findings.count { $0.level == .error }
      let refusal =
        errors > 0
        ? "\(errors) error-level finding\(errors == 1 ? "" : "s")"
        : try Self.refusal(of: lease, another: counting != nil, database)
      if let refusal {
        try Self.keep(text, lease, at: now, database)
        // The same text again, as from a pack that is collected twice, is no news.
        if !lease.hasDraft || lease.lease.draft != text {
          try Self.record("kept", lease, text: text, detail: findingsText, at: now, database)
        }
        return .keptAsDraft(reason: refusal)
      }
      try Self.count(text, lease, findings: findingsText, at: now, database)
      return .accepted
    }
  }

  /// Every text of the recording that counts, by clip, then worker.
  public func submissions(of recording: String, among numbers: ClosedRange<Int>? = nil) throws
    -> [Submission]
  {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      return try database.rows(
        """
        SELECT c.number, w.name, s.text, s.submitted FROM clip c
        JOIN submission s ON s.clip = c.id AND s.state = 'counts'
        JOIN worker w ON w.id = s.worker
        WHERE c.recording = ? AND c.number BETWEEN ? AND ? ORDER BY c.number, w.name
        """, [id] + Self.bounds(numbers)
      ).map {
        Submission(
          clip: $0[0], worker: $0[1], text: $0[2], submitted: Date(milliseconds: $0[3]))
      }
    }
  }

  /// The texts that a reviewer decided, by clip number.
  public func accepted(of recording: String, among numbers: ClosedRange<Int>? = nil) throws -> [Int:
    String]
  {
    try connection.read { database in
      let id = try Self.row(of: recording, database)
      let rows = try database.rows(
        """
        SELECT number, accepted FROM clip
        WHERE recording = ? AND number BETWEEN ? AND ? AND accepted IS NOT NULL
        """, [id] + Self.bounds(numbers))
      return Dictionary(uniqueKeysWithValues: rows.map { ($0["number"], $0["accepted"]) })
    }
  }

  /// FNV-1a over the text's UTF-8: tells whether a stored text is still as it was typed.
  static func checksum(of text: String) -> Int64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int64(bitPattern: hash)
  }

  static func check(_ text: String) throws {
    guard text.utf8.count <= longestText else {
      throw StoreError.badText(
        reason: "it has \(text.utf8.count) bytes, and \(longestText) is the most")
    }
    guard !text.unicodeScalars.contains("\0") else {
      throw StoreError.badText(reason: "it holds a NUL character, so it is no text")
    }
  }

  /// The worker's text for the lease's clip that counts.
  static func counting(for lease: KnownLease, _ database: Database) throws -> String? {
    try database.row(
      "SELECT text FROM submission WHERE clip = ? AND worker = ? AND state = 'counts'",
      [lease.clip, lease.worker])?[0]
  }

  /// Why a text for this lease cannot count; nil when it can.
  ///
  /// `another`: whether a text of the worker's counts for the clip.
  private static func refusal(
    of lease: KnownLease, another: Bool, _ database: Database
  ) throws -> String? {
    if lease.removed { return "its recording was taken out of the project" }
    if another { return "another text of yours is in for this clip" }
    if lease.state == "held" { return nil }
    if try otherLease(than: lease, database) != nil { return nil }
    guard lease.places > 0 else { return "the lease \(lease.ending)" }
    return nil
  }

  private static func count(
    _ text: String, _ lease: KnownLease, findings: String, at now: Int, _ database: Database
  ) throws {
    // A later lease of the worker's own on this clip makes room for its hand-in.
    if lease.state != "held", let other = try otherLease(than: lease, database) {
      try database.run(
        "UPDATE lease SET state = 'expired', ended = ? WHERE id = ?", [now, other])
    }
    try database.run(
      "UPDATE lease SET state = 'submitted', reason = NULL, ended = ? WHERE id = ?",
      [now, lease.id])
    try insert(text, lease, findings: findings, at: now, database)
    if lease.hasDraft {
      try database.run(
        "DELETE FROM draft WHERE worker = ? AND clip = ?", [lease.worker, lease.clip])
    }
  }

  /// Stores a text that counts.
  static func insert(
    _ text: String, _ lease: KnownLease, findings: String, at now: Int, _ database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO submission (lease, clip, worker, text, submitted, findings, checksum, state)
      VALUES (?, ?, ?, ?, ?, ?, ?, 'counts')
      """,
      [lease.id, lease.clip, lease.worker, text, now, findings, checksum(of: text)])
  }

  /// Makes `text` the worker's draft of the clip; a draft from another lease goes to the history.
  static func keep(_ text: String, _ lease: KnownLease, at now: Int, _ database: Database) throws {
    try saveDraft(
      text, ofClip: lease.clip, by: lease.worker, lease: lease.id, at: now, database)
  }

  /// Stores a draft; `lease` is nil for a reviewer's.
  static func saveDraft(
    _ text: String, ofClip clip: Int64, by worker: Int64, lease: Int64?, at now: Int,
    _ database: Database
  ) throws {
    try database.run(
      """
      INSERT INTO event (happened, kind, worker, clip, lease, text)
      SELECT saved, 'draft', worker, clip, lease, text FROM draft
      WHERE worker = ? AND clip = ? AND lease IS NOT ? AND text <> '' AND text <> ?
      """, [worker, clip, lease, text])
    try database.run(
      """
      INSERT INTO draft (clip, worker, lease, text, saved, checksum) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET lease = excluded.lease, text = excluded.text,
        saved = excluded.saved, checksum = excluded.checksum
      """, [clip, worker, lease, text, now, checksum(of: text)])
  }

  /// Notes that the worker has heard `heard` more milliseconds of sound.
  public func noteHeard(_ heard: Int, lease token: String) throws {
    guard heard > 0 else { return }
    try connection.write { try Self.hear(heard, Self.knownLease(token, $0).id, $0) }
  }

  static func hear(_ heard: Int, _ lease: Int64, _ database: Database) throws {
    guard heard > 0 else { return }
    try database.run(
      "UPDATE lease SET heard = heard + ? WHERE id = ?", [min(heard, 1_000_000_000), lease])
  }

  static func record(
    _ kind: String, _ lease: KnownLease, text: String? = nil, detail: String? = nil, at now: Int,
    _ database: Database
  ) throws {
    try database.execute(
      sql: """
        INSERT INTO event (happened, kind, worker, clip, lease, text, detail)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, arguments: [now, kind, lease.worker, lease.clip, lease.id, text, detail])
  }

  /// Runs `work` in a transaction; the text of a well-formed token that is not known here is kept.
  ///
  /// A project that was put back from an older copy does not know the leases since then.
  private func keepingStrays<Value: Sendable>(
    _ text: String, _ token: String, _ now: Date, _ work: (Database) throws -> Value
  ) throws -> Value {
    do {
      return try connection.write(work)
    } catch StoreError.unknownLease where LeaseToken(token) != nil {
      try connection.write { database in
        try database.execute(
          sql: "INSERT OR IGNORE INTO stray (token, text, received) VALUES (?, ?, ?)",
          arguments: [token, text, now.milliseconds])
      }
      throw StoreError.strangeLease(token: token)
    }
  }
}
