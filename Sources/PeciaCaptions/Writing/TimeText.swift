import PeciaCore

extension Timestamp {
  /// `01:02:03` and a sign, and the milliseconds: as caption files have times.
  func clock(hours digits: Int = 2, sign: String = ".") -> String {
    let total = max(milliseconds, 0)
    let (seconds, rest) = total.quotientAndRemainder(dividingBy: 1000)
    return padded(seconds / 3600, digits) + ":" + padded(seconds / 60 % 60, 2) + ":"
      + padded(seconds % 60, 2) + sign + padded(rest, 3)
  }
}

/// `value` in decimal digits, at least `digits` of them.
func padded(_ value: Int, _ digits: Int) -> String {
  let text = String(value)
  return text.count < digits ? String(repeating: "0", count: digits - text.count) + text : text
}
