import Foundation
import GRDBSQLite

/// The sqlite3 library alone: what the queue is measured against, and looked at with.
struct BareSQLite: ~Copyable {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private var handle: OpaquePointer?

  init(_ file: String) throws {
    guard sqlite3_open(file, &handle) == SQLITE_OK else { throw Failure(description: file) }
    sqlite3_busy_timeout(handle, 30_000)
    try execute("PRAGMA synchronous = FULL")
  }
  deinit { sqlite3_close(handle) }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  /// The first column of every row, as text.
  func strings(_ sql: String, _ values: [String] = []) throws -> [String] {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
    defer { sqlite3_finalize(statement) }
    for (index, value) in values.enumerated() {
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_text(statement, Int32(index + 1), value, -1, copied)
    }
    var rows: [String] = []
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        rows.append(sqlite3_column_text(statement, 0).map { String(cString: $0) } ?? "")
      case SQLITE_DONE: return rows
      default: throw failure
      }
    }
  }

  private var failure: Failure { Failure(description: String(cString: sqlite3_errmsg(handle))) }
}

extension Pairs {
  /// A table of tasks with the least that a claim and a hand-in need.
  static func makeBare(in folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let database = try BareSQLite(folder.appending(path: "bare.sqlite").path)
    try database.execute(
      """
      PRAGMA journal_mode = WAL;
      CREATE TABLE task (id INTEGER PRIMARY KEY, state TEXT NOT NULL, worker TEXT, until INTEGER);
      CREATE INDEX task_open ON task(id) WHERE state = 'open';
      CREATE TABLE submission (id INTEGER PRIMARY KEY, task INTEGER, worker TEXT, text TEXT);
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40000)
      INSERT INTO task (id, state) SELECT i, 'open' FROM n;
      """)
  }

  func bare() throws {
    let database = try BareSQLite(folder + "/bare.sqlite")
    let end = ContinuousClock.now + .seconds(seconds)
    var pairs = 0
    while ContinuousClock.now < end {
      try database.execute("BEGIN IMMEDIATE")
      let task = try database.strings(
        """
        UPDATE task SET state = 'held', worker = ?, until = 1
        WHERE id = (SELECT id FROM task WHERE state = 'open' ORDER BY id LIMIT 1) RETURNING id
        """, [worker])
      try database.execute("COMMIT; BEGIN IMMEDIATE")
      _ = try database.strings(
        "INSERT INTO submission (task, worker, text) VALUES (?, ?, ?)",
        [task.first ?? "", worker, Self.text])
      _ = try database.strings("UPDATE task SET state = 'in' WHERE id = ?", [task.first ?? ""])
      try database.execute("COMMIT")
      pairs += 1
    }
    print(pairs)
  }
}
