import PeciaCore

/// Plans cuts while a recording streams by: it keeps a window of loudness, not the recording.
///
/// Whenever the window is full, its cuts are chosen together, those that the sound behind the
/// window could still change are left open, and what lies before them is forgotten.
struct CutPlanner {
  private(set) var plan = CutPlan()

  private let settings: CutSettings
  private let search: SeamSearch
  private let channels: Int
  private let model: SpeechModel
  /// The meter's rows from bin `first` on.
  private var rows: [SIMD8<Float>] = []
  private var first = 0
  /// Where the next clip begins, where the clip before it ends; or where the open gap begins.
  private var start = 0
  private var sharedUntil = 0
  private var isInGap = false

  /// Bins that a window holds: a quarter of an hour, or more for very long clips.
  private var window: Int { max(90_000, 6 * search.longest) }
  /// Bins at a window's end that stay open.
  private var openBins: Int { max(12_000, 2 * search.longest) }
  /// Bins that are kept before the next clip, so that floors are known.
  private static let context = 6_000
  /// Bins of silence that stay in the clips beside a gap.
  private static let margin = 40

  init(settings: CutSettings, rate: Int, channels: Int, model: SpeechModel = .shipped) {
    self.model = model
    self.settings = settings
    self.channels = channels
    // Where a bin is no whole number of frames, one bin less keeps the limit to the frame.
    let bin = LoudnessMeter.bin
    let overlap = (settings.overlap + bin - 1) / bin
    let longest = settings.longest / bin
    search = SeamSearch(
      overlap: overlap + (overlap * bin * rate % 1000 == 0 ? 0 : 1),
      longest: longest - (longest * bin * rate % 1000 == 0 ? 0 : 1),
      target: settings.target / bin)
  }

  /// Takes the rows over; plans where there are enough.
  mutating func add(_ rows: inout [SIMD8<Float>]) {
    self.rows += rows
    rows.removeAll(keepingCapacity: true)
    while self.rows.count / channels > window { advance(isLast: false, end: nil) }
  }

  /// Plans the rest of a recording that ends at `end`.
  mutating func finish(at end: Timestamp) -> CutPlan {
    if !rows.isEmpty { advance(isLast: true, end: end) }
    return plan
  }
}

extension CutPlanner {
  /// A stretch that gets clips.
  private struct Island {
    var range: Range<Int>
    /// Whether the sound goes on behind it.
    var isOpen: Bool
  }

  private mutating func advance(isLast: Bool, end: Timestamp?) {
    let activity = SpeechActivity(rows: rows, channels: channels, model: model)
    let count = rows.count / channels
    let speech = Self.counts(activity.speech)
    let horizon = isLast ? count : count - openBins
    let islands = islands(activity.suspect, isLast: isLast)
    for island in islands {
      if isInGap || first + island.range.lowerBound > start { enter(island) }
      let seams = search.seams(
        from: start - first, sharedUntil: sharedUntil - first, to: island.range.upperBound,
        isOpen: island.isOpen, cost: activity.cost, speech: speech)
      for seam in seams where !island.isOpen || seam.end <= horizon {
        addClip(until: seam.end, speech)
        (start, sharedUntil) = (first + seam.start, first + seam.end)
      }
      guard !island.isOpen else { break }
      addClip(until: island.range.upperBound, speech)
      leave(at: first + island.range.upperBound)
    }
    if islands.isEmpty, !isInGap { leave(at: sharedUntil) }
    if isLast, let end {
      if isInGap { addGap(until: first + count) }
      close(at: end)
    } else {
      forget(before: isInGap ? horizon : start - first)
    }
  }

  /// How many of the flags before each place are set, and of all in the end.
  private static func counts(_ flags: [Bool]) -> [Int] {
    [Int](unsafeUninitializedCapacity: flags.count + 1) { counts, initialized in
      counts[0] = 0
      for (place, flag) in flags.enumerated() { counts[place + 1] = counts[place] + (flag ? 1 : 0) }
      initialized = flags.count + 1
    }
  }

  /// Ends the gap before an island.
  private mutating func enter(_ island: Island) {
    if !isInGap { leave(at: sharedUntil) }
    addGap(until: first + island.range.lowerBound)
    start = first + island.range.lowerBound
    sharedUntil = start
    isInGap = false
  }

  /// Begins a gap.
  private mutating func leave(at bin: Int) {
    (start, sharedUntil) = (bin, bin)
    isInGap = true
  }

  /// Where clips are wanted, from `start` on; the parts between are gaps.
  private func islands(_ suspect: [Bool], isLast: Bool) -> [Island] {
    let (count, from) = (suspect.count, max(0, start - first))
    let skip = settings.skipSilence / LoudnessMeter.bin
    guard skip > 0 else { return [Island(range: from..<count, isOpen: !isLast)] }
    var islands: [Island] = []
    var islandStart: Int? = isInGap ? nil : from
    var quiet = from
    for place in from...count where place == count || suspect[place] {
      if let begin = islandStart, place - quiet >= skip {
        // What begins in silence has nothing to tell: it lies in the clip before, or in the gap.
        if quiet > from || isInGap {
          islands.append(Island(range: begin..<quiet + Self.margin, isOpen: false))
        }
        islandStart = nil
      }
      if islandStart == nil, place < count { islandStart = max(quiet, place - Self.margin) }
      quiet = place + 1
    }
    if let islandStart { islands.append(Island(range: islandStart..<count, isOpen: !isLast)) }
    return islands
  }

  private mutating func addClip(until end: Int, _ speech: [Int]) {
    plan.clips.append(
      PlannedClip(
        range: time(of: start)..<time(of: first + end),
        speech: (speech[end] - speech[start - first]) * LoudnessMeter.bin))
  }

  private mutating func addGap(until end: Int) {
    guard start < end else { return }
    plan.gaps.append(time(of: start)..<time(of: end))
  }

  /// Sets what ends in the last bin to the recording's own end.
  private mutating func close(at end: Timestamp) {
    let bins = time(of: first + rows.count / channels)
    if let last = plan.clips.indices.last, plan.clips[last].range.upperBound == bins {
      plan.clips[last].range = plan.clips[last].range.lowerBound..<end
    }
    if let last = plan.gaps.indices.last, plan.gaps[last].upperBound == bins {
      plan.gaps[last] = plan.gaps[last].lowerBound..<end
    }
  }

  private mutating func forget(before place: Int) {
    let count = max(0, place - Self.context)
    rows.removeFirst(count * channels)
    first += count
  }

  private func time(of bin: Int) -> Timestamp { Timestamp(milliseconds: bin * LoudnessMeter.bin) }
}
