import Foundation
import PeciaStitch
import Simulation

/// Finds the bounds of honest texts from their figures.
struct LimitFit {
  /// The figures of honest texts, by recording.
  private var fits: [String: [TextFit]] = [:]
  /// How many in a hundred honest texts are to pass, and the bound in spreads that is kept anyway.
  private let honest = 98.5
  private let leastBound = 2.4
  /// The seconds of speech without a word that are let pass anyway.
  private let leastForeign = 0.8
  /// The units of words that the sound passes by and that are let pass anyway: some two words.
  private let leastUnsaid = 8.0

  /// Takes the pieces of sounds that `table` never heard.
  mutating func add(_ sounds: [LabelledSound], timedBy table: TimingTable) {
    let timer = WordTimer(language: table.language, table: table)
    for sound in sounds {
      for seconds in [9.0, 14, 25] {
        for piece in sound.pieces(under: seconds) {
          guard let fit = timer.fit(of: piece.spoken, in: piece.samples) else { continue }
          fits[sound.name, default: []].append(fit)
        }
      }
    }
  }

  /// The limits; nil without figures.
  var limits: FitLimits? {
    let all = fits.values.flatMap { $0 }.filter { $0.speech >= FitLimits.shortest }
    guard all.count > 1 else { return nil }
    let known = fits.values.filter { $0.count > FitLimits.enough }
    let gaps = known.flatMap { fits in fits.map { $0.gap - median(fits.map(\.gap)) } }
    let rates = known.flatMap { fits in fits.map { $0.logRate - median(fits.map(\.logRate)) } }
    var limits = FitLimits(
      any: .init(
        gap: median(all.map(\.gap)), gapSpread: spread(all.map(\.gap)),
        rate: median(all.map(\.logRate)), rateSpread: spread(all.map(\.logRate))),
      own: .init(gap: 0, gapSpread: spread(gaps), rate: 0, rateSpread: spread(rates)),
      foreign: 0, unsaid: 0, bound: 0, ownBound: 0)
    let foreign = known.flatMap { fits in
      fits.map { limits.score(of: $0, among: fits).foreign }
    }
    limits.foreign = max(leastForeign, highest(of: foreign))
    limits.unsaid = max(leastUnsaid, highest(of: all.map { Double($0.unsaid) }))
    limits.bound = bound(all.map { limits.score(of: $0, among: []).value })
    limits.ownBound = bound(
      known.flatMap { fits in fits.map { limits.score(of: $0, among: fits).value } })
    return limits
  }

  /// The standard deviation of what is not far off: from the median distance to the median.
  private func spread(_ values: [Double]) -> Double {
    let middle = median(values)
    return max(1.4826 * median(values.map { abs($0 - middle) }), 0.001)
  }

  private func bound(_ scores: [Double]) -> Double { max(leastBound, highest(of: scores)) }

  /// The highest of the scores that are to pass.
  private func highest(of scores: [Double]) -> Double {
    let sorted = scores.sorted()
    return sorted.isEmpty ? 0 : sorted[Int(Double(sorted.count - 1) * honest / 100)]
  }
}
