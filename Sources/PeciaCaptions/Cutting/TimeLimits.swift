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

  /// When a cue begins at the earliest without taking time from speech before it.
  func earliest(for word: Int, behind speech: Int?) -> Int {
    let free = max(word - lead, speech.map { $0 + gap } ?? 0, 0)
    return min(word, free)
  }
}
