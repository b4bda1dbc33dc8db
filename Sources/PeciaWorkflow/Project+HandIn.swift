public import Foundation
public import PeciaCore
public import PeciaStore
import PeciaStyle

/// A text that was handed in, and what became of it.
public struct HandedIn: Hashable, Sendable {
  public var lease: Lease
  public var outcome: ProjectStore.HandIn
  /// What the guide finds in the text, in order; then what its sound says against it.
  public var findings: [Finding]

  /// Whether the guide refused the text; it is kept as a draft.
  public var isRefused: Bool { findings.contains { $0.level == .error } }

  /// What the clip's sound says against the text; nil for nothing.
  public var doubt: String? { SoundCheck.doubt(in: findings) }
}

extension Project {
  /// Checks the text against the guide, stores it, and judges the clips that it touches.
  ///
  /// A text with an error-level finding is kept as a draft. One that does not seem to fit its
  /// sound is taken, with a warning.
  ///
  /// `heard`: how many milliseconds of sound the worker has heard since the last report.
  public func submit(_ text: String, lease token: String, at now: Date, heard: Int = 0) throws
    -> HandedIn
  {
    guard let lease = try store.lease(token) else {
      // The store keeps the text of a lease that only an older copy of it does not know.
      return try strange(text, token, at: now)
    }
    let guide = try guide()
    let findings = try findings(in: text, of: lease.clip, by: guide)
    let outcome = try store.submit(text, lease: token, findings: findings, at: now, heard: heard)
    // A pack holds too little to judge by.
    if case .accepted = outcome, pack == nil {
      try judge(lease.clip.recording, touching: lease.clip.number, by: guide, at: now)
    }
    return HandedIn(lease: lease, outcome: outcome, findings: findings)
  }

  /// What the guide, and the clip's sound unless the text is refused, say of a text.
  func findings(in text: String, of clip: Clip, by guide: Guide) throws -> [Finding] {
    var findings = guide.findings(in: text, as: try kind(of: clip))
    findings += [SoundCheck.excess(of: text, in: clip)].compactMap { $0 }
    if !findings.contains(where: { $0.level == .error }) {
      findings += try [soundFinding(in: text, of: clip)].compactMap { $0 }
    }
    return findings
  }

  private func strange(_ text: String, _ token: String, at now: Date) throws -> HandedIn {
    _ = try store.submit(text, lease: token, findings: [], at: now)
    throw StoreError.unknownLease(token: token)
  }
}

/// The report of `submit --json` and `collect --json`.
public struct HandInReport: Hashable, Sendable {
  private var accepted: [JSON] = []
  private var refused: [JSON] = []
  private var drafts: [JSON] = []
  /// How many of the drafts were meant to be handed in.
  private var kept = 0

  public init() {}

  public mutating func add(_ text: HandedIn) {
    let clip = text.lease.clip
    var entry = JSON.object([
      "lease": .string(text.lease.token), "recording": .string(clip.recording),
      "clip": .integer(clip.number),
    ])
    switch text.outcome {
    case .accepted, .alreadyIn:
      entry.append("findings", .array(text.findings.map(\.json)))
      accepted.append(entry)
    case .keptAsDraft(let reason):
      entry.append("reason", .string(reason))
      entry.append("findings", .array(text.findings.map(\.json)))
      if text.isRefused {
        refused.append(entry)
      } else {
        drafts.append(entry)
        kept += 1
      }
    }
  }

  /// A text that was not handed in, and is kept.
  ///
  /// `lease`: the lease that it is booked under; nil when its clip is not here.
  ///
  /// `token`: the lease that it came with.
  public mutating func add(draft lease: Lease?, token: String? = nil, reason: String) {
    drafts.append(
      .object([
        "lease": .string(orNull: token ?? lease?.token),
        "recording": .string(orNull: lease?.clip.recording),
        "clip": lease.map { .integer($0.clip.number) } ?? .null, "reason": .string(reason),
        "findings": .array([]),
      ]))
  }

  /// Takes in what another report says.
  public mutating func add(_ other: HandInReport) {
    accepted += other.accepted
    refused += other.refused
    drafts += other.drafts
    kept += other.kept
  }

  /// How many texts were taken, refused and kept as drafts, as a line for people.
  public var summary: String {
    "\(accepted.count) taken, \(refused.count) refused, \(drafts.count) kept as drafts"
  }

  /// Whether every text that was handed in was taken.
  public var isClean: Bool { refused.isEmpty && kept == 0 }

  public var json: JSON {
    .object([
      "accepted": .array(accepted), "refused": .array(refused), "drafts": .array(drafts),
    ])
  }
}
