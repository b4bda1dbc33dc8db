import Foundation
package import PeciaCore

/// Finds when each word of a known text was said.
///
/// With the table of a language, by how its letters sound; without one, or where the sound does not
/// fit the text at all, by punctuation matched with pauses.
public struct WordTimer: Sendable {
  /// Samples a second that it wants.
  public static let sampleRate = SpeechFeatures.rate
  public let language: String
  private let aligner: SoundAligner?
  /// The bounds of honest texts; nil where the language has no table.
  public var limits: FitLimits? { aligner.flatMap { FitLimits($0.table) } }

  /// - `language`: a language code (`en`); its shipped table is taken where there is one.
  /// - `table`: taken in place of the shipped one.
  public init(language: String, table: TimingTable? = nil) {
    self.language = language
    // A shipped table that cannot be read is found by the tests; timing goes on without it.
    let table = table ?? (try? TimingTable.shipped(for: language)) ?? nil
    aligner = table.map(SoundAligner.init)
  }

  /// The times of `words` in a sound.
  ///
  /// - `words`: words and tags in the order in which they are said.
  /// - `samples`: 16 kHz, one channel, −1…1. A few minutes at most: frames and words are looked at
  ///   together.
  public func times(of words: [SpokenWord], in samples: [Float]) -> TimedText {
    let duration = Double(samples.count) / Double(SpeechFeatures.rate)
    let spoken = words.indices.filter { !words[$0].isTag && words[$0].isSpoken }
    guard !spoken.isEmpty, samples.count >= SpeechFeatures.window else {
      let filled = TimesInOrder(words, found: [:], duration: duration)
      return TimedText(ranges: filled.ranges, method: .pauses)
    }
    let islands = SpeechIslands(of: samples)
    if let found = bySounds(words, in: samples, islands: islands) {
      let filled = TimesInOrder(words, found: found.times, duration: duration)
      return TimedText(ranges: filled.ranges, method: .sounds, fit: found.fit)
    }
    return TimedText(
      ranges: Self.byPauses(words, islands: islands, duration: duration), method: .pauses)
  }

  /// The times of `words` by punctuation and pauses alone, whatever the language.
  package static func byPauses(_ words: [SpokenWord], in samples: [Float]) -> [TimeRange] {
    byPauses(
      words, islands: SpeechIslands(of: samples),
      duration: Double(samples.count) / Double(SpeechFeatures.rate))
  }

  static func byPauses(
    _ words: [SpokenWord], islands: SpeechIslands, duration: Double
  ) -> [TimeRange] {
    let spoken = words.indices.filter { !words[$0].isTag && words[$0].isSpoken }
    let matcher = PauseMatcher(words: spoken.map { words[$0] }, islands: islands.ranges())
    let found = Dictionary(uniqueKeysWithValues: zip(spoken, matcher.times()))
    return TimesInOrder(words, found: found, duration: duration).ranges
  }

  /// The aligner, where nearly all letters of the text are its table's.
  func aligner(for words: [SpokenWord]) -> SoundAligner? {
    aligner.flatMap { $0.table.covers(words) ? $0 : nil }
  }

  private func bySounds(
    _ words: [SpokenWord], in samples: [Float], islands: SpeechIslands
  ) -> (times: [Int: Range<Double>], fit: TextFit)? {
    guard let aligner = aligner(for: words),
      let plain = Heard(words, in: samples, by: aligner, islands: islands),
      limits?.isLikely(gap: plain.fit.gap) ?? true
    else { return nil }
    let alignment =
      aligner.adapted(
        plain.alignment, plain.text, anchors: plain.anchors, to: plain.features)
      ?? plain.alignment
    let times = WordEnds(islands: islands).times(of: alignment)
    return (Dictionary(uniqueKeysWithValues: zip(plain.sounding, times)), plain.fit)
  }

  /// How well the text of `words` fits a sound; nil where the language has no table, the text is
  /// of another script, or there is nothing to be heard.
  public func fit(of words: [SpokenWord], in samples: [Float]) -> TextFit? {
    guard let aligner = aligner(for: words), samples.count >= SpeechFeatures.window else {
      return nil
    }
    return Heard(words, in: samples, by: aligner, islands: SpeechIslands(of: samples))?.fit
  }

  /// Words as the table hears them in a sound.
  private struct Heard {
    /// The places of the words that have units, and these words.
    var sounding: [Int]
    var text: [SpeechLattice.Word]
    var anchors: [(word: Int, frame: Int)]
    var features: SpeechFeatures
    var alignment: SoundAligner.Alignment
    var fit: TextFit

    init?(
      _ words: [SpokenWord], in samples: [Float], by aligner: SoundAligner,
      islands: SpeechIslands
    ) {
      let states = aligner.words(of: words)
      let sounding = states.indices.filter { !states[$0].units.isEmpty }
      anchors = sounding.enumerated().compactMap { place, index in
        words[index].anchor.map { (word: place, frame: $0.milliseconds / 10) }
      }
      self.sounding = sounding
      text = sounding.map { states[$0] }
      features = SpeechFeatures(of: samples)
      guard let alignment = aligner.align(text, anchors: anchors, in: features) else {
        return nil
      }
      self.alignment = alignment
      fit = TextFit(
        of: alignment, units: text.reduce(0) { $0 + $1.units.count }, islands: islands)
    }
  }
}

extension SpokenWord {
  /// Whether there is anything to be said in it: a letter, a digit or a sign that is read.
  var isSpoken: Bool { text.contains { $0.isLetter || $0.isNumber || "&%$€£+=".contains($0) } }
}

extension TimingTable {
  /// Whether nearly all letters of a text are the table's: another script is not its language.
  func covers(_ words: [SpokenWord]) -> Bool {
    spelling.coverage(of: words.filter { !$0.isTag }.lazy.flatMap(\.text)) >= 0.7
  }
}
