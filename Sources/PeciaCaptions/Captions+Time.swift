import PeciaCore

extension CaptionReading.Content {
  /// Multiplies all times by `scale`, then moves them by `shift` milliseconds.
  ///
  /// What would begin before the recording begins with it.
  ///
  /// - Returns: how many cues or words were left out, since they would end before it.
  public mutating func retime(scale: Double, shift: Int) -> Int {
    let moved = { (time: Timestamp) in Timestamp(seconds: time.seconds * scale).milliseconds + shift
    }
    let clock = { (time: Timestamp) in Timestamp(milliseconds: max(0, moved(time))) }
    let range = { (range: TimeRange) in clock(range.lowerBound)..<clock(range.upperBound) }
    let isLost = { (range: TimeRange) in moved(range.lowerBound) < 0 && moved(range.upperBound) <= 0
    }
    switch self {
    case .captions(var captions):
      let count = captions.entries.count
      captions.entries.removeAll { isLost($0.cue.range) }
      for index in captions.entries.indices {
        captions.entries[index].cue.range = range(captions.entries[index].cue.range)
        captions.entries[index].statedEnd = captions.entries[index].statedEnd.map(clock)
        for place in captions.entries[index].cue.words.indices {
          captions.entries[index].cue.words[place].range =
            range(captions.entries[index].cue.words[place].range)
        }
        for place in captions.entries[index].spans.indices {
          captions.entries[index].spans[place].time =
            captions.entries[index].spans[place].time.map(clock)
        }
      }
      self = .captions(captions)
      return count - captions.entries.count
    case .transcript(var transcript):
      let count = transcript.words.count
      transcript.words.removeAll { isLost($0.range) }
      transcript.gaps.removeAll { isLost($0.range) }
      transcript.disputes.removeAll { isLost($0.range) }
      transcript.recording.duration = clock(transcript.recording.duration)
      for index in transcript.words.indices {
        transcript.words[index].range = range(transcript.words[index].range)
      }
      for index in transcript.gaps.indices {
        transcript.gaps[index].range = range(transcript.gaps[index].range)
      }
      for index in transcript.disputes.indices {
        transcript.disputes[index].range = range(transcript.disputes[index].range)
      }
      self = .transcript(transcript)
      return count - transcript.words.count
    }
  }

  /// With cues on whole frames: each start at the frame that has begun by then, each end at the
  /// frame that begins by then.
  public func onFrames(_ framesPerSecond: Double) -> Self {
    guard case .captions(var captions) = self, let rate = FrameRate(framesPerSecond) else {
      return self
    }
    let grid = TimeGrid(rate)
    for index in captions.entries.indices where captions.entries[index].statedEnd == nil {
      let range = captions.entries[index].cue.range
      let start = grid.start(grid.tick(atOrBefore: range.lowerBound.milliseconds + 1))
      let end = grid.end(grid.tick(atOrBefore: range.upperBound.milliseconds + 1))
      captions.entries[index].cue.range =
        Timestamp(milliseconds: start)..<Timestamp(milliseconds: max(start, end))
    }
    return .captions(captions)
  }
}
