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
  ///
  /// Each cue gets the time that its reading needs, as far as the tenth of a second allows, and no
  /// more where the next one needs it: time that is taken from a cue that lacks it lets another one
  /// gain no more, so all together lack the least.
  private func starts() -> [Int] {
    let step = limits.shortest + limits.gap
    let words = needs.map { grid.tick(atOrBefore: $0.start) }
    let firsts = zip(needs, words).map { need, word in
      min(word, grid.tick(atOrAfter: max(0, need.start - limits.lead)))
    }
    // The latest start that leaves the cues behind it enough time.
    var latest = words
    for index in latest.indices.dropLast().reversed() {
      latest[index] = min(words[index], latest[index + 1] - step)
    }
    var starts: [Int] = []
    for index in needs.indices {
      let bound = max(firsts[index], starts.last.map { $0 + step } ?? 0)
      let last = max(latest[index], bound)
      let needed = starts.last.map { $0 + ticks(ofReading: index - 1) + limits.gap } ?? 0
      let earliest = min(max(bound, needed), last)
      starts.append(max(earliest, min(wished(index, firsts), last)))
    }
    return starts
  }

  /// Where a cue would best begin: in the pause before its first word, unless its own reading lacks
  /// the time before the next one.
  private func wished(_ index: Int, _ firsts: [Int]) -> Int {
    guard index > 0 else { return firsts[index] }
    let free = grid.tick(atOrAfter: needs[index - 1].end) + limits.gap
    guard index + 1 < firsts.count else { return free }
    return min(free, firsts[index + 1] - limits.gap - ticks(ofReading: index))
  }

  private func ticks(ofReading index: Int) -> Int {
    min(grid.ticks(lastingAtLeast: needs[index].reading), limits.longest)
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
    let room = limits.room(from: start, to: next)
    let end = min(wished, start + room)
    // A gap that would flicker is closed.
    return next - end < limits.closesUnder ? start + room : end
  }
}
