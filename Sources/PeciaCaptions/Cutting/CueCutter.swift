import PeciaCore

/// Cuts timed words into cues: of all ways to do so, the one that costs least.
///
/// Dynamic programming over the places between words (ways to a place that cost more are kept as
/// long as they let the next cue begin earlier). A cue's text must fit its lines, and its time the
/// profile's limits; a cue that would begin too close to the one before begins later, which costs
/// more than any other fault, so it happens only where the words' own times leave no other way. Of
/// the ways with the least faults the one is taken that lacks the least time to read, and of those
/// the one that reads best. Times are in the ticks of a grid, so that a cue has the time that whole
/// frames leave it.
struct CueCutter {
  let atoms: [Atom]
  let profile: CaptionProfile
  let limits: TimeLimits
  let grid: TimeGrid
  let breaker: LineBreaker
  let boundaries: [Boundary]
  /// Behind the last atom with the same speaker, for each atom.
  private let turns: [Int]

  /// A stretch of atoms that makes one cue.
  struct Piece {
    var from: Int
    var to: Int
    /// Where its lines begin, the first excepted.
    var breaks: [Int]
    /// Whether each line is another speaker's, with a dash before it.
    var isDialogue = false
  }

  init(
    _ atoms: [Atom], profile: CaptionProfile, limits: TimeLimits, grid: TimeGrid,
    language: LanguageWords
  ) {
    self.atoms = atoms
    self.profile = profile
    self.limits = limits
    self.grid = grid
    boundaries = BoundaryJudge(atoms, language: language).boundaries()
    breaker = LineBreaker(
      atoms, boundaries: boundaries, limit: profile.charactersPerLine, lines: profile.lines)
    var turns = Array(repeating: atoms.count, count: atoms.count)
    for index in atoms.indices.dropLast().reversed() {
      let changes = atoms[index].speaker != atoms[index + 1].speaker
      turns[index] = changes ? index + 1 : turns[index + 1]
    }
    self.turns = turns
  }

  /// A way to reach a place: what it costs, and when the next cue begins.
  private struct Label {
    var cost = Price()
    /// Ticks.
    var start = 0
    /// How early the next cue can begin where that lets one behind it stand long enough: each
    /// tick before `start` is one that the cue before lacks.
    var earliest = 0
    /// The place where its last cue begins, and which of the ways to that place it goes on.
    var from = 0
    var before = 0
    var isDialogue = false
  }

  /// How many ways to a place are kept.
  ///
  /// Those that cost more than the best let the next cue begin earlier; speech that hurries needs a
  /// few, and more differ by milliseconds only.
  private static let mostWays = 8

  func pieces() -> [Piece] {
    guard !atoms.isEmpty else { return [] }
    var labels: [[Label]] = Array(repeating: [], count: atoms.count + 1)
    labels[0] = [Label(start: starts(0).first, earliest: starts(0).first)]
    for from in atoms.indices where !labels[from].isEmpty { extend(from, &labels) }
    return traced(labels)
  }

  /// Tries every cue that begins at `from`.
  private func extend(_ from: Int, _ labels: inout [[Label]]) {
    let turn = turns[from]
    var to = from + 1
    while to <= turn {
      let single = to == from + 1
      if !single {
        if breaker.width(from, to) > breaker.mostCharacters { break }
        if !isShort(from, to) { break }
      }
      if var cost = breaker.cost(from, to) {
        cost.taste += pauses(from, to)
        reach(to, from: from, cost: cost, isDialogue: false, &labels)
      }
      to += 1
    }
    if profile.lines > 1, turn < atoms.count { extendDialogue(from, turn, &labels) }
  }

  /// Tries every cue that holds the rest of one turn in its first line, and some of the next in
  /// its second.
  private func extendDialogue(_ from: Int, _ turn: Int, _ labels: inout [[Label]]) {
    let limit = profile.charactersPerLine - 1
    guard breaker.width(from, turn) <= limit else { return }
    for to in turn + 1...turns[turn] {
      guard breaker.width(turn, to) <= limit,
        isShort(from, to)
      else { break }
      let taste = 400 + pauses(from, to) + (to < turns[turn] ? 200 : 0)
      reach(to, from: from, cost: Price(taste: taste), isDialogue: true, &labels)
    }
  }

