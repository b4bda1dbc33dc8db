import Foundation

/// How likely the word that won a slot is right.
///
/// Logistic regression on the log-odds of the texts that have the word and of those that have
/// something else there; fitted to seven, three and two texts an item of dev-clean of CrowdSpeech
/// in equal parts, and checked on dev-other.
enum Confidence {
  private static let base = 0.325
  private static let supportRoot = 2.158
  private static let support = -0.133
  private static let dissentRoot = -2.485
  private static let dissent = 0.325
  /// Beyond these sums more texts change nothing.
  private static let mostSupport = 50.0
  private static let mostDissent = 14.0

  /// The log-odds that a text with this error chance has the right word; never less than none.
  static func odds(_ errorChance: Double) -> Double {
    max(0, log((1 - errorChance) / errorChance))
  }

  /// From 0 to 1; `support` and `dissent` are sums of log-odds.
  static func of(support: Double, dissent: Double) -> Double {
    let (pro, contra) = (min(support, mostSupport), min(dissent, mostDissent))
    let sum =
      base + supportRoot * pro.squareRoot() + self.support * pro
      + dissentRoot * contra.squareRoot() + self.dissent * contra
    return 1 / (1 + exp(-sum))
  }
}
