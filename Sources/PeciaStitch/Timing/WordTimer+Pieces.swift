import Foundation
import PeciaCore

extension WordTimer {
  /// The times of `words` in a sound of any length, which is read from start to end in pieces.
  ///
  /// About a minute of sound is looked at together with the text that may lie in it; what lies
  /// before a sure pause near its end is kept, and the next piece begins in that pause.
  ///
  /// - `words`: words and tags in the order in which they are said.
  /// - `next`: gives as many samples as it is asked for, 16 kHz, one channel, −1…1; fewer only at
  ///   the end.
  public func times(
    of words: [SpokenWord], reading next: (Int) throws -> [Float]
  ) rethrows -> TimedText {
    guard let aligner = aligner(for: words) else {
      return try byPauses(words, reading: next)
    }
    var pieces = PieceTimer(words: words, aligner: aligner)
    while let wanted = pieces.wanted { pieces.add(try next(wanted)) }
    let filled = TimesInOrder(words, found: pieces.found, duration: pieces.duration)
    return TimedText(ranges: filled.ranges, method: .sounds)
  }

  private func byPauses(
    _ words: [SpokenWord], reading next: (Int) throws -> [Float]
  ) rethrows -> TimedText {
    var energies: [Float] = []
    var samples = 0
    let block = SpeechIslands.frame * 10_000
    while true {
      let piece = try next(block)
      samples += piece.count
      energies += SpeechIslands.energies(of: piece)
      guard piece.count == block else { break }
    }
    let duration = Double(samples) / Double(SpeechFeatures.rate)
    return TimedText(
      ranges: Self.byPauses(
        words, islands: SpeechIslands(energies: energies), duration: duration),
      method: .pauses)
  }
}

/// Times a long text piece by piece; it holds the sound of one piece at a time.
struct PieceTimer {
  /// Seconds of sound that are looked at together, and how many of them at most are left to the
  /// next piece.
  private static let (piece, rest) = (60.0, 12.0)
  /// Characters a second that nobody outruns: so much text is looked at.
  private static let fastest = 26.0

  private let words: [SpokenWord]
  private let states: [SpeechLattice.Word]
  /// The words that have units, in order.
  private let sounding: [Int]
  private let aligner: SoundAligner
  private var samples: [Float] = []
  /// Where `samples` begin, in samples from the sound's start.
  private var start = 0
  private var isAtEnd = false
  /// How many of `sounding` have their times.
  private var done = 0
  /// Seconds by the place of the word.
  private(set) var found: [Int: Range<Double>] = [:]

  init(words: [SpokenWord], aligner: SoundAligner) {
    self.words = words
    self.aligner = aligner
    states = aligner.words(of: words)
    sounding = states.indices.filter { [states] in !states[$0].units.isEmpty }
  }

  /// How many samples are to be added next; nil when the sound is at its end.
  var wanted: Int? {
    isAtEnd ? nil : max(Int(Self.piece * 16_000) - samples.count, 16_000)
  }

  /// Seconds of the sound that have been added.
  var duration: Double { Double(start + samples.count) / 16_000 }

  mutating func add(_ more: [Float]) {
    isAtEnd = more.count < wanted ?? 0
    samples += more
    guard done < sounding.count else {
      start += samples.count
      samples = []
      return
    }
    guard samples.count >= SpeechFeatures.window else { return }
    let features = SpeechFeatures(of: samples)
    let text = upcoming
    guard
      let alignment = aligner.align(
        text.map { states[sounding[$0]] }, anchors: anchors(of: text), in: features,
        isOpen: !isAtEnd)
    else { return leave(samples.count, after: 0) }
    let times = WordEnds(islands: SpeechIslands(of: samples)).times(of: alignment)
    let (kept, until) = isAtEnd ? (times.count, samples.count) : cut(times)
    for (offset, time) in times.prefix(kept).enumerated() {
      let shift = Double(start) / 16_000
      found[sounding[text.lowerBound + offset]] = time.lowerBound + shift..<time.upperBound + shift
    }
    leave(until, after: kept)
  }

  /// The words that may lie in the piece.
  private var upcoming: Range<Int> {
    var end = done
    var characters = 0
    let limit = Int(Double(samples.count) / 16_000 * Self.fastest)
    while end < sounding.count, isAtEnd || characters < limit {
      characters += words[sounding[end]].text.count + 1
      end += 1
    }
    return done..<end
  }

  private func anchors(of text: Range<Int>) -> [(word: Int, frame: Int)] {
    text.enumerated().compactMap { place, index in
      words[sounding[index]].anchor.map {
        (place, $0.milliseconds / 10 - start / SpeechFeatures.hop)
      }
    }
  }

  /// How many words are sure, and the sample in the pause behind them: the longest pause that lies
  /// neither too early nor so near the end that what follows might still move it.
  private func cut(_ times: [Range<Double>]) -> (words: Int, samples: Int) {
    let seconds = Double(samples.count) / 16_000
    let latest = seconds - Self.rest / 2
    var best: (words: Int, place: Double, pause: Double)?
    for index in times.indices.dropLast() {
      let pause = times[index + 1].lowerBound - times[index].upperBound
      let place = (times[index + 1].lowerBound + times[index].upperBound) / 2
      guard place > seconds - Self.rest * 2, place < latest else { continue }
      if pause > best?.pause ?? -1 { best = (index + 1, place, pause) }
    }
    if let best { return (best.words, Int(best.place * 16_000)) }
    // No word begins there: what was found lies before, and the sound goes on without words.
    let sure = times.prefix { $0.upperBound < latest && $0.lowerBound < $0.upperBound }.count
    let end = sure > 0 ? times[sure - 1].upperBound : 0
    return (sure, Int(max(end, seconds - Self.rest * 2) * 16_000))
  }

  /// Goes on behind `count` samples and `words` words.
  private mutating func leave(_ count: Int, after words: Int) {
    samples.removeFirst(min(count, samples.count))
    start += count
    done += words
  }
}
