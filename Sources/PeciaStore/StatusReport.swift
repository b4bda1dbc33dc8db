public import PeciaCore

/// How fast a project goes on.
public struct Pace: Hashable, Sendable {
  /// Texts that are still to come, further copies included.
  public var missing: Int
  /// Texts an hour, by the last hundred; nil when too few came lately.
  public var perHour: Double?
}

/// Where a project stands.
public struct StatusReport: Hashable, Sendable {
  public struct RecordingStatus: Hashable, Sendable {
    public var name: String
    public var duration: Timestamp
    public var clips: Int
    /// How many clips are in each state; `thin` ones count as submitted.
    public var states: [ClipState: Int]
  }
  public struct WorkerStatus: Hashable, Sendable {
    public var worker: String
    /// Texts that count.
    public var submissions: Int
    public var leased: Int
    public var released: Int
  }

  /// The project's folder.
  public var project: String
  public var language: String
  public var style: String
  public var copies: Int
  public var paused: Bool
  /// In the order in which they came.
  public var recordings: [RecordingStatus]
  /// By name.
  public var workers: [WorkerStatus]

  /// The report as `status --json` shows it.
  public var json: JSON {
    .object([
      "project": .string(project), "language": .string(language), "style": .string(style),
      "copies": .integer(copies),
      "recordings": .array(
        recordings.map { recording in
          let count = { JSON.integer(recording.states[$0] ?? 0) }
          return .object([
            "name": .string(recording.name), "duration": .time(recording.duration),
            "clips": .integer(recording.clips), "open": count(.open), "leased": count(.leased),
            "submitted": count(.submitted), "agreed": count(.agreed),
            "disputed": count(.disputed), "setAside": count(.setAside),
          ])
        }),
      "workers": .array(
        workers.map {
          .object([
            "worker": .string($0.worker), "submissions": .integer($0.submissions),
            "leased": .integer($0.leased), "released": .integer($0.released),
          ])
        }),
      "paused": .bool(paused),
    ])
  }
}
