/// A point on a recording's clock, in whole milliseconds from its start.
public struct Timestamp: Hashable, Comparable, Codable, Sendable {
  public var milliseconds: Int

  public init(milliseconds: Int) { self.milliseconds = milliseconds }

  /// The nearest millisecond to `seconds`; halves go away from zero.
  ///
  /// Values that no clock holds (not a number, beyond 31 years) are taken to the nearest bound.
  public init(seconds: Double) {
    let bound = 1e12
    let milliseconds = (seconds * 1000).rounded()
    self.milliseconds = milliseconds.isNaN ? 0 : Int(min(max(milliseconds, -bound), bound))
  }

  /// The time that plain decimal seconds (`12`, `12.5`, `12.480`) state; nil for anything else.
  public init?(decimalSeconds text: some StringProtocol) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, (1...9).contains(whole.count), whole.allSatisfy(\.isDigit)
    else { return nil }
    guard parts.count == 2 else {
      self.init(milliseconds: (Int(whole) ?? 0) * 1000)
      return
    }
    guard (1...9).contains(parts[1].count), parts[1].allSatisfy(\.isDigit) else { return nil }
    guard let seconds = Double(text) else { return nil }
    self.init(seconds: seconds)
  }

  public static let zero = Timestamp(milliseconds: 0)

  public var seconds: Double { Double(milliseconds) / 1000 }

  public static func < (lhs: Self, rhs: Self) -> Bool { lhs.milliseconds < rhs.milliseconds }
  public static func + (lhs: Self, milliseconds: Int) -> Self {
    Self(milliseconds: lhs.milliseconds + milliseconds)
  }
  public static func - (lhs: Self, milliseconds: Int) -> Self {
    Self(milliseconds: lhs.milliseconds - milliseconds)
  }
  /// The milliseconds from `rhs` to `lhs`.
  public static func - (lhs: Self, rhs: Self) -> Int { lhs.milliseconds - rhs.milliseconds }
}

extension Timestamp: CustomStringConvertible {
  /// Seconds with three decimals, as everywhere in JSON and CSV: `12.480`.
  public var description: String {
    let (whole, rest) = milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
    let decimals = String(rest)
    return (milliseconds < 0 ? "-" : "") + "\(whole)."
      + String(repeating: "0", count: 3 - decimals.count) + decimals
  }

  /// Hours, minutes and seconds as people read them: `1:02:03`, `2:03`.
  public var clock: String {
    let total = milliseconds / 1000
    let (hours, minutes, seconds) = (total / 3600, total / 60 % 60, total % 60)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    return hours > 0
      ? "\(hours):\(two(minutes)):\(two(seconds))" : "\(minutes):\(two(seconds))"
  }
}

/// A stretch of a recording: `contains`, `overlaps` and `clamped` come with the standard library.
public typealias TimeRange = Range<Timestamp>

extension Range where Bound == Timestamp {
  /// How long the stretch is, in milliseconds.
  public var milliseconds: Int { upperBound - lowerBound }
  /// The stretch's middle.
  public var middle: Timestamp { lowerBound + milliseconds / 2 }
}

extension Character {
  /// Whether this is one of the ten ASCII digits.
  public var isDigit: Bool { ("0"..."9").contains(self) }
}
