public import Foundation
import GRDB
public import PeciaCore

/// One thing that happened to a clip: a lease with the text that came of it, or an event.
public struct HistoryEntry: Hashable, Sendable {
  /// `talk/7`.
  public var clip: String
  /// Nil for the coordinator.
  public var worker: String?
  /// Of a lease `held`, `expired`, `released`, `submitted` or `reopened`; of an event `draft` (a
  /// draft that another took the place of), `kept` (a text that did not count), `changed`,
  /// `accepted`, `withdrawn` or `reopened`.
  public var kind: String
  /// When the lease was taken, or the event happened.
  public var began: Date
  /// When the lease ended; nil while it is held, and for an event.
  public var ended: Date?
  /// Milliseconds of sound that the worker has heard under this lease; nil for an event.
  public var heard: Int?
  /// Why it was given back, set aside or decided so.
  public var reason: String?
  public var text: String?
  /// What the guide found at hand-in; nil where nothing was handed in.
  public var findings: [Finding]?
  /// Whether the text counts.
  public var counts: Bool
}

extension ProjectStore {
  /// Whose history is wanted.
  public enum HistoryOf: Hashable, Sendable {
    case clip(recording: String, number: Int)
    case worker(String)
    /// The last things that happened anywhere, at most this many.
    case latest(Int)
  }

  /// What happened, in order of time; a lease stands where it was taken.
  ///
  /// - Throws: `StoreError.unknownClip`, `unknownRecording` or `unknownWorker`.
  public func history(of subject: HistoryOf, at now: Date) throws -> [HistoryEntry] {
    try connection.read { database in
      var (wanted, arguments, limit) = ("TRUE", StatementArguments(), -1)
      switch subject {
      case .clip(let recording, let number):
        (wanted, arguments) = ("clip = ?", [try Self.clip(number, of: recording, database)])
      case .worker(let name):
        let worker = try Self.row(
          ofWorker: try Self.checked(worker: name), making: false, database)
        (wanted, arguments) = ("worker = ?", [worker])
      case .latest(let count): limit = count
      }
      let rows = try Row.fetchAll(
        database, sql: Self.historyQuery(where: wanted),
        arguments: arguments + [limit] + arguments + [limit])
      let entries = try rows.map { try HistoryEntry($0, at: now.milliseconds) }
        .sorted { $0.began < $1.began }
      return limit < 0 ? entries : entries.suffix(limit)
    }
  }

  private static func historyQuery(where wanted: String) -> String {
    """
    SELECT r.name, c.number, w.name AS worker, h.* FROM (
      SELECT * FROM (
        SELECT l.clip, l.worker AS who, CASE WHEN s.id IS NULL THEN l.state ELSE 'submitted' END AS kind,
          l.taken AS began, coalesce(s.submitted, l.ended, l.expires) AS ended, l.heard, l.reason,
          s.text, s.findings, s.state IS 'counts' AS counts
        FROM (SELECT * FROM lease WHERE \(wanted) ORDER BY id DESC LIMIT ?) l
        LEFT JOIN submission s ON s.worker = l.worker AND s.lease = l.id)
      UNION ALL
      SELECT clip, worker, kind, happened, NULL, NULL,
        CASE WHEN kind = 'kept' THEN NULL ELSE detail END, text,
        CASE WHEN kind = 'kept' THEN detail END, FALSE
      FROM (SELECT * FROM event WHERE \(wanted) ORDER BY id DESC LIMIT ?)) h
    LEFT JOIN clip c ON c.id = h.clip LEFT JOIN recording r ON r.id = c.recording
    LEFT JOIN worker w ON w.id = h.who
    """
  }
}

extension HistoryEntry {
  fileprivate init(_ row: Row, at now: Int) throws {
    let (name, number): (String?, Int?) = (row["name"], row["number"])
    let (began, ended): (Int, Int?) = (row["began"], row["ended"])
    let findings: String? = row["findings"]
    // A lease ends in the next claim's transaction: until then it is held in name only.
    let hasRunOut = row["kind"] == "held" && (ended ?? 0) <= now
    kind = hasRunOut ? "expired" : row["kind"]
    self.ended = kind == "held" ? nil : ended.map { Date(milliseconds: $0) }
    clip = "\(name ?? "")/\(number ?? 0)"
    worker = row["worker"]
    self.began = Date(milliseconds: began)
    heard = row["heard"]
    reason = row["reason"]
    text = row["text"]
    self.findings = try findings.map { try decoded([Finding].self, $0) }
    counts = row["counts"] == 1
  }
}
