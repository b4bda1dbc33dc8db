import Foundation

/// The bounds of honest texts, and what lies outside them: a warning, never a verdict.
///
/// The bounds belong to a table and stand in it: `pecia-train` sets them on voices that the tried
/// table never heard.
public struct FitLimits: Sendable, Hashable {
  /// What may be wrong with a text.
  public enum Doubt: String, Sendable, Hashable, CaseIterable {
    /// The sound says something else.
    case otherText
    /// There is less text than sound: words may be missing.
    case tooLittle
    /// There is more text than sound: words may be too many.
    case tooMuch
  }
  /// Where honest texts lie and how far they spread: gaps, and logarithms of rates.
  package struct Spread: Sendable, Hashable {
    package var gap: Double
    package var gapSpread: Double
    package var rate: Double
    package var rateSpread: Double

    package init(gap: Double, gapSpread: Double, rate: Double, rateSpread: Double) {
      self.gap = gap
      self.gapSpread = gapSpread
      self.rate = rate
      self.rateSpread = rateSpread
    }
  }
  /// Over all recordings.
  package var any: Spread
  /// Around a recording's own medians; its middles are 0.
  package var own: Spread
  /// So many seconds of speech that sound like no word of the text are too many; a gap counts
  /// among them.
  package var foreign: Double
  /// So many units of a run of words that the sound rather passes by are too many.
  package var unsaid: Double
  /// How many spreads are too many, with and without figures of the same recording.
  package var bound: Double
  package var ownBound: Double
  /// So many other clips make a recording's own figures.
  package static let enough = 4
  /// Less speech than this, in seconds, says too little.
  package static let shortest = 2.0

  package init(
    any: Spread, own: Spread, foreign: Double, unsaid: Double, bound: Double, ownBound: Double
  ) {
    self.any = any
    self.own = own
    self.foreign = foreign
    self.unsaid = unsaid
    self.bound = bound
    self.ownBound = ownBound
  }

  /// What is doubtful about a text; nil where nothing is.
  ///
  /// In under two seconds of speech only words too many are looked for.
  ///
  /// - `fit`: the figures of the text.
  /// - `others`: those of other clips of the same recording; with fewer than four of them the
  ///   bounds for any recording hold.
  public func doubt(about fit: TextFit, among others: [TextFit] = []) -> Doubt? {
    let isUnsaid = Double(fit.unsaid) > unsaid
    guard fit.speech >= Self.shortest else { return isUnsaid ? .tooMuch : nil }
    let score = score(of: fit, among: others)
    if score.value > (score.isOwn ? ownBound : bound) { return score.doubt }
    if isUnsaid { return .tooMuch }
    return score.foreign > foreign ? .tooLittle : nil
  }

  /// From which gap on a stretch of speech is hardly that of its text.
  var doubtfulGap: Double { any.gap + 2.5 * any.gapSpread }

  /// A word that scores further behind the best units is taken for another one, where text and sound
  /// are known to part.
  var foreignGap: Float { Float(any.gap + any.gapSpread) }

  /// How many spreads the most doubtful figure lies away, what that would mean, and how many
  /// seconds seem to be missing in the text.
  package func score(
    of fit: TextFit, among others: [TextFit]
  ) -> (value: Double, doubt: Doubt, foreign: Double, isOwn: Bool) {
    let others = others.filter { $0.speech >= Self.shortest }
    let isOwn = others.count >= Self.enough
    var spread = any
    if isOwn {
      spread = own
      spread.gap = median(others.map(\.gap))
      spread.rate = median(others.map(\.logRate))
    }
    let gap = (fit.gap - spread.gap) / spread.gapSpread
    let rate = (fit.logRate - spread.rate) / spread.rateSpread
    let foreign = fit.foreignSpeech + 0.5 * max(fit.gap - spread.gap, 0)
    return gap > rate
      ? (gap, .otherText, foreign, isOwn) : (rate, .tooMuch, foreign, isOwn)
  }
}

extension FitLimits {
  private static let names = [
    "gap", "gap-spread", "own-gap-spread", "rate", "rate-spread", "own-rate-spread", "bound",
    "own-bound", "foreign", "unsaid",
  ]

  /// The limits of a table; nil where it has none.
  public init?(_ table: TimingTable) {
    let values = Self.names.compactMap { table.limits[$0] }
    guard values.count == Self.names.count else { return nil }
    any = Spread(gap: values[0], gapSpread: values[1], rate: values[3], rateSpread: values[4])
    own = Spread(gap: 0, gapSpread: values[2], rate: 0, rateSpread: values[5])
    (bound, ownBound) = (values[6], values[7])
    (foreign, unsaid) = (values[8], values[9])
  }

  /// The limits as a table keeps them.
  package var entries: [String: Double] {
    let values = [
      any.gap, any.gapSpread, own.gapSpread, any.rate, any.rateSpread, own.rateSpread, bound,
      ownBound, foreign, unsaid,
    ]
    return Dictionary(uniqueKeysWithValues: zip(Self.names, values))
  }
}

extension TextFit {
  package var logRate: Double { log(max(rate, 0.01)) }
}

/// The middle value; 0 for none.
package func median(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.sorted()[values.count / 2]
}
