import Foundation

/// How likely the word that won a slot is right.
///
/// Logistic regressions on the log-odds of the texts that have the word and of those that have
/// something else there, one for each number of texts; fitted to dev-clean of CrowdSpeech, and
/// checked on dev-other.
enum Confidence {
  private struct Fit {
    var base, supportRoot, support, dissentRoot, dissent, both: Double

    init(_ values: Double...) {
      (base, supportRoot, support) = (values[0], values[1], values[2])
      (dissentRoot, dissent, both) = (values[3], values[4], values[5])
    }
  }
  /// For two texts, three, four, five, and more.
  private static let fits = [
    Fit(0.797, 1.641, 0.043, -3.132, 0.757, -0.146),
    Fit(-0.694, 3.300, -0.505, -3.336, 0.147, 0.800),
    Fit(-2.536, 4.151, -0.575, -1.535, -0.040, 0.116),
    Fit(-4.245, 4.366, -0.480, 0.064, -0.191, -0.293),
    Fit(-4.723, 3.793, -0.315, 0.540, -0.123, -0.365),
  ]
  /// Beyond these sums more texts change nothing.
  private static let mostSupport = 50.0
  private static let mostDissent = 14.0

  /// The log-odds that a text with this error chance has the right word; never less than none.
  static func odds(_ errorChance: Double) -> Double {
    max(0, log((1 - errorChance) / errorChance))
  }

  /// From 0 to 1; `support` and `dissent` are sums of log-odds, `count` is the number of texts.
  static func of(support: Double, dissent: Double, count: Int) -> Double {
    let fit = fits[min(max(count - 2, 0), fits.count - 1)]
    let (pro, contra) = (min(support, mostSupport), min(dissent, mostDissent))
    let sum =
      fit.base + fit.supportRoot * pro.squareRoot() + fit.support * pro
      + fit.dissentRoot * contra.squareRoot() + fit.dissent * contra
      + fit.both * (pro * contra).squareRoot()
    return 1 / (1 + exp(-sum))
  }
}
