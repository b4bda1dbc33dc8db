public import Foundation
import GRDB

/// A project's recordings, tasks, leases, submissions and workers: one SQLite file.
///
/// Many processes may use one project at once. Every call is one transaction; calls that change
/// something return when it is on the disk. Times come in as parameters and may jump: a lease
/// never lasts longer from `now` than it was made for. Every call throws `StoreError`.
public final class ProjectStore: Sendable {
  public let folder: URL
  let connection: Connection

  /// Makes a project in `folder`, which is made too if it is not there.
  ///
  /// `guide`: the text of the project's style guide.
  public init(creatingAt folder: URL, settings: ProjectSettings, guide: String? = nil) throws {
    self.folder = folder
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = Self.file(in: folder)
    if Self.isProject(at: folder) { throw StoreError.alreadyAProject(path: folder.path) }
    connection = try Connection(file: file, create: true)
    try connection.write { database in
      guard try Int.fetchOne(database, sql: "SELECT 1 FROM project") == nil else {
        throw StoreError.alreadyAProject(path: folder.path)
      }
      try database.execute(
        sql: "INSERT INTO project (id, uuid, settings, guide) VALUES (1, ?, ?, ?)",
        arguments: [UUID().uuidString.lowercased(), try encoded(settings), guide])
    }
  }

  /// Opens the project in `folder`, and takes a file of an older pecia forward.
  public init(openingAt folder: URL) throws {
    self.folder = folder
    connection = try Connection(file: Self.file(in: folder))
    guard try connection.read({ try Int.fetchOne($0, sql: "SELECT 1 FROM project") }) != nil
    else { throw StoreError.notAProject(path: folder.path) }
  }

  /// Opens a pack; its sounds are taken out into `folder` as they are needed.
  public init(openingPack file: String, folder: URL) throws {
    self.folder = folder
    connection = try Connection(file: file, kind: .pack)
    guard try connection.read({ try Int.fetchOne($0, sql: "SELECT 1 FROM origin") }) != nil
    else { throw StoreError.badPack(path: file, reason: "it was never finished") }
  }

  /// Makes the file of a pack, still without anything in it.
  init(makingPack file: String) throws {
    folder = URL(filePath: file).deletingLastPathComponent()
    connection = try Connection(file: file, kind: .pack, create: true)
  }

  /// Whether `folder` holds a project; a file that a killed `split` left empty is none.
  public static func isProject(at folder: URL) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: file(in: folder))
    guard attributes?[.size] as? Int ?? 0 > 0 else { return false }
    return Connection.holdsAnything(file(in: folder))
  }

  static func file(in folder: URL) -> String { folder.appending(path: "project.sqlite").path }

  /// The text of the project's style guide; nil when it was made without one.
  public func guide() throws -> String? {
    try connection.read { try String.fetchOne($0, sql: "SELECT guide FROM project") }
  }

  public func settings() throws -> ProjectSettings {
    try connection.read { try Self.settings($0) }
  }

  /// Stores `settings`; clips that nobody has finished get the new number of copies.
  public func setSettings(_ settings: ProjectSettings) throws {
    try connection.write { database in
      let before = try Self.settings(database)
      try database.execute(
        sql: "UPDATE project SET settings = ?", arguments: [try encoded(settings)])
      guard before.copies != settings.copies else { return }
      try database.execute(
        sql: """
          UPDATE clip SET wanted = max(:copies, taken, 1)
          WHERE state <> 'agreed' AND wanted <> max(:copies, taken, 1)
          """,
        arguments: ["copies": settings.copies])
    }
  }

  static func settings(_ database: Database) throws -> ProjectSettings {
    let text: String? = try database.row("SELECT settings FROM project")?[0]
    return try decoded(ProjectSettings.self, text ?? "")
  }
}

/// `value` as JSON text with its keys sorted.
func encoded(_ value: some Encodable) throws -> String {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  return String(decoding: try encoder.encode(value), as: UTF8.self)
}

func decoded<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
  try JSONDecoder().decode(type, from: Data(text.utf8))
}
