public import PeciaCore

/// What `check` finds: how far texts agree, whom they tell of, and what is left to decide.
public struct CheckReport: Hashable, Sendable {
  public struct ClipLine: Hashable, Sendable {
    public var recording: String
    public var clip: Int
    public var range: TimeRange
    public var state: ClipState
    /// From 0 to 1; nil without evidence.
    public var agreement: Double?
    /// How many texts are in.
    public var copies: Int
    public var findings: [WorkerFinding]
  }

  /// What a style rule says of one worker's text.
  public struct WorkerFinding: Hashable, Sendable {
    public var worker: String
    public var finding: Finding

    /// Whether it is the clip's sound that speaks against the text.
    public var isOfSound: Bool { finding.rule == SoundCheck.rule }
    /// Whether people are to see it among the first: an error, or a doubt about the whole text.
    public var isShown: Bool { finding.level == .error || isOfSound }
  }

  public struct SeamLine: Hashable, Sendable {
    public var recording: String
    /// Numbers of the clips that share it.
    public var left: Int
    public var right: Int
    public var range: TimeRange
    /// From 0 to 1; nil without evidence.
    public var agreement: Double?
    public var state: ClipState
  }

  public struct WorkerLine: Hashable, Sendable {
    public var worker: String
    /// From 0 to 1: how often other texts bear this worker's words out; nil without evidence.
    public var reliability: Double?
    /// How many comparisons with other texts that rests on.
    public var comparisons: Int

    /// Under ten comparisons a reliability says little.
    public var isThin: Bool { comparisons < 10 }
  }

  public struct DisputeLine: Hashable, Sendable {
    public var recording: String
    public var clips: [Int]
    public var range: TimeRange
    public var texts: [String]
    /// `seam`, where neighbours differ, or `copies`, where workers of one clip do.
    public var kind: String
    /// The part of the weights that the text taken has, from 0 to 1.
    public var score: Double
    /// The agreed words around it.
    public var before: String
    public var after: String
  }

  public var clips: [ClipLine] = []
  public var seams: [SeamLine] = []
  public var workers: [WorkerLine] = []
  public var disputes: [DisputeLine] = []

  /// Whether there is anything to complain of: a disputed clip, or a finding that is an error.
  public var hasComplaints: Bool {
    clips.contains { clip in
      clip.state == .disputed || clip.findings.contains { $0.finding.level == .error }
    }
  }
}

extension CheckReport {
  /// What `check --json` prints.
  public var json: JSON {
    .object([
      "clips": .array(clips.map(\.json)), "seams": .array(seams.map(\.json)),
      "workers": .array(workers.map(\.json)), "disputes": .array(disputes.map(\.json)),
    ])
  }
}

extension CheckReport.ClipLine {
  fileprivate var json: JSON {
    .object([
      "recording": .string(recording), "clip": .integer(clip), "state": .string(state.rawValue),
      "agreement": .number(orNull: agreement), "copies": .integer(copies),
      "findings": .array(
        findings.map { line in
          var object = line.finding.json
          object.append("worker", .string(line.worker))
          return object
        }),
    ])
  }
}

extension CheckReport.SeamLine {
  fileprivate var json: JSON {
    .object([
      "recording": .string(recording), "left": .integer(left), "right": .integer(right),
      "start": .time(range.lowerBound), "end": .time(range.upperBound),
      "agreement": .number(orNull: agreement), "state": .string(state.rawValue),
    ])
  }
}

extension CheckReport.WorkerLine {
  fileprivate var json: JSON {
    .object([
      "worker": .string(worker), "reliability": .number(orNull: reliability),
      "comparisons": .integer(comparisons),
    ])
  }
}

extension CheckReport.DisputeLine {
  fileprivate var json: JSON {
    .object([
      "recording": .string(recording), "clips": .integers(clips),
      "start": .time(range.lowerBound), "end": .time(range.upperBound),
      "texts": .strings(texts), "kind": .string(kind),
    ])
  }
}
