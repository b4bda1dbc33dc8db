public import PeciaCore

/// Turns times into frames and back, always by the same rounding.
///
/// Every edge goes through `frame(at:)`, so both ends of a seam agree to the sample.
public struct FrameClock: Hashable, Sendable {
  /// Frames a second.
  public var rate: Int

  public init(rate: Int) { self.rate = rate }

  /// The frame nearest to a time; halves go up.
  public func frame(at time: Timestamp) -> Int { (time.milliseconds * rate + 500) / 1000 }

  /// The millisecond nearest to a frame; halves go up.
  public func time(of frame: Int) -> Timestamp {
    Timestamp(milliseconds: (frame * 1000 + rate / 2) / rate)
  }
}
