/// A profile's limits of time, in whole milliseconds that stay true when they are written.
struct TimeLimits {
  var shortest: Int
  var longest: Int
  /// The least gap between cues.
  var gap: Int
  /// A gap shorter than this is closed; equal to `gap` where none is.
  var closesUnder: Int
  /// How far before its first word a cue may begin.
  let lead = 100

  init(_ profile: CaptionProfile, rate: FrameRate) {
    // One millisecond more than asked for: a limit of 5/6 s is no whole number of them.
    shortest = profile.shortest + 1
    longest = profile.longest
    gap = profile.gap.milliseconds(at: rate)
    closesUnder = max(gap, profile.closesGapsUnder?.milliseconds(at: rate) ?? 0)
  }

  /// The limits in the ticks of `grid`.
  init(_ profile: CaptionProfile, rate: FrameRate, grid: TimeGrid) {
    self.init(profile, rate: rate)
    let frames = { (length: CaptionProfile.Length) -> Int in
      switch length {
      case .frames(let count) where grid.isFrames: count
      default: grid.ticks(parting: length.milliseconds(at: rate))
      }
    }
    shortest = grid.ticks(lastingAtLeast: shortest)
    longest = max(shortest, grid.ticks(lastingAtMost: longest))
    gap = frames(profile.gap)
    closesUnder = max(gap, profile.closesGapsUnder.map(frames) ?? 0)
  }

  /// The longest that a cue can stand from `start` when the next one begins at `next`: a gap that
  /// would flicker is closed, or opened where the cue would stand too long.
  func room(from start: Int, to next: Int) -> Int {
    let closed = next - gap - start
    return closed <= longest ? closed : min(longest, max(closed - closesUnder + gap, shortest))
  }
}
