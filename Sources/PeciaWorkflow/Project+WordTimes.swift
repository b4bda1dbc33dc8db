import Foundation
import PeciaAudio
import PeciaCore
import PeciaStitch
import PeciaStore
import Synchronization

extension Project {
  /// When each word of each clip was said, on the recording's clock, and what is to be known of it.
  ///
  /// Whether a recording is of its language, and what it can teach of itself, is asked of all clips
  /// together: a single one is too short to tell.
  func wordTimes(
    of clips: [Clip], texts: [Int: [ConsensusWord]], language: String
  ) -> ([Int: [TimeRange]], notes: [String]) {
    let own = WordTimer(language: language)
    let texts = texts.mapValues { words in
      words.map { SpokenWord(text: $0.text, isTag: $0.isTag, anchor: $0.mark) }
    }
    let spoken = clips.filter { texts[$0.number]?.isEmpty == false }
    var found = ClipTimes(of: spoken, texts: texts, by: own, in: self)
    if own.hasTable, !own.isLikely(found.contrast) {
      let broad = WordTimer(language: TimingTable.anyLanguage)
      found = ClipTimes(of: spoken, texts: texts, by: broad, in: self)
    }
    if found.methods[.pauses, default: 0] * 2 > found.methods.values.reduce(0, +),
      let learnt = learnt(from: spoken, texts: texts)
    {
      let better = ClipTimes(of: spoken, texts: texts, by: learnt, in: self)
      if learnt.isLikely(better.contrast) { found = better }
    }
    let roughly = found.methods.compactMap { method, count in
      method.roughness(in: language, hasTable: own.hasTable).map {
        "\(count) of \(spoken.count) clips are timed \($0)"
      }
    }
    return (found.times, roughly.sorted() + found.notes.sorted())
  }

  /// A timer that has learnt from the first clips; nil where there is too little in them.
  private func learnt(from clips: [Clip], texts: [Int: [SpokenWord]]) -> WordTimer? {
    var sounds: [SpokenSound] = []
    var seconds = 0.0
    for clip in clips where seconds < WordTimer.enough {
      guard let samples = try? samples(of: clip) else { continue }
      sounds.append(SpokenSound(words: texts[clip.number] ?? [], samples: samples))
      seconds += clip.range.upperBound.seconds - clip.range.lowerBound.seconds
    }
    return WordTimer.learnt(from: sounds)
  }

  fileprivate func samples(of clip: Clip) throws -> [Float] {
    try readSound(audio(of: clip).path).mono(at: WordTimer.sampleRate)
  }
}

/// The times of the words of a recording's clips by one timer; clips are timed side by side.
private struct ClipTimes {
  /// On the recording's clock, by the clip's number.
  var times: [Int: [TimeRange]] = [:]
  /// How many clips with words were timed by each method.
  var methods: [TimedText.Method: Int] = [:]
  /// How all texts together fit their sounds.
  var contrast = TextContrast()
  /// What went wrong, a sentence each.
  var notes: [String] = []

  init(of clips: [Clip], texts: [Int: [SpokenWord]], by timer: WordTimer, in project: Project) {
    let found = Mutex([Int: Result<TimedText, any Error>]())
    DispatchQueue.concurrentPerform(iterations: clips.count) { index in
      let clip = clips[index]
      let timed = Result {
        timer.times(of: texts[clip.number] ?? [], in: try project.samples(of: clip))
      }
      found.withLock { $0[index] = timed }
    }
    for (index, timed) in found.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      let clip = clips[index]
      switch timed {
      case .failure(let error):
        notes.append("clip \(clip.address) is timed by its letters alone: \(error)")
      case .success(let timed):
        let start = clip.range.lowerBound
        times[clip.number] = timed.ranges.map { range in
          start + range.lowerBound.milliseconds..<start + range.upperBound.milliseconds
        }
        if texts[clip.number]?.allSatisfy(\.isTag) == false {
          methods[timed.method, default: 0] += 1
        }
        contrast += timed.contrast
      }
    }
  }
}
