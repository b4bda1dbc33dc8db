/// How a TTML document counts time: its frame rate and its ticks.
struct MediaClock {
  private var frames = 30.0
  private var subFrames = 1.0
  private var ticks = 1.0

  init(_ root: XMLElement) {
    if let rate = root.attribute("frameRate").flatMap(Double.init), rate > 0 {
      frames = rate
      ticks = rate
    }
    let factor = root.attribute("frameRateMultiplier")?
      .split { $0 == " " || $0 == ":" }.compactMap { Double($0) }
    if let factor, factor.count == 2, factor[0] > 0, factor[1] > 0 {
      frames *= factor[0] / factor[1]
    }
    if let parts = root.attribute("subFrameRate").flatMap(Double.init), parts > 0 {
      subFrames = parts
      ticks *= parts
    }
    if let rate = root.attribute("tickRate").flatMap(Double.init), rate > 0 { ticks = rate }
  }

  /// The milliseconds of a time expression (`00:00:01.5`, `00:00:01:12`, `1.5s`, `36f`, `90t`);
  /// nil for anything else.
  func milliseconds(_ text: String) -> Int? {
    let text = text.split(whereSeparator: \.isWhitespace).joined()
    return text.contains(":") ? clockTime(text) : offsetTime(text)
  }

  private func clockTime(_ text: String) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (3...4).contains(parts.count), let hours = whole(parts[0]), let minutes = whole(parts[1])
    else { return nil }
    let whole = Double(hours * 3600 + minutes * 60)
    if parts.count == 3 { return decimal(parts[2]).flatMap { rounded(whole + $0) } }
    guard let seconds = self.whole(parts[2]), let count = frameCount(parts[3]) else { return nil }
    return rounded(whole + Double(seconds) + count / frames)
  }

  /// `12`, or `12.1` with sub-frames.
  private func frameCount(_ text: Substring) -> Double? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let count = whole(parts[0]) else { return nil }
    guard parts.count == 2 else { return Double(count) }
    return whole(parts[1]).map { Double(count) + Double($0) / subFrames }
  }

  private func offsetTime(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = decimal(digits) else { return nil }
    switch text[digits.endIndex...] {
    case "h": return rounded(value * 3600)
    case "m": return rounded(value * 60)
    case "s": return rounded(value)
    case "ms": return rounded(value / 1000)
    case "f": return rounded(value / frames)
    case "t": return rounded(value / ticks)
    default: return nil
    }
  }

  private func whole(_ text: Substring) -> Int? {
    text.isDigits && text.utf8.count < 10 ? Int(text) : nil
  }

  private func decimal(_ text: Substring) -> Double? {
    guard let first = text.first, first.isNumber, text.utf8.count < 20,
      text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") })
    else { return nil }
    return Double(text)
  }

  private func rounded(_ seconds: Double) -> Int? {
    let milliseconds = (seconds * 1000).rounded()
    return milliseconds.isFinite && milliseconds < 1e12 ? Int(milliseconds) : nil
  }
}
