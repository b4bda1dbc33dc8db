import Foundation
import GRDB
import Synchronization

/// One connection to a project's file, with the settings that every process shares.
///
/// Write-ahead log and full synchronisation: what a command acknowledged is on the disk.
struct Connection: Sendable {
  let file: String
  let queue: DatabaseQueue

  /// How long a command waits for others before it gives up.
  static let patience = Duration.seconds(30)

  /// - Parameter create: whether a file that is not there is made.
  init(file: String, create: Bool = false, steps: [String] = Schema.steps) throws {
    self.file = file
    guard create || FileManager.default.fileExists(atPath: file) else {
      throw StoreError.notAProject(path: (file as NSString).deletingLastPathComponent)
    }
    queue = try Self.translating(file) {
      try DatabaseQueue(path: file, configuration: Self.configuration())
    }
    try Self.translating(file) {
      try queue.writeWithoutTransaction { try Self.prepare($0, file: file, create: create, steps) }
    }
  }

  /// Runs `work` in one transaction that holds the write lock from its start.
  func write<Value: Sendable>(_ work: (Database) throws -> Value) throws -> Value {
    try Self.translating(file) { try queue.write(work) }
  }

  /// Runs `work` on one unchanging view of the project.
  func read<Value: Sendable>(_ work: (Database) throws -> Value) throws -> Value {
    try Self.translating(file) { try queue.read(work) }
  }

  private static func configuration() -> Configuration {
    var configuration = Configuration()
    let started = Mutex<ContinuousClock.Instant?>(nil)
    configuration.busyMode = .callback { tries in
      let now = ContinuousClock.now
      let start = started.withLock { start in
        if tries == 0 { start = now }
        return start ?? now
      }
      // Short random naps: nobody is always late, and the lock is never idle for long.
      usleep(UInt32.random(in: 200...(tries < 50 ? 2_000 : 6_000)))
      return now - start < patience
    }
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
          PRAGMA cache_size = -16000
          """)
    }
    return configuration
  }

  /// Makes the tables of a new file, and takes an older one forward.
  private static func prepare(
    _ database: Database, file: String, create: Bool, _ steps: [String]
  ) throws {
    let folder = (file as NSString).deletingLastPathComponent
    var version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    guard application == Schema.applicationID || (create && version == 0) else {
      throw StoreError.notAProject(path: folder)
    }
    guard version <= steps.count else {
      throw StoreError.newer(path: folder, version: version, known: steps.count)
    }
    guard version < steps.count else { return }
    if try String.fetchOne(database, sql: "PRAGMA journal_mode") != "wal" {
      try database.execute(sql: "PRAGMA journal_mode = WAL")
    }
    let backup = "\(file).before-\(steps.count)"
    if version > 0, !FileManager.default.fileExists(atPath: backup) {
      try database.execute(sql: "VACUUM INTO ?", arguments: [backup])
    }
    try database.inTransaction(.immediate) {
      version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard version < steps.count else { return .commit }
      if create, version > 0 { throw StoreError.alreadyAProject(path: folder) }
      for step in steps[version...] { try database.execute(sql: step) }
      try database.execute(
        sql: """
          PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = \(steps.count)
          """)
      return .commit
    }
    if FileManager.default.fileExists(atPath: backup) {
      try FileManager.default.removeItem(atPath: backup)
    }
  }

  /// Runs `work`, and says what went wrong in it as one sentence about `file`.
  static func translating<Value>(_ file: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      throw error.storeError(file: file)
    }
  }
}

extension DatabaseError {
  fileprivate func storeError(file: String) -> StoreError {
    switch resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: file)
    case .SQLITE_FULL: .full(path: file)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly(path: file)
    case .SQLITE_NOTADB:
      .notAProject(path: (file as NSString).deletingLastPathComponent)
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA:
      .damaged(path: file, reason: message ?? description)
    default: .unreadable(path: file, reason: message ?? description)
    }
  }
}

extension Date {
  /// Whole milliseconds since 1970; times that no clock shows are taken to the nearest bound.
  var milliseconds: Int {
    let value = (timeIntervalSince1970 * 1000).rounded()
    return value.isNaN ? 0 : Int(min(max(value, -1e15), 1e15))
  }

  init(milliseconds: Int) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
