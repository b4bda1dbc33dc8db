import Foundation
import PeciaCore
import PeciaStitch
import PeciaStore

extension PlayerDesk {
  /// The next disputed clip that is not in `excluding`; nil where nothing is left to decide.
  ///
  /// The text to begin with is what the reviewer had typed, else the consensus.
  func nextDispute(excluding: Set<String>, at now: Date) throws -> PlayerTask? {
    for recording in try project.store.recordings() {
      let states = try project.store.states(of: recording.name, at: now)
      let clips = try project.store.clips(of: recording.name)
      let disputed = clips.filter {
        states[$0.number] == .disputed && !excluding.contains($0.address)
      }
      guard let clip = disputed.first else { continue }
      return try review(of: clip, among: clips, of: recording)
    }
    return nil
  }

  private func review(of clip: Clip, among clips: [Clip], of recording: Recording) throws
    -> PlayerTask
  {
    let settings = try project.store.settings()
    let texts = try project.clipTexts(
      of: recording.name, among: (clip.number - 2)...(clip.number + 2))
    let judgement = Judgement(
      of: texts, normalisation: guide.normalisation, agree: settings.agree,
      copiesMax: settings.copiesMax)
    let consensus = judgement.clips.first { $0.number == clip.number }?.words ?? []
    let own = texts.first { $0.number == clip.number }?.texts ?? []
    let seams = judgement.disputes.compactMap { dispute -> DisputedSeam? in
      guard dispute.clips.contains(clip.number),
        let neighbour = dispute.clips.first(where: { $0 != clip.number })
      else { return nil }
      let start = max(dispute.range.lowerBound - clip.range.lowerBound, 0)
      let end = min(dispute.range.upperBound - clip.range.lowerBound, clip.range.milliseconds)
      return DisputedSeam(
        neighbour: neighbour, start: start, end: max(end, start), texts: dispute.texts,
        before: dispute.before, after: dispute.after)
    }
    let lease = Lease(token: "", clip: clip, worker: worker, expires: .distantFuture)
    var task = try self.task(of: lease)
    let begun = try project.store.review(of: clip, by: worker)
    // A tag more or less is no dispute by itself; but who decides sees it, and what it stands for.
    var normalisation = guide.normalisation
    normalisation.ignoresTags = false
    task.text = begun ?? Self.text(of: consensus)
    task.review = ReviewFacts(
      variants: own.map {
        Variant(worker: $0.worker, text: $0.text.trimmingCharacters(in: .whitespacesAndNewlines))
      },
      words: heard(consensus, in: clip, language: recording.language),
      seams: seams.sorted { $0.start < $1.start }, normalisation: normalisation)
    return task
  }

  /// The words with their times, found in the clip's sound; spread evenly where it cannot be read.
  private func heard(_ words: [ConsensusWord], in clip: Clip, language: String) -> [HeardWord] {
    let length = clip.range.milliseconds
    guard let samples = try? sound(of: clip).mono(at: WordTimer.sampleRate) else {
      return words.enumerated().map { index, word in
        HeardWord(
          text: word.text, start: length * index / words.count,
          end: length * (index + 1) / words.count)
      }
    }
    let spoken = words.map { SpokenWord(text: $0.text, isTag: $0.isTag, anchor: $0.mark) }
    let ranges = WordTimer(language: language).times(of: spoken, in: samples).ranges
    return zip(words, ranges).map { word, range in
      HeardWord(
        text: word.text, start: range.lowerBound.milliseconds, end: range.upperBound.milliseconds)
    }
  }

  /// Consensus words as a text: a new line with the label where the speaker changes.
  private static func text(of words: [ConsensusWord]) -> String {
    var text = ""
    var speaker: String?
    for word in words {
      if let name = word.speaker, name != speaker {
        text += text.isEmpty ? "\(name):" : "\n\(name):"
        speaker = name
      }
      text += text.isEmpty ? word.text : " \(word.text)"
    }
    return text
  }

  /// Records the decision, and judges the clip and its neighbours anew.
  func decide(_ text: String?, for task: PlayerTask, why: String?, at now: Date) throws {
    let clip = task.lease.clip
    try project.store.decide(text, for: clip, by: worker, why: why, at: now)
    try project.judge(clip.recording, touching: clip.number, by: guide, at: now)
  }
}
