import Foundation

/// A queue of the sqlite3 library alone: what claim and hand-in cost at the least.
enum BarePeer: String {
  /// Marks a task, and stores a text: no lease ends, nobody is kept from having a task twice.
  case least
  /// Writes the rows that a queue has to keep; no counts, states, drafts, or rules of order.
  case rows

  private static let file = "bare.sqlite"

  func make(in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let database = try BareSQLite(folder.appending(path: Self.file).path)
    try database.execute(
      """
      PRAGMA journal_mode = WAL;
      CREATE TABLE task (id INTEGER PRIMARY KEY, state TEXT NOT NULL, worker TEXT, until INTEGER);
      CREATE INDEX task_open ON task(id) WHERE state = 'open';
      CREATE TABLE lease (id INTEGER PRIMARY KEY, secret TEXT NOT NULL, task INTEGER NOT NULL,
        worker TEXT NOT NULL, taken INTEGER NOT NULL, expires INTEGER NOT NULL,
        state TEXT NOT NULL);
      CREATE UNIQUE INDEX lease_worker ON lease(worker, task);
      CREATE INDEX lease_expires ON lease(expires) WHERE state = 'held';
      CREATE TABLE submission (id INTEGER PRIMARY KEY, task INTEGER NOT NULL, worker TEXT NOT NULL,
        lease INTEGER, text TEXT NOT NULL, submitted INTEGER);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200000)
      INSERT INTO task (id, state) SELECT i, 'open' FROM n;
      """)
    if self == .rows {
      try database.execute("CREATE UNIQUE INDEX submission_once ON submission(task, worker)")
    }
  }

  func work(_ pairs: Pairs) throws {
    let database = try BareSQLite("\(pairs.folder)/\(Self.file)")
    switch self {
    case .least: try least(database, pairs)
    case .rows: try rows(database, pairs)
    }
  }

  private func least(_ database: borrowing BareSQLite, _ pairs: Pairs) throws {
    let begin = try database.prepare("BEGIN IMMEDIATE")
    let commit = try database.prepare("COMMIT")
    let claim = try database.prepare(
      """
      UPDATE task SET state = 'held', worker = ?, until = 1
      WHERE id = (SELECT id FROM task WHERE state = 'open' ORDER BY id LIMIT 1) RETURNING id
      """)
    let insert = try database.prepare(
      "INSERT INTO submission (task, worker, text) VALUES (?, ?, ?)")
    let end = try database.prepare("UPDATE task SET state = 'in' WHERE id = ?")
    try pairs.untilTimeIsUp {
      try begin.run()
      let task = try claim.run(pairs.worker).first
      try commit.run()
      guard let task else { return 0 }
      try begin.run()
      try insert.run(task, pairs.worker, Pairs.text)
      try end.run(task)
      try commit.run()
      return 1
    }
  }

  private func rows(_ database: borrowing BareSQLite, _ pairs: Pairs) throws {
    let begin = try database.prepare("BEGIN IMMEDIATE")
    let commit = try database.prepare("COMMIT")
    let sweep = try database.prepare(
      "UPDATE lease SET state = 'expired' WHERE state = 'held' AND expires <= CAST(? AS INTEGER)")
    let find = try database.prepare(
      """
      SELECT id FROM task t WHERE state = 'open' AND NOT EXISTS (
        SELECT 1 FROM lease l WHERE l.worker = ? AND l.task = t.id) ORDER BY id LIMIT 1
      """)
    let lease = try database.prepare(
      """
      INSERT INTO lease (secret, task, worker, taken, expires, state)
      VALUES (?, ?, ?, ?, ?, 'held') RETURNING id
      """)
    let mark = try database.prepare("UPDATE task SET state = ? WHERE id = ?")
    let known = try database.prepare("SELECT state FROM lease WHERE id = ?")
    let close = try database.prepare("UPDATE lease SET state = 'submitted' WHERE id = ?")
    let insert = try database.prepare(
      "INSERT INTO submission (task, worker, lease, text, submitted) VALUES (?, ?, ?, ?, ?)")
    try pairs.untilTimeIsUp {
      let now = Int(Date().timeIntervalSince1970 * 1000)
      try begin.run()
      try sweep.run("\(now)")
      guard let task = try find.run(pairs.worker).first else {
        try commit.run()
        return 0
      }
      let id =
        try lease.run(
          UUID().uuidString, task, pairs.worker, "\(now)", "\(now + 1_800_000)"
        ).first ?? ""
      try mark.run("held", task)
      try commit.run()
      try begin.run()
      if try known.run(id) == ["held"] {
        try close.run(id)
        try insert.run(task, pairs.worker, id, Pairs.text, "\(now)")
        try mark.run("in", task)
      }
      try commit.run()
      return 1
    }
  }
}
