public import Foundation
import PeciaCore
import PeciaStitch
import PeciaStore
import PeciaStyle

extension Project {
  /// Judges everything anew: every text against the guide, every clip, seam and worker by
  /// agreement; and asks for further copies where they would help.
  ///
  /// `agree`: the agreement from which a clip counts as agreed, from 0 to 1; kept for the
  /// project. Nil leaves it as it is.
  ///
  /// `copiesMax`: the most copies that may be asked for; kept for the project.
  public func checked(agree: Double? = nil, copiesMax: Int? = nil, at now: Date) throws
    -> CheckReport
  {
    var settings = try store.settings()
    if agree != nil || copiesMax != nil {
      try mustBeProject()
      settings.agree = agree ?? settings.agree
      settings.copiesMax = copiesMax ?? settings.copiesMax
      try store.setSettings(settings)
    }
    let guide = try guide()
    var report = CheckReport()
    var evidence: [String: (weight: Double, comparisons: Int)] = [:]
    for recording in try store.recordings() {
      let texts = try clipTexts(of: recording.name)
      let judgement = Judgement(
        of: texts, normalisation: guide.normalisation, agree: settings.agree,
        copiesMax: settings.copiesMax)
      try store.record(
        judgement.clips.map { ProjectStore.Verdict($0) }, of: recording.name, at: now)
      let sound = try soundFindings(
        of: try store.clips(of: recording.name),
        texts: texts.reduce(into: [:]) { found, clip in
          found[clip.number] = clip.texts.map { ($0.worker, $0.text) }
        }, language: recording.language)
      report.add(
        judgement, of: recording, texts: texts, sound: sound,
        states: try store.states(of: recording.name, at: now), guide: guide)
      for worker in judgement.workers {
        let known = evidence[worker.worker] ?? (0, 0)
        evidence[worker.worker] = (
          known.weight + (worker.reliability ?? 0) * Double(worker.comparisons),
          known.comparisons + worker.comparisons
        )
      }
    }
    report.workers = evidence.sorted { $0.key < $1.key }.map { worker, found in
      CheckReport.WorkerLine(
        worker: worker,
        reliability: found.comparisons > 0 ? found.weight / Double(found.comparisons) : nil,
        comparisons: found.comparisons)
    }
    return report
  }
}

extension CheckReport {
  fileprivate mutating func add(
    _ judgement: Judgement, of recording: Recording, texts: [ClipTexts],
    sound: [Int: [String: Finding]], states: [Int: ClipState], guide: Guide
  ) {
    for (clip, judged) in zip(texts, judgement.clips) {
      let kind = TextKind(clip: clip.range, of: recording)
      let findings = clip.texts.flatMap { text in
        (guide.findings(in: text.text, as: kind)
          + [sound[clip.number]?[text.worker]].compactMap { $0 })
          .map { WorkerFinding(worker: text.worker, finding: $0) }
      }
      clips.append(
        ClipLine(
          recording: recording.name, clip: clip.number, range: clip.range,
          state: states[clip.number] ?? judged.state, agreement: judged.agreement,
          copies: clip.texts.count, findings: findings))
    }
    seams += judgement.seams.map {
      SeamLine(
        recording: recording.name, left: $0.left, right: $0.right, range: $0.range,
        agreement: $0.agreement, state: $0.state)
    }
    disputes += judgement.disputes.map {
      DisputeLine(
        recording: recording.name, clips: $0.clips, range: $0.range, texts: $0.texts,
        kind: $0.kind, score: $0.score, before: $0.before, after: $0.after)
    }
  }
}
