/// Frames a second as a fraction, so that 29.97 is exactly 30000/1001.
public struct FrameRate: Hashable, Sendable {
  public var frames: Int
  public var seconds: Int

  /// The rate that `value` stands for; nil unless it lies between 1 and 1000.
  ///
  /// 23.976, 29.97, 59.94 and their like are taken as the NTSC fractions that they abbreviate.
  public init?(_ value: Double) {
    guard value.isFinite, (1...1000).contains(value) else { return nil }
    let ntsc = (value * 1.001).rounded()
    if value != value.rounded(), abs(ntsc / 1.001 - value) < 0.006 {
      (frames, seconds) = (Int(ntsc) * 1000, 1001)
    } else {
      (frames, seconds) = (Int((value * 1000).rounded()), 1000)
    }
  }

  /// The least whole milliseconds that are no less than `count` frames.
  func milliseconds(ofFrames count: Int) -> Int {
    (count * 1000 * seconds + frames - 1) / frames
  }
}

/// The times that a cue may begin and end at: whole frames, or whole milliseconds.
///
/// A start is rounded up to a millisecond and an end down, so a gap of two frames is never
/// written shorter than two frames.
struct TimeGrid {
  /// Ticks in `milliseconds`, which are a whole number of both.
  private let ticks: Int
  private let milliseconds: Int

  init(_ rate: FrameRate?) {
    (ticks, milliseconds) = rate.map { ($0.frames, $0.seconds * 1000) } ?? (1, 1)
  }

  private var isMilliseconds: Bool { ticks == milliseconds }
  /// Whether the ticks are frames.
  var isFrames: Bool { !isMilliseconds }

  /// The last tick at or before `time`, in milliseconds.
  func tick(atOrBefore time: Int) -> Int {
    isMilliseconds ? time : floorDivide(time * ticks, milliseconds)
  }
  /// The first tick at or behind `time`, in milliseconds.
  func tick(atOrAfter time: Int) -> Int {
    isMilliseconds ? time : -floorDivide(-time * ticks, milliseconds)
  }
  func start(_ tick: Int) -> Int {
    isMilliseconds ? tick : -floorDivide(-tick * milliseconds, ticks)
  }
  func end(_ tick: Int) -> Int {
    isMilliseconds ? tick : floorDivide(tick * milliseconds, ticks)
  }
  /// The least ticks that last `length` milliseconds as written, wherever they begin: each end
  /// loses less than one millisecond.
  func ticks(lastingAtLeast length: Int) -> Int {
    tick(atOrAfter: milliseconds % ticks == 0 ? length : length + 1)
  }
  /// The least ticks between an end and a start that are no less than `length` milliseconds.
  func ticks(parting length: Int) -> Int { tick(atOrAfter: length) }
  /// The most ticks that last no longer than `length` milliseconds.
  func ticks(lastingAtMost length: Int) -> Int { tick(atOrBefore: length) }
}

func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  let quotient = value / divisor
  return value % divisor < 0 ? quotient - 1 : quotient
}
