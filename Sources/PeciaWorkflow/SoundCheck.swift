import Foundation
import PeciaAudio
import PeciaCore
import PeciaStitch
import Synchronization

/// Holds texts against the sound of their clips; each text is measured once.
final class SoundCheck: Sendable {
  /// The `rule` of its findings.
  static let rule = "sound.fit"
  /// So many other texts of a recording are enough to know how its honest ones score.
  static let comparisons = 8

  private struct Key: Hashable {
    var clip: String
    var text: String
  }
  /// The figures by text; nil where the sound or the language gives none.
  private let known = Mutex<[Key: TextFit?]>([:])
  private let timers = Mutex<[String: WordTimer]>([:])

  /// What the sound says against a text, among all that was found; nil for nothing.
  static func doubt(in findings: [Finding]) -> String? {
    findings.first { $0.rule == rule }?.message
  }

  /// The timer of a language; its table is read once.
  func timer(for language: String) -> WordTimer {
    timers.withLock { timers in
      if let timer = timers[language] { return timer }
      let timer = WordTimer(language: language)
      timers[language] = timer
      return timer
    }
  }

  /// The figures of a text; nil where its language has no table, where it has no words, or where
  /// the sound cannot be read.
  func fit(of text: String, in clip: Clip, at path: URL, by timer: WordTimer) -> TextFit? {
    let key = Key(clip: clip.address, text: text)
    if let fit = known.withLock({ $0[key] }) { return fit }
    let words = SpokenWord.words(of: MarkedText(text))
    var fit: TextFit?
    if timer.limits != nil, words.contains(where: { !$0.isTag }),
      let sound = try? readSound(path.path)
    {
      fit = timer.fit(of: words, in: sound.mono(at: WordTimer.sampleRate))
    }
    known.withLock { $0[key] = .some(fit) }
    return fit
  }

  /// What is doubtful, as a finding over the whole text; nil where nothing is.
  static func finding(
    in text: String, with fit: TextFit?, among others: [TextFit], limits: FitLimits?
  ) -> Finding? {
    guard let fit, let doubt = limits?.doubt(about: fit, among: others) else { return nil }
    return finding(rule, .warning, over: text, message(doubt, fit))
  }

  /// Seconds of speech, and the part of the clip, from which a clip is not silent.
  private static let heard = (milliseconds: 3000, part: 3)

  /// A doubt about a text that says that nothing is said, where the clip has speech; nil for any
  /// other.
  static func silence(of text: String, in clip: Clip) -> Finding? {
    let pieces = MarkedText(text).pieces
    let isSilent = pieces.allSatisfy { $0.kind == .tag && MarkedText.saysSilence($0.text) }
    guard isSilent, !pieces.isEmpty, clip.speech >= heard.milliseconds,
      clip.speech * heard.part >= clip.range.milliseconds
    else { return nil }
    return finding(
      rule, .warning, over: text,
      "the sound seems to speak for \(clip.speech / 1000) s: listen again")
  }

  /// That a text has more words than anybody can say in its clip, as an error; nil for any other.
  ///
  /// Ten words a second are more than the fastest speakers manage, and 1,000 words are always
  /// taken: what is refused is a text of something else, such as a whole book.
  static func excess(of text: String, in clip: Clip) -> Finding? {
    let words = text.split(whereSeparator: \.isWhitespace).count
    let seconds = clip.range.upperBound.seconds - clip.range.lowerBound.seconds
    let most = max(1000, Int(10 * seconds))
    guard words > most else { return nil }
    return finding(
      "sound.length", .error, over: text,
      "\(words) words are more than \(Int(seconds)) s of sound can hold; hand in at most \(most)")
  }

  private static func finding(
    _ rule: String, _ level: Finding.Level, over text: String, _ message: String
  ) -> Finding {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return Finding(
      rule: rule, level: level, message: message, range: 0..<text.count,
      start: TextPlace(line: 1, column: 1),
      end: TextPlace(line: lines.count, column: (lines.last?.count ?? 0) + 1), text: text)
  }

  private static func message(_ doubt: FitLimits.Doubt, _ fit: TextFit) -> String {
    func place(_ range: TimeRange) -> String {
      "\(range.lowerBound.clock)–\(range.upperBound.clock)"
    }
    return switch doubt {
    case .otherText:
      "the sound seems to say something else, most of all at \(place(fit.worst)): listen again"
    case .tooLittle:
      "words seem to be missing where the sound speaks at \(place(fit.foreign)): listen again"
    case .tooMuch:
      "there seem to be more words than the sound says, most of all at "
        + "\(place(fit.unsaid > 0 ? fit.unsaidPlace : fit.worst)): listen again"
    }
  }
}

extension Project {
  /// What the sound of a clip says against a text of it; nil where nothing is doubtful.
  ///
  /// The texts of the nearest clips show how honest texts of the recording score.
  func soundFinding(in text: String, of clip: Clip) throws -> Finding? {
    if let silence = SoundCheck.silence(of: text, in: clip) { return silence }
    guard let recording = try store.recording(named: clip.recording) else { return nil }
    let timer = soundCheck.timer(for: recording.language)
    guard timer.limits != nil,
      let fit = soundCheck.fit(of: text, in: clip, at: try audio(of: clip), by: timer)
    else { return nil }
    let near = clip.number - SoundCheck.comparisons...clip.number + SoundCheck.comparisons
    let clips = try store.clips(of: clip.recording, among: near)
    let others = try store.submissions(of: clip.recording, among: near)
      .filter { $0.clip != clip.number }
      .sorted { abs($0.clip - clip.number) < abs($1.clip - clip.number) }
      .prefix(SoundCheck.comparisons)
      .compactMap { other -> TextFit? in
        guard let own = clips.first(where: { $0.number == other.clip }) else { return nil }
        return soundCheck.fit(of: other.text, in: own, at: try audio(of: own), by: timer)
      }
    return SoundCheck.finding(in: text, with: fit, among: others, limits: timer.limits)
  }

  /// What the sounds of a recording's clips say against their texts, by clip and worker; the clips
  /// are looked at side by side.
  func soundFindings(
    of clips: [Clip], texts: [Int: [(worker: String, text: String)]], language: String
  ) throws -> [Int: [String: Finding]] {
    var findings: [Int: [String: Finding]] = [:]
    for clip in clips {
      for (worker, text) in texts[clip.number] ?? [] {
        findings[clip.number, default: [:]][worker] = SoundCheck.silence(of: text, in: clip)
      }
    }
    let timer = soundCheck.timer(for: language)
    guard timer.limits != nil else { return findings }
    let work = try clips.flatMap { clip in
      try (texts[clip.number] ?? []).map {
        (clip: clip, path: try audio(of: clip), worker: $0.worker, text: $0.text)
      }
    }
    let fits = Mutex([Int: TextFit]())
    DispatchQueue.concurrentPerform(iterations: work.count) { index in
      let one = work[index]
      let fit = soundCheck.fit(of: one.text, in: one.clip, at: one.path, by: timer)
      fits.withLock { $0[index] = fit }
    }
    let found = fits.withLock { $0 }
    for (index, one) in work.enumerated() where found[index] != nil {
      let others = found.filter { work[$0.key].clip.number != one.clip.number }.map(\.value)
      findings[one.clip.number, default: [:]][one.worker] = SoundCheck.finding(
        in: one.text, with: found[index], among: others, limits: timer.limits)
    }
    return findings
  }
}
