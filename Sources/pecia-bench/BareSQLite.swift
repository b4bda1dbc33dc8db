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
  deinit { sqlite3_close_v2(handle) }

  func execute(_ sql: String) throws {
    guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else { throw failure }
  }

  func prepare(_ sql: String) throws -> BareStatement {
    var statement: OpaquePointer?
    guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK else { throw failure }
    return BareStatement(handle: statement)
  }

  /// The first column of every row, as text.
  func strings(_ sql: String) throws -> [String] { try prepare(sql).run() }

  private var failure: Failure { Failure(description: String(cString: sqlite3_errmsg(handle))) }
}

/// A statement that stays prepared.
struct BareStatement: ~Copyable {
  fileprivate let handle: OpaquePointer?

  fileprivate init(handle: OpaquePointer?) { self.handle = handle }
  deinit { sqlite3_finalize(handle) }

  /// Runs it to its end, and gives the first column of every row, as text.
  @discardableResult
  func run(_ values: String...) throws -> [String] {
    defer { sqlite3_reset(handle) }
    for (index, value) in values.enumerated() {
      let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
      sqlite3_bind_text(handle, Int32(index + 1), value, -1, copied)
    }
    var rows: [String] = []
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW:
        rows.append(sqlite3_column_text(handle, 0).map { String(cString: $0) } ?? "")
      case SQLITE_DONE: return rows
      default:
        let message = sqlite3_errmsg(sqlite3_db_handle(handle))
        throw BareSQLite.Failure(description: message.map { String(cString: $0) } ?? "")
      }
    }
  }
}
