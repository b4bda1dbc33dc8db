import Foundation

/// Where there is speech in a stretch, and what it costs to cut at each place of it.
///
/// Every loudness is held against the floor around it, which is what the sound comes back to within
/// the seconds before or after; `SpeechModel` tells what stands out there as words from what does
/// not. All arrays have an entry for each bin.
struct SpeechActivity {
  /// What an edge here costs: near 0 in the middle of a pause, 200 and more in a word.
  var cost: [Float]
  /// Whether this is speech.
  var speech: [Bool]
  /// Whether this may be speech: it never lies in a gap.
  var suspect: [Bool]

  /// What it costs to cut where it is certain to hit a word.
  private static let wordCost: Float = 200
  /// For each unit of the odds' logarithm beyond `safety`: of pauses, the surer ones are taken.
  private static let oddsCost: Float = 2
  private static let safety: Float = 3
  /// The least logarithm of the odds of speech.
  private static let certainty: Float = 1
  /// Of the level that speech reaches above its background, what a bin reaches at least; and how
  /// far below it, in decibels, where that is more: a short pause between words counts as none.
  private static let loudness: Float = 0.12
  private static let depth: Float = 34

  /// - Parameters:
  ///   - rows: the meter's rows.
  ///   - channels: how many rows there are for each bin.
  ///   - model: tells words from pauses.
  init(rows: [SIMD8<Float>], channels: Int, model: SpeechModel = .shipped) {
    let background = Background(rows: rows, channels: channels)
    let odds = model.odds(background)
    let likely = odds.map { 1 / (1 + exp(-$0)) }
    let near = smoothed(likely, reach: 4)
    let doubts = smoothed(
      odds.map { log(1 + exp(min(20, $0 + Self.safety))) }, reach: 6)
    cost = odds.indices.map {
      Self.wordCost * max(likely[$0], near[$0]) + Self.oddsCost * doubts[$0]
    }
    let isSpeech = odds.indices.map {
      let level = background.level(at: $0)
      return odds[$0] > Self.certainty
        && background.excess[$0] > max(Self.loudness * level, level - Self.depth)
    }
    speech = Self.runs(isSpeech, least: 4, fill: 10)
    let wide = smoothed(background.excess, reach: 3)
    suspect = Self.runs(
      wide.indices.map { wide[$0] > max(4.5, background.level(at: $0) - 42) }, least: 6, fill: 10)
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
