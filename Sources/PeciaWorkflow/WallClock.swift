public import Foundation

/// Where the time of day comes from: the one place that asks the system for it.
public struct WallClock: Sendable {
  private let read: @Sendable () -> Date

  public init(_ read: @escaping @Sendable () -> Date) { self.read = read }

  public static let system = WallClock { Date() }

  public var now: Date { read() }
}
