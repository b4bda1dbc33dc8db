import Foundation

/// The player's clock, which never jumps, and the time of day that it began at.
struct PlayerClock: Sendable {
  private let start = ContinuousClock.now
  let sessionStart = Date()

  /// Milliseconds since the session began.
  var now: Int {
    let elapsed = start.duration(to: .now).components
    return Int(elapsed.seconds) * 1000 + Int(elapsed.attoseconds / 1_000_000_000_000_000)
  }
  var date: Date { Date() }
  var midnight: Date { Calendar.current.startOfDay(for: sessionStart) }

  /// A time of day on the player's clock.
  func milliseconds(at date: Date) -> Int {
    now + Int((date.timeIntervalSinceNow * 1000).rounded())
  }
}
