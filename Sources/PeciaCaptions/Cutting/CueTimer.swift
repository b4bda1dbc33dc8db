/// Gives cues their times: every hard limit of the profile kept, the words followed as closely as
/// that allows.
///
/// Works in the ticks of a grid, so a cue that is to begin on a frame does.
struct CueTimer {
  /// What a cue needs: when its words are said, and how long its text takes to read.
  struct Need {
    /// Milliseconds.
    var start: Int
    var end: Int
    var reading: Int
  }

  let needs: [Need]
  let limits: TimeLimits
  let grid: TimeGrid
  /// Milliseconds; no cue stands longer than the recording where that can be helped.
  let recordingEnd: Int?

  /// The cues' starts and ends in milliseconds.
  func times() -> [(start: Int, end: Int)] {
    let starts = starts()
    return starts.indices.map { index in
      let end = end(index, start: starts[index], starts: starts)
      return (grid.start(starts[index]), grid.end(end))
    }
  }

  /// The ticks that cues begin at: within a tenth of a second before their first word.
  private func starts() -> [Int] {
    let step = limits.shortest + limits.gap
    let words = needs.map { grid.tick(atOrBefore: $0.start) }
    // The latest start that leaves the cues behind it enough time.
    var latest = words
    for index in latest.indices.dropLast().reversed() {
      latest[index] = min(words[index], latest[index + 1] - step)
    }
    var starts: [Int] = []
    for index in needs.indices {
      let first = min(words[index], grid.tick(atOrAfter: max(0, needs[index].start - limits.lead)))
      let earliest = max(first, starts.last.map { $0 + step } ?? 0)
      let wished = wished(index, words: words, before: starts.last)
      starts.append(max(earliest, min(wished, max(latest[index], earliest))))
    }
    return starts
  }

  /// Where a cue would best begin: in the pause before its first word, or as much earlier as its
  /// own reading lacks and the cue before has to spare.
  private func wished(_ index: Int, words: [Int], before: Int?) -> Int {
    let need = needs[index]
    guard index > 0, let before else {
      return grid.tick(atOrAfter: max(0, need.start - limits.lead))
    }
    let free = grid.tick(atOrAfter: needs[index - 1].end) + limits.gap
    let next = index + 1 < words.count ? words[index + 1] - limits.gap : Int.max
    let lacking = grid.tick(atOrAfter: need.reading) - (next - words[index])
    guard lacking > 0 else { return min(words[index], free) }
    let behind = before + grid.tick(atOrAfter: needs[index - 1].reading) + limits.gap
    return min(words[index], max(words[index] - lacking, min(free, behind)))
  }

  /// The tick that a cue ends at: behind its last word, as long as reading needs and room allows.
  private func end(_ index: Int, start: Int, starts: [Int]) -> Int {
    let need = needs[index]
    let reading = start + grid.ticks(lastingAtLeast: need.reading)
    let wished = max(grid.tick(atOrAfter: need.end), reading, start + limits.shortest)
    guard index + 1 < starts.count else {
      let bound = recordingEnd.map { max(start + limits.shortest, grid.tick(atOrBefore: $0)) }
      return min(wished, start + limits.longest, bound ?? .max)
    }
    let next = starts[index + 1]
    var end = min(wished, next - limits.gap, start + limits.longest)
    if next - end < limits.closesUnder, next - end > limits.gap {
      // A gap that would flicker: closed, or opened where the cue would stand too long.
      let closed = next - limits.gap
      end = closed - start <= limits.longest ? closed : next - limits.closesUnder
    }
    return end
  }
}
