/// Where there is speech in a stretch, and what it costs to cut at each place of it.
///
/// Every loudness is held against the floor around it, which is what the sound comes back to within
/// the seconds before or after; the channel and band that stand out most decide. All arrays have an
/// entry for each bin.
struct SpeechActivity {
  /// What an edge here costs: near 0 in the middle of a pause, some tens in the middle of a word.
  var cost: [Float]
  /// Whether this is speech.
  var speech: [Bool]
  /// Whether this may be speech: it never lies in a gap.
  var suspect: [Bool]

  /// What it costs to cut where speech is loudest.
  private static let speechCost: Float = 60

  /// Bins in half a second: how closely floors and levels follow the sound.
  private static let step = 50

  /// - Parameters:
  ///   - rows: the meter's rows.
  ///   - width: values in a row.
  init(rows: [Float], width: Int) {
    let count = rows.count / width
    var excess = [Float](repeating: 0, count: count)
    var sharp = excess
    for column in 0..<width {
      let heard = (0..<count).map { rows[$0 * width + column] }
      let loudness = smoothed(heard, reach: 1)
      let floor = Self.floor(of: loudness)
      for bin in 0..<count {
        excess[bin] = max(excess[bin], loudness[bin] - floor[bin / Self.step])
        sharp[bin] = max(sharp[bin], heard[bin] - floor[bin / Self.step])
      }
    }
    let level = Self.percentiles(
      of: excess, above: 0, share: 0.95, before: 60 * Self.step, behind: 60 * Self.step)
    let (near, far) = (smoothed(excess, reach: 10), smoothed(excess, reach: 20))
    cost = (0..<count).map { bin in
      let level = max(level[bin / Self.step], 8)
      // The less speech stands out, the longer a pause must be to be believed.
      let doubt = 0.4 * max(0, min(1, (24 - level) / 10))
      return (near[bin] * (1 - doubt) + far[bin] * doubt) * Self.speechCost / level
    }
    speech = Self.runs(
      sharp.enumerated().map { $1 > max(5.5, level[$0 / Self.step] - 28) }, least: 4, fill: 10)
    let wide = smoothed(excess, reach: 3)
    suspect = Self.runs(
      wide.enumerated().map { $1 > max(4.5, level[$0 / Self.step] - 42) }, least: 6, fill: 10)
  }

  /// For each step the higher of what the sound comes back to in 25 s before and in 25 s behind.
  private static func floor(of loudness: [Float]) -> [Float] {
    let left = percentiles(
      of: loudness, above: LoudnessMeter.silence, share: 0.06, before: 50 * step, behind: 4 * step)
    let right = percentiles(
      of: loudness, above: LoudnessMeter.silence, share: 0.06, before: 4 * step, behind: 50 * step)
    return zip(left, right).map { max($0, $1) }
  }

  /// For each step the value that `share` of the values around it lie below, to half a decibel.
  private static func percentiles(
    of values: [Float], above base: Float, share: Double, before: Int, behind: Int
  ) -> [Float] {
    let buckets = values.map { UInt8(max(0, min(255, ($0 - base) * 2))) }
    var counts = [Int](repeating: 0, count: 256)
    var window = 0..<0
    return stride(from: 0, to: values.count, by: step).map { place in
      let next =
        max(
          0, min(place - before, values.count - before - behind))..<min(
          values.count, max(place + behind, before + behind))
      for index in window.upperBound..<max(window.upperBound, next.upperBound) {
        counts[Int(buckets[index])] += 1
      }
      for index in window.lowerBound..<next.lowerBound { counts[Int(buckets[index])] -= 1 }
      window = next
      var rest = Int(Double(window.count) * share)
      for bucket in 0..<256 {
        rest -= counts[bucket]
        if rest < 0 { return base + Float(bucket) / 2 }
      }
      return base + 127.5
    }
  }

  /// `flags` with pauses of fewer than `fill` bins closed, then runs of fewer than `least` dropped.
  private static func runs(_ flags: [Bool], least: Int, fill: Int) -> [Bool] {
    var flags = flags
    replaceShortRuns(of: false, under: fill, in: &flags)
    replaceShortRuns(of: true, under: least, in: &flags)
    return flags
  }

  private static func replaceShortRuns(of value: Bool, under length: Int, in flags: inout [Bool]) {
    var start = 0
    for index in 0...flags.count where index == flags.count || flags[index] != value {
      let touchesAnEnd = start == 0 || index == flags.count
      if start < index, index - start < length, value || !touchesAnEnd {
        for place in start..<index { flags[place] = !value }
      }
      start = index + 1
    }
  }
}

/// The mean over `reach` values to each side; at the ends over those that there are.
func smoothed(_ values: [Float], reach: Int) -> [Float] {
  var sum: Float = 0
  var (first, last) = (0, 0)
  return values.indices.map { index in
    while last < min(values.count, index + reach + 1) {
      sum += values[last]
      last += 1
    }
    while first < index - reach {
      sum -= values[first]
      first += 1
    }
    return sum / Float(last - first)
  }
}
