public import Foundation
import PeciaAudio
public import PeciaCore
import PeciaStitch
import PeciaStore
import PeciaStyle
import Synchronization

/// A merged recording: the transcript, and what an editor should know of it.
public struct Merged: Sendable {
  public var transcript: Transcript
  /// Clips whose best text was taken although workers differ.
  public var disputed: [Int]
  /// Clips that have no text.
  public var missing: [Int]
  /// What went less well than it could, a sentence each.
  public var notes: [String]

  /// Writes all of `outputs` or none of them, and says what their forms could not hold.
  ///
  /// - Throws: `FileError` or `CaptionsError`.
  public func write(_ outputs: [Captioning.Output], _ options: Captioning.Options) throws
    -> [String]
  {
    try Captioning(transcript).write(outputs, options: options)
  }
}

extension Project {
  /// The recording called `name`.
  ///
  /// - Throws: `ProjectError.noSuchRecording`.
  public func recording(named name: String) throws -> Recording {
    guard let found = try store.recording(named: name) else {
      throw ProjectError.noSuchRecording(name: name, known: try store.recordings().map(\.name))
    }
    return found
  }

  /// Stitches a recording's texts into one timed transcript.
  public func merged(_ recording: Recording, at now: Date) throws -> Merged {
    let settings = try store.settings()
    let guide = try guide()
    let clips = try store.clips(of: recording.name)
    let judgement = Judgement(
      of: try clipTexts(of: recording.name),
      normalisation: guide.normalisation, agree: settings.agree, copiesMax: settings.copiesMax)
    let texts = Dictionary(uniqueKeysWithValues: judgement.clips.map { ($0.number, $0.words) })
    let (times, notes) = wordTimes(of: clips, texts: texts, language: recording.language)
    let (words, disputes) = judgement.stitched(times: times)

    let states = try store.states(of: recording.name, at: now)
    let empty = clips.filter { texts[$0.number]?.isEmpty ?? true }
    let gaps =
      try store.gaps(of: recording.name)
      + untold(empty, among: clips, states: states)
    return Merged(
      transcript: Transcript(
        recording: .init(
          name: recording.name, duration: recording.duration, sha256: recording.sha256),
        language: recording.language, style: guide.name, words: words,
        gaps: gaps.sorted { $0.range.lowerBound < $1.range.lowerBound }, disputes: disputes),
      disputed: clips.map(\.number).filter { states[$0] == .disputed },
      missing: empty.map(\.number), notes: notes)
  }

  /// The sound that an HTML page among `outputs` plays: the recording while it is where it was, else
  /// a file beside the page that is joined from the clips.
  ///
  /// - Returns: its path, nil where there is none to play; and what was done, a sentence each.
  public func sound(
    of recording: Recording, for outputs: [Captioning.Output]
  ) throws -> (path: String?, notes: [String]) {
    guard let page = outputs.first(where: { $0.form == .html }),
      !FileManager.default.fileExists(atPath: recording.path)
    else { return (recording.path, []) }
    let gone = "‘\(recording.path)’ is gone"
    guard page.path != "-" else { return (nil, ["\(gone), so the page has no sound"]) }
    let path = URL(filePath: page.path).deletingPathExtension().path + ".sound.flac"
    do {
      let clips = try store.clips(of: recording.name)
      guard !clips.isEmpty else { return (nil, ["\(gone), so the page has no sound"]) }
      try writeJoined(
        clips.map { ($0.range, try audio(of: $0).path) }, until: recording.duration, to: path)
      return (path, ["\(gone), so ‘\(path)’ was joined from its clips for the page"])
    } catch let error as AudioError {
      return (nil, ["\(gone), and its clips cannot be joined, so the page has no sound: \(error)"])
    }
  }

  /// The stretches that only clips without a text cover; neighbours of one reason are one.
  private func untold(_ empty: [Clip], among clips: [Clip], states: [Int: ClipState]) -> [Gap] {
    let silent = Set(empty.map(\.number))
    let gaps = empty.compactMap { clip -> Gap? in
      let before = clips.last { $0.number < clip.number && !silent.contains($0.number) }
      let after = clips.first { $0.number > clip.number && !silent.contains($0.number) }
      let start = max(clip.range.lowerBound, before?.range.upperBound ?? .zero)
      let end = min(clip.range.upperBound, after?.range.lowerBound ?? clip.range.upperBound)
      guard start < end else { return nil }
      return Gap(
        range: start..<end,
        reason: states[clip.number] == .setAside ? .released : .untranscribed)
    }
    return gaps.reduce(into: []) { joined, gap in
      if let last = joined.last, last.reason == gap.reason,
        gap.range.lowerBound <= last.range.upperBound
      {
        joined[joined.count - 1].range = last.range.lowerBound..<gap.range.upperBound
      } else {
        joined.append(gap)
      }
    }
  }
}
