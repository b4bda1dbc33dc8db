import GRDB
import PeciaCore

/// A lease's row with what decides over it.
struct KnownLease {
  var id: Int64
  var clip: Int64
  var worker: Int64
  var state: String
  var lasts: Int
  /// How many places of its clip are free.
  var places: Int
  /// Whether its recording was taken out of the project.
  var removed: Bool
  /// Whether the worker has a draft of the clip.
  var hasDraft: Bool
  var lease: Lease

  /// How it ended, as the end of a sentence.
  var ending: String {
    switch state {
    case "submitted": "has its text already"
    case "reopened": "was handed in, and its clip was opened again since"
    case "released": "was given back"
    default: "has run out, and its place is taken"
    }
  }
}

extension ProjectStore {
  /// The lease that `token` stands for, over or not; nil when it is not known here.
  static func lease(_ token: LeaseToken, _ database: Database) throws -> KnownLease? {
    let row = try database.row(
      """
      SELECT l.id, l.secret, l.clip, l.worker, l.state, l.lasts, l.expires, w.name, r.name,
        r.removed, d.text, c.draft, c.places, c.number, c.start, c.end, c.file, c.speech, c.sha256
      FROM lease l JOIN clip c ON c.id = l.clip JOIN recording r ON r.id = c.recording
      JOIN worker w ON w.id = l.worker
      LEFT JOIN draft d ON d.worker = l.worker AND d.clip = l.clip
      WHERE l.id = ?
      """, [token.row])
    guard let row, same(row[1], token.secret) else { return nil }
    let (start, end): (Int, Int) = (row[14], row[15])
    let clip = Clip(
      recording: row[8], number: row[13],
      range: Timestamp(milliseconds: start)..<Timestamp(milliseconds: max(start, end)),
      file: row[16], speech: row[17], sha256: row[18])
    let draft: String? = row[10]
    return KnownLease(
      id: row[0], clip: row[2], worker: row[3], state: row[4], lasts: row[5], places: row[12],
      removed: row[9] == 1, hasDraft: draft != nil,
      lease: Lease(
        token: token.description, clip: clip, worker: row[7], expires: .init(milliseconds: row[6]),
        draft: draft ?? row[11]))
  }

  /// - Throws: `StoreError.unknownLease`.
  static func knownLease(_ token: String, _ database: Database) throws -> KnownLease {
    guard let lease = try LeaseToken(token).flatMap({ try lease($0, database) }) else {
      throw StoreError.unknownLease(token: token)
    }
    return lease
  }

  /// Another lease of the same worker that holds the same clip.
  static func otherLease(than lease: KnownLease, _ database: Database) throws -> Int64? {
    try database.integer(
      "SELECT id FROM lease WHERE worker = ? AND clip = ? AND state = 'held' AND id <> ?",
      [lease.worker, lease.clip, lease.id])
  }

  /// Compares two secrets in a time that does not tell where they differ.
  private static func same(_ left: String, _ right: String) -> Bool {
    guard left.utf8.count == right.utf8.count else { return false }
    return zip(left.utf8, right.utf8).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// The row of the worker called `name`, which must be `checked`.
  static func row(ofWorker name: String, making: Bool, _ database: Database) throws -> Int64 {
    if let known = try database.integer("SELECT id FROM worker WHERE name = ?", [name]) {
      return known
    }
    guard making else { throw StoreError.unknownWorker(name: name) }
    try database.execute(sql: "INSERT INTO worker (name) VALUES (?)", arguments: [name])
    return database.lastInsertedRowID
  }

  /// `worker` in the Unicode form in which names are compared.
  ///
  /// - Throws: `StoreError.badWorker` for a name that is empty, long or would break a line.
  public static func checked(worker: String) throws -> String {
    let name = worker.precomposedStringWithCanonicalMapping
    let reason: String? =
      if name.allSatisfy(\.isWhitespace) {
        "it is empty"
      } else if name.count > 100 || name.utf8.count > 1000 {
        "it is longer than 100 characters"
      } else if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
        "it holds a control character"
      } else {
        nil
      }
    if let reason { throw StoreError.badWorker(name: String(worker.prefix(100)), reason: reason) }
    return name
  }
}
