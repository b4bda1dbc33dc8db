import PeciaCore

/// Cuts timed words into cues: of all ways to do so, the one that costs least.
///
/// Dynamic programming over the places between words. A cue's text must fit its lines, and its
/// time the profile's limits; a cue that would begin too close to the one before begins later,
/// which costs more than any other fault, so it happens only where the words' own times leave no
/// other way.
struct CueCutter {
  let atoms: [Atom]
  let profile: CaptionProfile
  let limits: TimeLimits
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

  init(_ atoms: [Atom], profile: CaptionProfile, limits: TimeLimits, language: LanguageWords) {
    self.atoms = atoms
    self.profile = profile
    self.limits = limits
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

  /// The best way found to reach a place: what it costs, and when the next cue begins.
  private struct Label {
    var cost = Double.infinity
    var start = 0
    var from = 0
    var isDialogue = false
  }

  func pieces() -> [Piece] {
    guard !atoms.isEmpty else { return [] }
    var labels = Array(repeating: Label(), count: atoms.count + 1)
    labels[0] = Label(
      cost: 0, start: limits.earliest(for: atoms[0].start, behind: nil), from: 0)
    for from in atoms.indices where labels[from].cost < .infinity {
      extend(from, &labels)
    }
    return traced(labels)
  }

  /// Tries every cue that begins at `from`.
  private func extend(_ from: Int, _ labels: inout [Label]) {
    let label = labels[from]
    let turn = turns[from]
    var to = from + 1
    while to <= turn {
      let single = to == from + 1
      if !single {
        if breaker.width(from, to) > breaker.mostCharacters { break }
        if atoms[to - 1].end - atoms[from].start > limits.longest { break }
      }
      if let lines = breaker.cost(from, to) {
        let cost = lines + pauses(from, to)
        reach(to, from: from, label: label, cost: cost, isDialogue: false, &labels)
      }
      to += 1
    }
    if profile.lines > 1, turn < atoms.count { extendDialogue(from, turn, label, &labels) }
  }

  /// Tries every cue that holds the rest of one turn in its first line, and some of the next in
  /// its second.
  private func extendDialogue(_ from: Int, _ turn: Int, _ label: Label, _ labels: inout [Label]) {
    let limit = profile.charactersPerLine - 1
    guard breaker.width(from, turn) <= limit else { return }
    for to in turn + 1...turns[turn] {
      guard breaker.width(turn, to) <= limit,
        atoms[to - 1].end - atoms[from].start <= limits.longest
      else { break }
      let cost = 400 + pauses(from, to) + (to < turns[turn] ? 200 : 0)
      reach(to, from: from, label: label, cost: cost, isDialogue: true, &labels)
    }
  }

  /// Takes the cue `from..<to` where it is the cheapest way to get to `to`.
  private func reach(
    _ to: Int, from: Int, label: Label, cost lines: Double, isDialogue: Bool,
    _ labels: inout [Label]
  ) {
    var cost = label.cost + Cost.cue + lines + boundaries[to].cueCost
    guard cost < labels[to].cost else { return }
    var start = 0
    var room = limits.longest
    if to < atoms.count {
      let word = atoms[to].start
      let least = label.start + limits.shortest + limits.gap
      start = max(limits.earliest(for: word, behind: atoms[to - 1].end), least)
      if start > word {
        cost += Cost.late + Cost.lateMillisecond * Double(start - word)
      }
      room = min(room, start - limits.gap - label.start)
    }
    cost += haste(from, to, room: room) + shape(from, to)
    if cost < labels[to].cost {
      labels[to] = Label(cost: cost, start: start, from: from, isDialogue: isDialogue)
    }
  }

  /// What it costs that the text takes longer to read than it can stand: `room` milliseconds.
  private func haste(_ from: Int, _ to: Int, room: Int) -> Double {
    let needed = profile.readingTime(characters: breaker.width(from, to), words: to - from)
    guard needed > room else { return 0 }
    return Cost.fast + Cost.fastMillisecond * Double(needed - room)
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

  private func traced(_ labels: [Label]) -> [Piece] {
    var pieces: [Piece] = []
    var to = atoms.count
    while to > 0 {
      let label = labels[to]
      let breaks =
        label.isDialogue ? [turns[label.from]] : breaker.breaks(label.from, to) ?? []
      pieces.append(
        Piece(from: label.from, to: to, breaks: breaks, isDialogue: label.isDialogue))
      to = label.from
    }
    return pieces.reversed()
  }
}
