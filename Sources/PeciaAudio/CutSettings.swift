/// What clips are wished for; all in milliseconds.
public struct CutSettings: Hashable, Sendable {
  /// The wished length of a clip, shared parts included.
  public var target: Int
  /// What no clip goes beyond, shared parts included.
  public var longest: Int
  /// What neighbours share at least.
  public var overlap: Int
  /// Stretches without speech at least this long get no clip; 0 keeps all.
  public var skipSilence: Int

  public init(
    target: Int = 20_000, longest: Int = 30_000, overlap: Int = 2_000, skipSilence: Int = 10_000
  ) {
    precondition(target > 0 && longest >= target && overlap >= 0 && overlap * 2 < target)
    self.target = target
    self.longest = longest
    self.overlap = overlap
    self.skipSilence = skipSilence
  }
}

/// A clip as it was planned.
public struct PlannedClip: Hashable, Sendable {
  public var range: TimeRange
  /// Milliseconds of speech found in it.
  public var speech: Int
}

/// How a recording is cut: clips that overlap, and gaps between them; together they cover it.
public struct CutPlan: Hashable, Sendable {
  /// In order; each begins before its left neighbour ends, or behind a gap.
  public var clips: [PlannedClip] = []
  /// Stretches without speech that get no clip, in order.
  public var gaps: [TimeRange] = []
}

public import PeciaCore
