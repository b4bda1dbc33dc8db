public import Foundation
public import PeciaCore
import PeciaStore

/// What happened to clips, in order of time.
public struct History: Hashable, Sendable {
  var entries: [HistoryEntry]

  public var isEmpty: Bool { entries.isEmpty }

  /// The history as one JSON object; times are ISO 8601 in UTC, lengths are seconds.
  public var json: JSON { .object(["history": .array(entries.map(\.json))]) }

  /// A line for each thing that happened.
  public var page: String { entries.map(\.line).joined(separator: "\n") }
}

extension Project {
  /// What happened to each clip (`talk/7`) or worker of `names`; to anybody lately without one.
  public func history(of names: [String], at now: Date) throws -> History {
    guard !names.isEmpty else {
      return History(entries: try store.history(of: .latest(100), at: now))
    }
    return History(
      entries: try names.flatMap { name in
        // A worker may be called like a clip: the clip is meant.
        if let clip = try? Self.clip(at: name), try store.recording(named: clip.recording) != nil {
          return try store.history(
            of: .clip(recording: clip.recording, number: clip.number), at: now)
        }
        return try store.history(of: .worker(name), at: now)
      })
  }
}

extension HistoryEntry {
  fileprivate var json: JSON {
    let date = { (date: Date?) in JSON.string(orNull: date?.formatted(.iso8601)) }
    return .object([
      "clip": .string(clip), "worker": .string(orNull: worker), "what": .string(kind),
      "began": date(began), "ended": date(ended),
      "seconds": ended.map { .time(Timestamp(milliseconds: milliseconds(until: $0))) } ?? .null,
      "heard": heard.map { .time(Timestamp(milliseconds: $0)) } ?? .null,
      "reason": .string(orNull: reason), "text": .string(orNull: text),
      "findings": findings.map { .array($0.map(\.json)) } ?? .null, "counts": .bool(counts),
    ])
  }

  fileprivate var line: String {
    let when = began.formatted(
      .iso8601.year().month().day().dateSeparator(.dash).dateTimeSeparator(.space)
        .time(includingFractionalSeconds: false))
    var parts = ["\(when)  \(clip)  \(worker ?? "the coordinator"): \(outcome)"]
    if let ended { parts.append("after \(Self.length(milliseconds(until: ended)))") }
    if let heard, heard > 0 { parts.append("\(Self.length(heard)) heard") }
    if let findings, !findings.isEmpty {
      parts.append(findings.count == 1 ? "1 finding" : "\(findings.count) findings")
    }
    if let text { parts.append("‘\(Self.short(text))’") }
    return parts.joined(separator: ", ")
  }

  /// What became of it, in words.
  private var outcome: String {
    let why = reason.map { " (\($0))" } ?? ""
    return switch kind {
    case "held": "at work"
    case "expired": "the lease ran out"
    case "released": "given back\(why)"
    case "submitted": counts ? "handed in" : "handed in, and does not count any more"
    case "draft": "an earlier draft"
    case "kept": "not taken, kept as a draft"
    case "changed": "the text was changed"
    case "accepted": "decided\(why)"
    case "withdrawn": "the decision was taken back"
    case "reopened": "opened again\(why)"
    default: kind
    }
  }

  /// Clocks may have jumped: a length is never negative.
  private func milliseconds(until end: Date) -> Int {
    max(0, Int((end.timeIntervalSince(began) * 1000).rounded()))
  }

  private static func length(_ milliseconds: Int) -> String {
    let seconds = (milliseconds + 500) / 1000
    return seconds < 60
      ? "\(seconds) s"
      : seconds < 7200 ? "\(seconds / 60) min \(seconds % 60) s" : "\(seconds / 3600) h"
  }

  private static func short(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " / ")
    return line.count > 60 ? "\(line.prefix(59))…" : line
  }
}
