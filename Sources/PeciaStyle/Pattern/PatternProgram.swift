/// A pattern as steps of a small machine that walks a text once (Thompson 1968, Pike 1987).
struct PatternProgram: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// Takes one character that is in the set of this number.
    case take(Int)
    case assert(PatternAssertion)
    /// Goes on at both, the first being preferred.
    case split(Int, Int)
    case jump(Int)
    /// Keeps the place: twice a group’s number for its start, and one more for its end.
    case save(Int)
    case match
  }
  static let mostSteps = 2000

  private(set) var steps: [Step] = []
  private(set) var sets: [CodeSet] = []
  let groups: Int
  /// Whether the pattern can match without taking a character.
  private(set) var canBeEmpty = false
  /// What a match can begin with.
  private(set) var first = FirstSet()

  /// The characters that a match can begin with; all that are not ASCII count as one.
  struct FirstSet: Hashable, Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var others = false

    func contains(_ code: Code) -> Bool {
      code < 64
        ? low >> UInt64(code) & 1 == 1
        : code < 128 ? high >> UInt64(code - 64) & 1 == 1 : others
    }
  }

  init(_ node: PatternNode, groups: Int) throws {
    self.groups = groups
    try emit(node)
    steps.append(.match)
    reach()
  }

  private mutating func add(_ step: Step) throws {
    guard steps.count < Self.mostSteps else {
      throw PatternError(
        offset: 0, problem: "the pattern is too large when its repetitions are written out",
        remedy: "repeat fewer times")
    }
    steps.append(step)
  }

  private mutating func emit(_ node: PatternNode) throws {
    switch node {
    case .empty: break
    case .set(let set):
      let number = sets.firstIndex(of: set) ?? sets.count
      if number == sets.count { sets.append(set) }
      try add(.take(number))
    case .assertion(let assertion): try add(.assert(assertion))
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .choice(let nodes): try emit(choices: nodes[...])
    case .group(let number, let node):
      try add(.save(2 * number))
      try emit(node)
      try add(.save(2 * number + 1))
    case .repeated(let node, let least, let most, let greedy):
      for _ in 0..<least { try emit(node) }
      if let most {
        try emit(optional: node, times: most - least, greedy: greedy)
      } else {
        try emitLoop(node, greedy: greedy)
      }
    }
  }

  private mutating func emit(choices: ArraySlice<PatternNode>) throws {
    guard let node = choices.first else { return }
    guard choices.count > 1 else { return try emit(node) }
    let split = steps.count
    try add(.jump(0))
    try emit(node)
    let jump = steps.count
    try add(.jump(0))
    steps[split] = .split(split + 1, steps.count)
    try emit(choices: choices.dropFirst())
    steps[jump] = .jump(steps.count)
  }

  private mutating func emit(optional node: PatternNode, times: Int, greedy: Bool) throws {
    var splits: [Int] = []
    for _ in 0..<max(times, 0) {
      splits.append(steps.count)
      try add(.jump(0))
      try emit(node)
    }
    for split in splits {
      steps[split] = greedy ? .split(split + 1, steps.count) : .split(steps.count, split + 1)
    }
  }

  private mutating func emitLoop(_ node: PatternNode, greedy: Bool) throws {
    let split = steps.count
    try add(.jump(0))
    try emit(node)
    try add(.jump(split))
    steps[split] = greedy ? .split(split + 1, steps.count) : .split(steps.count, split + 1)
  }

  /// Finds out what a match can begin with, and whether it can be empty.
  private mutating func reach() {
    var seen = Array(repeating: false, count: steps.count)
    var open = [0]
    while let index = open.popLast() {
      guard !seen[index] else { continue }
      seen[index] = true
      switch steps[index] {
      case .take(let set):
        let ascii = sets[set].ascii
        first.low |= ascii.low
        first.high |= ascii.high
        if sets[set].reachesBeyondASCII { first.others = true }
      case .assert, .save: open.append(index + 1)
      case .split(let one, let two): open += [one, two]
      case .jump(let target): open.append(target)
      case .match: canBeEmpty = true
      }
    }
  }
}
