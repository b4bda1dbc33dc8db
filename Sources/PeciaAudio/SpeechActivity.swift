import Foundation

/// Where there is speech in a stretch, and what it costs to cut at each place of it.
///
/// Every loudness is held against the floor around it, which is what the sound comes back to within
/// the seconds before or after; the channel and band that stand out most decide. Where speech
/// stands out little from the background, a second look counts: steadier, each band by how far its
/// background strays, and a pause must be wide to be believed. All arrays have an entry for each
/// bin.
struct SpeechActivity {
  /// What an edge here costs: near 0 in the middle of a pause, some tens in the middle of a word.
  var cost: [Float]
  /// Whether this is speech.
  var speech: [Bool]
  /// Whether this may be speech: it never lies in a gap.
  var suspect: [Bool]

  /// What it costs to cut where speech is loudest; in doubt, so that longer seams are rather taken.
  private static let speechCost: Float = 60
  private static let doubtfulCost: Float = 200
  /// In doubt, speech begins so far above the floor, in units of the background's straying.
  private static let doubtfulSpeech: Float = 2.7

  /// - Parameters:
  ///   - rows: the meter's rows.
  ///   - width: values in a row.
  init(rows: [Float], width: Int) {
    let count = rows.count / width
    let clear = Prominence(rows: rows, width: width, reach: 1, share: 0.06, isWeighed: false)
    let doubt = clear.level.map { max(0, min(1, (32 - $0) / 10)) }
    cost = smoothed(clear.excess, reach: 10)
    for bin in 0..<count { cost[bin] *= Self.speechCost / max(clear.level(at: bin), 8) }
    var isSpeech = (0..<count).map { clear.sharp[$0] - max(5.5, clear.level(at: $0) - 28) }
    if doubt.contains(where: { $0 > 0 }) {
      let doubtful = Prominence(rows: rows, width: width, reach: 2, share: 0.12, isWeighed: true)
      let pause = doubtful.pause
      for bin in 0..<count {
        let doubt = doubt[bin / Prominence.step]
        let cost = pause[bin] * Self.doubtfulCost / max(doubtful.level(at: bin), 8)
        self.cost[bin] += doubt * (cost - self.cost[bin])
        isSpeech[bin] += doubt * (doubtful.excess[bin] - Self.doubtfulSpeech - isSpeech[bin])
      }
    }
    speech = Self.runs(isSpeech.map { $0 > 0 }, least: 4, fill: 10)
    let wide = smoothed(clear.excess, reach: 3)
    suspect = Self.runs(
      wide.indices.map { wide[$0] > max(4.5, clear.level(at: $0) - 42) }, least: 6, fill: 10)
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