  /// Whether one cue can stand from the first word to the end of the last.
  private func isShort(_ from: Int, _ to: Int) -> Bool {
    grid.tick(atOrAfter: atoms[to - 1].end) - starts(from).last <= limits.longest
  }

  /// The first and the last tick at which a cue may begin that begins with the atom at `index`.
  private func starts(_ index: Int) -> (first: Int, last: Int) {
    let last = grid.tick(atOrBefore: atoms[index].start)
    return (min(last, grid.tick(atOrAfter: max(0, atoms[index].start - limits.lead))), last)
  }

  /// Goes on from every way to `from` with the cue `from..<to`.
  private func reach(
    _ to: Int, from: Int, cost lines: Price, isDialogue: Bool, _ labels: inout [[Label]]
  ) {
    var cost = lines + boundaries[to].cue
    cost.taste += Cost.cue + shape(from, to)
    let needed = profile.readingTime(
      characters: breaker.width(from, to) + (isDialogue ? 2 : 0), words: to - from)
    let reading = grid.ticks(lastingAtLeast: needed)
    let step = limits.shortest + limits.gap
    for (before, way) in labels[from].enumerated() {
      var label = Label(
        cost: way.cost + cost, from: from, before: before, isDialogue: isDialogue)
      var start = way.start
      var room = limits.longest
      if to < atoms.count {
        let (first, word) = starts(to)
        if start + step > word {
          let shift = min(start - way.earliest, start + step - word)
          label.cost.lack += grid.start(start) - grid.start(start - shift)
          start -= shift
        }
        // As long as reading takes, within the tenth of a second before the next word.
        label.start = max(first, min(word, start + reading + limits.gap), start + step)
        label.earliest = min(max(first, way.earliest + step), label.start)
        if label.start > word {
          let late = grid.start(label.start) - grid.start(word)
          label.cost.fault += Cost.late + Cost.lateMillisecond * Double(late)
        }
        room = limits.room(from: start, to: label.start)
      }
      label.cost.lack += max(0, needed - (grid.end(start + room) - grid.start(start)))
      keep(label, in: &labels[to])
    }
  }

  /// Keeps a way unless another one costs no more and leaves the next cue as much time.
  private func keep(_ label: Label, in ways: inout [Label]) {
    func betters(_ left: Label, _ right: Label) -> Bool {
      left.cost <= right.cost && left.start <= right.start && left.earliest <= right.earliest
    }
    guard !ways.contains(where: { betters($0, label) }) else { return }
    ways.removeAll { betters(label, $0) }
    ways.insert(label, at: ways.firstIndex { label.cost < $0.cost } ?? ways.count)
    if ways.count > Self.mostWays { ways.removeLast() }
  }

  /// Pauses inside a cue: the text would stand there before it is said.
  private func pauses(_ from: Int, _ to: Int) -> Double {
    var (cost, longest) = (0.0, 0)
    for index in from + 1..<max(to, from + 1) {
      let pause = atoms[index].start - atoms[index - 1].end
      guard pause > 500 else { continue }
      cost += Double(pause - 500) * 0.35
      longest = max(longest, pause)
    }
    return cost + (longest >= 3000 ? Cost.longPause : 0)
  }

  /// A short word alone in a cue that is no sentence of its own.
  private func shape(_ from: Int, _ to: Int) -> Double {
    guard to - from == 1, atoms[from].width < 4 else { return 0 }
    return boundaries[from].endsSentence && boundaries[to].endsSentence ? 0 : 300
  }

  private func traced(_ labels: [[Label]]) -> [Piece] {
    var pieces: [Piece] = []
    var (to, way) = (atoms.count, 0)
    while to > 0 {
      let label = labels[to][way]
      let breaks =
        label.isDialogue ? [turns[label.from]] : breaker.breaks(label.from, to) ?? []
      pieces.append(
        Piece(from: label.from, to: to, breaks: breaks, isDialogue: label.isDialogue))
      (to, way) = (label.from, label.before)
    }
    return pieces.reversed()
  }
}
