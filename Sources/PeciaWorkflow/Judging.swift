import Foundation
import PeciaCore
import PeciaStitch
import PeciaStore
import PeciaStyle

extension Project {
  /// Judges the clips that a text of `clip` touches, and records where they stand.
  ///
  /// A clip's verdict rests on its own texts and on those of its neighbours: so the clip and its
  /// neighbours are judged, and the result is the same as judging everything again.
  func judge(_ recording: String, touching clip: Int, by guide: Guide, at now: Date) throws {
    let settings = try store.settings()
    let judgement = Judgement(
      of: try clipTexts(of: recording, among: clip - 2...clip + 2),
      normalisation: guide.normalisation, agree: settings.agree,
      copiesMax: settings.copiesMax)
    let touched = clip - 1...clip + 1
    let verdicts = judgement.clips.filter { touched.contains($0.number) }
    try store.record(verdicts.map { ProjectStore.Verdict($0) }, of: recording, at: now)
  }

  /// The clips of a recording with the texts that count; all of them, or those with these numbers.
  func clipTexts(of recording: String, among numbers: ClosedRange<Int>? = nil) throws
    -> [ClipTexts]
  {
    let submissions = Dictionary(
      grouping: try store.submissions(of: recording, among: numbers), by: \.clip)
    let accepted = try store.accepted(of: recording, among: numbers)
    let copies = try store.copies(of: recording, among: numbers)
    return try store.clips(of: recording, among: numbers).map { clip in
      ClipTexts(
        number: clip.number, range: clip.range,
        texts: (submissions[clip.number] ?? []).map {
          WorkerText(worker: $0.worker, text: MarkedText($0.text).withoutKeepTags)
        },
        accepted: accepted[clip.number], copies: copies[clip.number] ?? 1)
    }
  }
}

extension ProjectStore.Verdict {
  init(_ clip: ClipJudgement) {
    self.init(
      clip: clip.number, agreement: clip.agreement, state: clip.state, wantsCopy: clip.wantsCopy)
  }
}

extension MarkedText {
  /// The text without the tags that silence a finding (`[keep RULE: WHY]`): they speak to the
  /// style guide and are no part of what was said.
  fileprivate var withoutKeepTags: String {
    pieces.filter { $0.kind == .tag && $0.text.hasPrefix("[keep ") }.reversed()
      .reduce(into: text) { $0.removeSubrange($1.text.startIndex..<$1.text.endIndex) }
  }
}
