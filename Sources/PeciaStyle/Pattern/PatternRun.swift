/// Where a pattern matched; the groups are empty ranges at −1 where they took no part.
struct PatternMatch: Hashable, Sendable {
  var range: Range<Int>
  /// Groups 1, 2 …; nil for a group that took no part.
  var groups: [Range<Int>?]
}

/// One walk of a pattern's machine over a text.
///
/// Every character is looked at once, by at most as many threads as the pattern has steps: the
/// time is bounded by their product, whatever the pattern and the text. The leftmost match wins;
/// of those that begin at one place, the one that the pattern prefers.
struct PatternRun {
  private let program: PatternProgram
  private let slots: Int
  private var now: Threads
  private var then: Threads
  private var stack: [Frame] = []
  /// Where the groups of the thread that is being added begin and end.
  private var saved: [Int]
  private var pending: [(range: Range<Int>, saved: [Int])] = []
  private var found: [PatternMatch] = []
  private var behind = 0

  private enum Frame {
    case step(Int)
    case restore(slot: Int, value: Int)
  }

  /// The threads at one place, the preferred first, with no two at the same step.
  private struct Threads {
    var steps: [Int] = []
    var starts: [Int] = []
    var saved: [Int] = []
    var place: [Int]

    init(_ count: Int) { place = Array(repeating: 0, count: count) }

    func contains(_ step: Int) -> Bool {
      let index = place[step]
      return index < steps.count && steps[index] == step
    }
    mutating func clear() {
      steps.removeAll(keepingCapacity: true)
      starts.removeAll(keepingCapacity: true)
      saved.removeAll(keepingCapacity: true)
    }
  }

  init(_ program: PatternProgram) {
    self.program = program
    slots = 2 * program.groups
    now = Threads(program.steps.count)
    then = Threads(program.steps.count)
    saved = Array(repeating: -1, count: slots)
  }

  /// All matches in `range` of `text`, from left to right; none overlap.
  mutating func matches(
    in text: UnsafeBufferPointer<Code>, range: Range<Int>
  ) -> [PatternMatch] {
    behind = range.lowerBound
    var place = range.lowerBound
    while place <= range.upperBound {
      if now.steps.isEmpty {
        settle(before: place)
        while place < range.upperBound, !program.first.contains(text[place]) { place += 1 }
        guard place < range.upperBound else { break }
      }
      // A new thread begins at every place, as the least preferred.
      for slot in 0..<slots { saved[slot] = -1 }
      add(0, start: place, at: place, text, range)
      guard place < range.upperBound else { break }
      advance(at: place, text, range)
      place += 1
      if !pending.isEmpty { settle(before: now.starts.min() ?? place) }
    }
    settle(before: Int.max)
    return found
  }

  private mutating func advance(
    at place: Int, _ text: UnsafeBufferPointer<Code>, _ range: Range<Int>
  ) {
    let code = text[place]
    var cut = -1
    swap(&now, &then)
    now.clear()
    for index in then.steps.indices {
      let start = then.starts[index]
      guard start != cut else { continue }
      guard case .take(let set) = program.steps[then.steps[index]],
        program.sets[set].contains(code)
      else { continue }
      for slot in 0..<slots { saved[slot] = then.saved[index * slots + slot] }
      if add(then.steps[index] + 1, start: start, at: place + 1, text, range) { cut = start }
    }
  }

  /// Adds the thread and all that it reaches without taking a character; true where it matched,
  /// so that what is less preferred from the same start is dropped.
  @discardableResult
  private mutating func add(
    _ step: Int, start: Int, at place: Int, _ text: UnsafeBufferPointer<Code>,
    _ range: Range<Int>
  ) -> Bool {
    stack.append(.step(step))
    while let frame = stack.popLast() {
      guard case .step(let step) = frame else {
        if case .restore(let slot, let value) = frame { saved[slot] = value }
        continue
      }
      guard !now.contains(step) else { continue }
      now.place[step] = now.steps.count
      now.steps.append(step)
      now.starts.append(start)
      if slots > 0 { now.saved += saved }
      switch program.steps[step] {
      case .take: break
      case .assert(let assertion):
        if assertion.holds(at: place, in: text, range) { stack.append(.step(step + 1)) }
      case .split(let one, let two):
        stack.append(.step(two))
        stack.append(.step(one))
      case .jump(let target): stack.append(.step(target))
      case .save(let slot):
        stack.append(.restore(slot: slot - 2, value: saved[slot - 2]))
        saved[slot - 2] = place
        stack.append(.step(step + 1))
      case .match:
        matched(start..<place)
        stack.removeAll(keepingCapacity: true)
        return true
      }
    }
    return false
  }

  private mutating func matched(_ range: Range<Int>) {
    guard !range.isEmpty else { return }
    // `pending` is in order of the starts; a start that matches again matches better.
    var (low, high) = (0, pending.count)
    while low < high {
      let middle = (low + high) / 2
      if pending[middle].range.lowerBound < range.lowerBound {
        low = middle + 1
      } else {
        high = middle
      }
    }
    if low < pending.count, pending[low].range.lowerBound == range.lowerBound {
      pending[low] = (range, saved)
    } else {
      pending.insert((range, saved), at: low)
    }
  }

  /// Takes over the matches that begin before every thread that still runs.
  private mutating func settle(before start: Int) {
    var taken = 0
    let last = behind
    while taken < pending.count, pending[taken].range.lowerBound < start {
      let match = pending[taken]
      taken += 1
      guard match.range.lowerBound >= behind else { continue }
      behind = match.range.upperBound
      found.append(
        PatternMatch(
          range: match.range,
          groups: (0..<program.groups).map {
            let (lower, upper) = (match.saved[2 * $0], match.saved[2 * $0 + 1])
            return lower >= 0 && upper >= lower ? lower..<upper : nil
          }))
    }
    if taken > 0 { pending.removeFirst(taken) }
    if behind > last { drop(before: behind) }
  }

  /// Ends the threads that began inside a match.
  private mutating func drop(before end: Int) {
    guard now.starts.contains(where: { $0 < end }) else { return }
    let old = now
    now.clear()
    for index in old.steps.indices where old.starts[index] >= end {
      now.place[old.steps[index]] = now.steps.count
      now.steps.append(old.steps[index])
      now.starts.append(old.starts[index])
      now.saved += old.saved[index * slots..<(index + 1) * slots]
    }
  }
}

extension PatternAssertion {
  fileprivate func holds(
    at place: Int, in text: UnsafeBufferPointer<Code>, _ range: Range<Int>
  ) -> Bool {
    switch self {
    case .textStart: return place == range.lowerBound
    case .textEnd: return place == range.upperBound
    case .lineStart: return place == range.lowerBound || text[place - 1].isNewline
    case .lineEnd: return place == range.upperBound || text[place].isNewline
    case .wordEdge, .noWordEdge:
      let before = place > range.lowerBound && text[place - 1].isWordOrBar
      let after = place < range.upperBound && text[place].isWordOrBar
      return (before != after) == (self == .wordEdge)
    }
  }
}

extension Code {
  fileprivate var isWordOrBar: Bool { isWord || self == 95 }
}
