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

  /// What a file is: both have the same tables.
  enum Kind {
    /// Used by many processes at once: a write-ahead log beside it.
    case project
    /// One file to carry: what is acknowledged stands in the file itself.
    case pack

    var applicationID: Int { self == .project ? Schema.projectID : Schema.packID }
    var journal: String { self == .project ? "wal" : "delete" }
  }

  /// `create`: whether a file that is not there is made.
  init(
    file: String, kind: Kind = .project, create: Bool = false, steps: [String] = Schema.steps
  ) throws {
    self.file = file
    guard create || FileManager.default.fileExists(atPath: file) else {
      throw StoreError.notAProject(path: (file as NSString).deletingLastPathComponent)
    }
    queue = try Self.translating(file) {
      try DatabaseQueue(path: file, configuration: Self.configuration())
    }
    try Self.translating(file) {
      try queue.writeWithoutTransaction {
        try Self.prepare($0, file: file, kind, create: create, steps)
      }
    }
  }

  /// Whether a project stands in `file`, or something that cannot be read as one.
  static func holdsAnything(_ file: String) -> Bool {
    do {
      return try DatabaseQueue(path: file, configuration: configuration()).read { database in
        try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0 > 0
          && Int.fetchOne(database, sql: "PRAGMA application_id") != Schema.projectID
          || Int.fetchOne(database, sql: "SELECT count(*) FROM project") ?? 0 > 0
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      return false
    } catch {
      return true
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
      // Random naps, so that nobody is always late; who has waited long asks more often.
      usleep(UInt32.random(in: 200...(tries < 20 ? 3_000 : tries < 100 ? 2_000 : 800)))
      return now - start < patience
    }
    // A longer log is written back into the file less often.
    configuration.prepareDatabase { database in
      try database.execute(
        sql: """
          PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;
          PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000
          """)
    }
    return configuration
  }

  /// Makes the tables of a new file, and takes an older one forward.
  private static func prepare(
    _ database: Database, file: String, _ kind: Kind, create: Bool, _ steps: [String]
  ) throws {
    let path = kind == .pack ? file : (file as NSString).deletingLastPathComponent
    let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
    guard application == kind.applicationID || (create && version == 0) else {
      throw StoreError.notAProject(path: path)
    }
    guard version <= steps.count else {
      throw StoreError.newer(path: path, version: version, known: steps.count)
    }
    if version < steps.count {
      // An old file that lies about what it is is not taken forward.
      if version > 0 { try checkTables(database, file: file, Array(steps[..<version])) }
      if try String.fetchOne(database, sql: "PRAGMA journal_mode") != kind.journal {
        try database.execute(sql: "PRAGMA journal_mode = \(kind.journal)")
      }
      try advance(database, file: file, kind, steps)
    } else {
      try checkTables(database, file: file, steps)
    }
    // It worked; a process that was killed before this line left the backup to the next one.
    try? FileManager.default.removeItem(atPath: backup(of: file, steps))
  }

  private static func backup(of file: String, _ steps: [String]) -> String {
    "\(file).before-\(steps.count)"
  }

  /// Takes the steps that are missing, all or none; an older file has a backup beside it before.
  private static func advance(
    _ database: Database, file: String, _ kind: Kind, _ steps: [String]
  ) throws {
    if try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0 > 0 {
      try makeBackup(database, at: backup(of: file, steps))
    }
    try database.inTransaction(.immediate) {
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      guard version < steps.count else { return .commit }
      for step in steps[version...] { try database.execute(sql: step) }
      try database.execute(
        sql: """
          PRAGMA application_id = \(kind.applicationID); PRAGMA user_version = \(steps.count)
          """)
      try checkTables(database, file: file, steps)
      return .commit
    }
  }

  /// Writes a copy of the database, which appears whole or not at all.
  private static func makeBackup(_ database: Database, at backup: String) throws {
    guard !FileManager.default.fileExists(atPath: backup) else { return }
    let unfinished = "\(backup).\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: unfinished) }
    try database.execute(sql: "VACUUM INTO ?", arguments: [unfinished])
    guard rename(unfinished, backup) == 0 else { throw StoreError.readOnly(path: backup) }
  }

  /// Refuses a file whose tables are not the ones that `steps` make: it lies about what it is.
  private static func checkTables(_ database: Database, file: String, _ steps: [String]) throws {
    guard try tables(database) == knownTables(steps) else {
      throw StoreError.damaged(path: file, reason: "its tables are not those of a Pecia file")
    }
  }

  private static func tables(_ database: Database) throws -> Set<String> {
    try String.fetchSet(
      database,
      sql: """
        SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_master
        WHERE name NOT LIKE 'sqlite_stat%'
        """)
  }

  /// The tables that `steps` make; those of the newest form are made once in a process.
  private static func knownTables(_ steps: [String]) throws -> Set<String> {
    let isNewest = steps == Schema.steps
    if isNewest, let known = newestTables.withLock({ $0 }) { return known }
    let known = try DatabaseQueue().write { database in
      for step in steps { try database.execute(sql: step) }
      return try tables(database)
    }
    if isNewest { newestTables.withLock { $0 = known } }
    return known
  }

  private static let newestTables = Mutex<Set<String>?>(nil)

  /// Runs `work`, and says what went wrong in it as one sentence about `file`.
  static func translating<Value>(_ file: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError {
      throw error.storeError(file: file)
    } catch is DecodingError {
      throw StoreError.damaged(path: file, reason: "its settings cannot be read")
    }
  }
}

extension DatabaseError {
  fileprivate func storeError(file: String) -> StoreError {
    let folder = (file as NSString).deletingLastPathComponent
    return switch resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: file)
    case .SQLITE_FULL: .full(path: file)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: .readOnly(path: file)
    // Its log's index is a file of its own, and has these names for the same troubles.
    case .SQLITE_IOERR where Self.isFull(folder): .full(path: file)
    case .SQLITE_IOERR where Self.cannotWrite.contains(extendedResultCode): .unwritable(path: file)
    case .SQLITE_CANTOPEN where access(folder, W_OK) != 0: .readOnly(path: file)
    case .SQLITE_NOTADB: .notAProject(path: folder)
    case .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_CONSTRAINT, .SQLITE_MISMATCH, .SQLITE_SCHEMA:
      .damaged(path: file, reason: message ?? description)
    default: .unreadable(path: file, reason: message ?? description)
    }
  }

  /// What a file that may not grow gives, and a disk that fails.
  private static let cannotWrite: [ResultCode] = [
    .SQLITE_IOERR_WRITE, .SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_IOERR_TRUNCATE,
    .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP,
  ]

  /// Whether less room is left than the smallest log and its index take.
  private static func isFull(_ folder: String) -> Bool {
    let disk = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    return (disk?[.systemFreeSize] as? NSNumber).map { $0.intValue < 65_536 } ?? false
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
