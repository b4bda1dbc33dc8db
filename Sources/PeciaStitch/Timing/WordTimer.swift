import Foundation
package import PeciaCore

/// Finds when each word of a known text was said.
///
/// With the table of a language, by how its letters sound. Without one, or where it does not fit, by
/// the broad classes of sounds that letters stand for in most languages. Where these do not fit
/// either, or the script has other letters, by punctuation matched with pauses.
public struct WordTimer: Sendable {
  /// Samples a second that it wants.
  public static let sampleRate = SpeechFeatures.rate
  public let language: String
  private let own: SoundAligner?
  private let broad: SoundAligner?
  /// Whether it has a table of its language.
  public var hasTable: Bool { own != nil }
  /// The bounds of honest texts; nil where the language has no table.
  public var limits: FitLimits? { own.flatMap { $0.table.isBroad ? nil : FitLimits($0.table) } }

  /// - `language`: a language code (`en`); its shipped table is taken where there is one.
  /// - `table`: taken in place of the shipped one.
  public init(language: String, table: TimingTable? = nil) {
    self.language = language
    // A shipped table that cannot be read is found by the tests; timing goes on without it.
    func shipped(_ language: String) -> TimingTable? {
      (try? TimingTable.shipped(for: language)) ?? nil
    }
    own = (table ?? shipped(language)).map(SoundAligner.init)
    broad =
      own?.table.isBroad ?? false ? nil : shipped(TimingTable.anyLanguage).map(SoundAligner.init)
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
    var first: TextContrast?
    for aligner in aligners(for: words) {
      guard let plain = Heard(words, in: samples, by: aligner, islands: islands) else { continue }
      let contrast = plain.contrast(by: aligner, islands: islands)
      first = first ?? contrast
      guard contrast.isLikely(by: aligner.table) else { continue }
      let found = plain.times(by: aligner, islands: islands)
      var timed = TimedText(
        ranges: TimesInOrder(words, found: found, duration: duration).ranges,
        method: aligner.table.method, fit: aligner.table.isBroad ? nil : plain.fit)
      timed.contrast = first ?? contrast
      return timed
    }
    var timed = TimedText(
      ranges: Self.byPauses(words, islands: islands, duration: duration), method: .pauses)
    timed.contrast = first ?? timed.contrast
    return timed
  }

  /// Whether texts and sounds that were compared by the timer's first table belong together; yes
  /// where it has none.
  public func isLikely(_ contrast: TextContrast) -> Bool {
    own.map { contrast.isLikely(by: $0.table) } ?? true
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

  /// The aligners of which nearly all letters of the text are the table's, the best one first.
  func aligners(for words: [SpokenWord]) -> [SoundAligner] {
    [own, broad].compactMap { $0 }.filter { $0.table.covers(words) }
  }

  /// So many words times frames are looked at when words may be skipped: it takes some 20 bytes each.
  private static let mostSkipped = 5_000_000

  /// How well the text of `words` fits a sound; nil where the language has no table, the text is
  /// of another script, or there is nothing to be heard.
  public func fit(of words: [SpokenWord], in samples: [Float]) -> TextFit? {
    guard let aligner = own, aligner.table.covers(words), samples.count >= SpeechFeatures.window
    else { return nil }
    let islands = SpeechIslands(of: samples)
    let canSkip = words.count * samples.count / SpeechFeatures.hop <= Self.mostSkipped
    // A text of more words than the sound has frames for is heard with words left out.
    guard
      let heard = Heard(words, in: samples, by: aligner, islands: islands)
        ?? (canSkip
          ? Heard(words, in: samples, by: aligner, islands: islands, isSkipping: true) : nil)
    else { return nil }
    var fit = heard.fit
    if canSkip,
      let other = aligner.align(
        heard.text, anchors: heard.anchors, scores: heard.alignment.scores, isOpen: false,
        isSkipping: true)
    {
      fit.takeUnsaid(from: other, of: heard.text)
    }
    return fit
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
      islands: SpeechIslands, isSkipping: Bool = false
    ) {
      let states = aligner.words(of: words)
      let sounding = states.indices.filter { !states[$0].units.isEmpty }
      anchors = sounding.enumerated().compactMap { place, index in
        words[index].anchor.map { (word: place, frame: $0.milliseconds / 10) }
      }
      self.sounding = sounding
      text = sounding.map { states[$0] }
      features = SpeechFeatures(of: samples)
      guard
        let alignment = aligner.align(
          text, anchors: anchors, scores: aligner.scores(of: features, by: aligner.table.model),
          isOpen: false, isSkipping: isSkipping)
      else { return nil }
      self.alignment = alignment
      fit = TextFit(
        of: alignment, units: text.reduce(0) { $0 + $1.units.count },
        numbers: sounding.indices.filter { words[sounding[$0]].text.contains(where: \.isNumber) },
        tags: words.indices.filter { words[$0].isTag && !MarkedText.saysSilence(words[$0].text) }
          .map { tag in sounding.count { $0 < tag } - 1 },
        islands: islands)
    }

    /// How the text fits the sound from its first word to its last, and the other way round.
    func contrast(by aligner: SoundAligner, islands: SpeechIslands) -> TextContrast {
      var contrast = TextContrast()
      contrast.add(
        alignment, of: text, isSpeech: islands.frames(alignment.path.count), by: aligner)
      return contrast
    }

    /// The times of the words that have units, by their places, in seconds.
    func times(by aligner: SoundAligner, islands: SpeechIslands) -> [Int: Range<Double>] {
      let better = aligner.adapted(alignment, text, anchors: anchors, to: features) ?? alignment
      return Dictionary(
        uniqueKeysWithValues: zip(sounding, WordEnds(islands: islands).times(of: better)))
    }
  }
}

extension SpokenWord {
  /// Whether there is anything to be said in it: a letter, a digit or a sign that is read.
  var isSpoken: Bool { text.contains { $0.isLetter || $0.isNumber || "&%$€£+=".contains($0) } }
}

extension TimingTable {
  /// How words are timed by this table.
  var method: TimedText.Method { isLearnt ? .learnt : isBroad ? .classes : .sounds }

  /// Whether nearly all letters of a text are the table's: another script is not its language.
  func covers(_ words: [SpokenWord]) -> Bool {
    spelling.coverage(of: readable(words.filter { !$0.isTag }.map(\.text)).lazy.flatMap { $0 })
      >= 0.7
  }

  /// Texts as its rules can read them: the table for any language has other scripts written in
  /// Latin letters.
  func readable(_ texts: [String]) -> [String] {
    isBroad ? Romanised.words(texts, unless: spelling.letters) : texts
  }
}
