import Foundation
import PeciaCore

/// Times a long text piece by piece; it holds the sound of one piece at a time.
struct PieceTimer {
  /// Seconds of sound that are looked at together, and how many of them at most are left to the
  /// next piece.
  private static let (piece, rest) = (60.0, 12.0)
  /// Characters a second that nobody outruns: so much text is looked at.
  private static let fastest = 26.0
  /// How many characters of text are searched for the place where it goes on.
  private static let searched = 20_000
  /// Words in a row that prove that they are said.
  private static let fewest = 8
  /// Frames of sound that are searched for, and from one try to the next.
  private static let (chunk, stride) = (1000, 500)
  /// Words from where a chunk was looked for that make its place doubtful.
  private static let far = 60

  private let words: [SpokenWord]
  private let states: [SpeechLattice.Word]
  /// The words that have units, in order.
  private let sounding: [Int]
  private let aligner: SoundAligner
  /// How units sound, as far as the pieces behind have shown.
  private var model: AcousticModel
  private let limits: FitLimits?
  private var samples: [Float] = []
  /// Where `samples` begin, in samples from the sound's start.
  private var start = 0
  private var isAtEnd = false
  /// How many of `sounding` have their times, and how many of these are beyond doubt.
  private var (done, sure) = (0, 0)
  /// Seconds by the place of the word.
  private(set) var found: [Int: Range<Double>] = [:]
  /// The energy of each 10 ms of the whole sound.
  private(set) var energies: [Float] = []
  /// How the text fits the sound, by the start of each piece.
  private(set) var contrast = TextContrast()

  /// - `limits`: the bounds of honest texts; without them nothing is searched for.
  init(words: [SpokenWord], aligner: SoundAligner, limits: FitLimits?) {
    self.words = words
    self.aligner = aligner
    model = aligner.table.model
    self.limits = limits
    states = aligner.words(of: words)
    sounding = states.indices.filter { [states] in !states[$0].units.isEmpty }
  }

  /// How many samples are to be added next; nil when the sound is at its end.
  var wanted: Int? {
    isAtEnd ? nil : max(Int(Self.piece * 16_000) - samples.count, 16_000)
  }

  /// Seconds of the sound that have been added.
  var duration: Double { Double(start + samples.count) / 16_000 }

  mutating func add(_ more: [Float]) {
    isAtEnd = more.count < wanted ?? 0
    samples += more
    energies += SpeechIslands.energies(of: more)
    repeat {
      guard done < sounding.count else { return leave(samples.count, after: 0) }
    } while samples.count >= SpeechFeatures.window && work() && isAtEnd
  }

  /// Times what is sure of the piece; whether the text was taken up anew, and more is to be done.
  private mutating func work() -> Bool {
    let text = upcoming
    guard let alignment = aligned(text) else {
      leave(samples.count, after: 0)
      return false
    }
    let islands = SpeechIslands(of: samples)
    let view = View(alignment: alignment, text: text, islands: islands)
    let lost = limits.flatMap { view.lostFrame(gap: $0.doubtfulGap) }
    let last = lost.flatMap { lastWord(in: view, behind: $0) }
    let isRight = last.map { abs($0.word - view.word(at: $0.frame)) <= 3 } ?? (lost == nil)
    // Where the words are right again behind ten strange seconds, some were squeezed into these. The
    // broad table is not to be trusted so far: another language's own words may score that badly.
    let isSqueezed =
      !aligner.table.isBroad
      && limits.flatMap { view.lostFrame(gap: $0.doubtfulGap, within: 1000) } != nil
    if let lost, let last, !isRight || isSqueezed, takeUp(last, in: view, lostAt: lost) {
      return true
    }
    let ends = WordEnds(islands: islands)
    let times = ends.times(of: alignment)
    let (kept, until) = isAtEnd ? (times.count, samples.count) : cut(times)
    keep(ends.sharpened(times).prefix(kept), of: Array(text.prefix(kept)))
    contrast.add(
      alignment, of: text.map { states[sounding[$0]] }, isSpeech: view.isSpeech, by: aligner)
    leave(until, after: kept)
    if isRight { sure = done }
    return false
  }

  /// The words of `text` in the piece; the model learns from them how the next piece may sound.
  ///
  /// The table of a language stays what each piece starts from. The broad one belongs to no
  /// language: it goes on learning, and looks at its first piece twice.
  private mutating func aligned(_ text: Range<Int>) -> SoundAligner.Alignment? {
    let features = SpeechFeatures(of: samples)
    let words = text.map { states[sounding[$0]] }
    let isBroad = aligner.table.isBroad
    var found: SoundAligner.Alignment?
    for _ in 0..<(isBroad && start == 0 ? 2 : 1) {
      found = aligner.align(
        words, anchors: anchors(of: text), scores: aligner.scores(of: features, by: model),
        isOpen: !isAtEnd)
      guard let found else { return nil }
      model = aligner.adapted(isBroad ? model : aligner.table.model, to: found, features)
    }
    return found
  }

  private mutating func keep(_ times: ArraySlice<Range<Double>>, of text: [Int]) {
    let shift = Double(start) / 16_000
    for (time, word) in zip(times, text) {
      found[sounding[word]] = time.lowerBound + shift..<time.upperBound + shift
    }
  }

  /// The words that may lie in the piece.
  private var upcoming: Range<Int> {
    isAtEnd
      ? done..<sounding.count
      : words(from: done, characters: Int(Double(samples.count) / 16_000 * Self.fastest))
  }

  private func words(from first: Int, characters limit: Int) -> Range<Int> {
    var end = first
    var characters = 0
    while end < sounding.count, characters < limit {
      characters += words[sounding[end]].text.count + 1
      end += 1
    }
    return first..<end
  }

  private func anchors(of text: Range<Int>) -> [(word: Int, frame: Int)] {
    text.enumerated().compactMap { place, index in
      words[sounding[index]].anchor.map {
        (place, $0.milliseconds / 10 - start / SpeechFeatures.hop)
      }
    }
  }

  /// How many words are sure, and the sample in the pause behind them: the longest pause that lies
  /// neither too early nor so near the end that what follows might still move it.
  private func cut(_ times: [Range<Double>]) -> (words: Int, samples: Int) {
    let seconds = Double(samples.count) / 16_000
    let latest = seconds - Self.rest / 2
    var best: (words: Int, place: Double, pause: Double)?
    for index in times.indices.dropLast() {
      let pause = times[index + 1].lowerBound - times[index].upperBound
      let place = (times[index + 1].lowerBound + times[index].upperBound) / 2
      guard place > seconds - Self.rest * 2, place < latest else { continue }
      if pause > best?.pause ?? -1 { best = (index + 1, place, pause) }
    }
    if let best { return (best.words, Int(best.place * 16_000)) }
    // No word begins there: what was found lies before, and the sound goes on without words.
    let sure = times.prefix { $0.upperBound < latest && $0.lowerBound < $0.upperBound }.count
    let end = sure > 0 ? times[sure - 1].upperBound : 0
    return (sure, Int(max(end, seconds - Self.rest * 2) * 16_000))
  }

  /// Goes on behind `count` samples and `words` words.
  private mutating func leave(_ count: Int, after words: Int) {
    samples.removeFirst(min(count, samples.count))
    start += count
    done += words
  }
}

// Where text and sound part.
extension PieceTimer {
  /// A piece as it was aligned.
  private struct View {
    var alignment: SoundAligner.Alignment
    var text: Range<Int>
    var isSpeech: [Bool]
    var gaps: [Double]

    init(alignment: SoundAligner.Alignment, text: Range<Int>, islands: SpeechIslands) {
      self.alignment = alignment
      self.text = text
      isSpeech = islands.frames(alignment.path.count)
      gaps = alignment.gaps(isSpeech: isSpeech)
    }

    /// The first frame of the first `frames` (four seconds) whose speech scores further behind than
    /// `gap`.
    func lostFrame(gap limit: Double, within frames: Int = 400) -> Int? {
      let spoken = isSpeech.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 ? 1 : 0)) }
      return Swift.stride(from: 0, through: isSpeech.count - frames, by: 20).first { first in
        let speech = spoken[first + frames] - spoken[first]
        return speech > frames * 3 / 8
          && (gaps[first + frames] - gaps[first]) / Double(speech) > limit
      }
    }

    /// The word that sounds at a frame, or the last one before it.
    func word(at frame: Int) -> Int {
      text.lowerBound + max(alignment.words.count { $0.lowerBound < frame } - 1, 0)
    }
  }

  /// The word at the end of the first chunk behind `frame` whose place in the text is sure, and the
  /// chunk's end; nil where there is none.
  ///
  /// A place far from where it was looked for must be borne out by a later chunk: sentences may be
  /// said twice.
  private func lastWord(in view: View, behind frame: Int) -> (word: Int, frame: Int)? {
    let text = words(from: min(sure, done), characters: Self.searched)
    let columns = view.alignment.scores.columns
    let search = TextSearch(
      lattice: aligner.lattice(of: text.map { states[sounding[$0]] }, columns: columns))
    let last = view.isSpeech.count - Self.chunk
    var places: [(word: Int, frame: Int)] = []
    for first in Swift.stride(from: frame, through: max(last, frame), by: Self.stride)
    where first <= last {
      let end = first + Self.chunk
      let speech = view.isSpeech[first..<end].count { $0 }
      guard speech > Self.chunk / 3,
        let place = search.lastWord(
          in: view.alignment.scores.values[first * columns..<end * columns], columns: columns,
          speech: speech)
      else { continue }
      let found = (word: text.lowerBound + place, frame: end)
      if abs(found.word - view.word(at: end)) <= Self.far { return found }
      if let before = places.last(where: { follows(found, $0) }) { return before }
      places.append(found)
    }
    return places.count == 1 ? places[0] : nil
  }

  /// Whether a word may be said as long behind another one as it was found.
  private func follows(
    _ later: (word: Int, frame: Int), _ earlier: (word: Int, frame: Int)
  ) -> Bool {
    let seconds = Double(later.frame - earlier.frame) / 100
    let most = words(from: earlier.word, characters: Int(seconds * Self.fastest)).count
    return later.word > earlier.word && later.word <= earlier.word + most
  }

  /// Aligns the piece up to `last` anew, with words skipped where that fits best, and goes on
  /// behind it; false where nothing comes of it.
  private mutating func takeUp(
    _ last: (word: Int, frame: Int), in view: View, lostAt lost: Int
  ) -> Bool {
    let reach = Int(Double(last.frame) / 100 * Self.fastest)
    // The piece may begin before or behind the words that were thought done.
    let count = words(from: done, characters: reach).count
    let near = max(sure, done - count)..<done + count
    let text = (near.lowerBound...max(last.word, near.lowerBound)).filter {
      near.contains($0) || last.word - $0 < count
    }
    let columns = view.alignment.scores.columns
    var scores = SoundAligner.Scores(
      columns: columns, values: Array(view.alignment.scores.values.prefix(last.frame * columns)))
    if let limits { scores.easeForeign(behind: limits.foreignGap, from: lost) }
    guard
      let alignment = aligner.align(
        text.map { states[sounding[$0]] }, anchors: [], scores: scores, isOpen: true,
        isSkipping: true)
    else { return false }
    let islands = SpeechIslands(of: Array(samples.prefix(last.frame * SpeechFeatures.hop)))
    let times = WordEnds(islands: islands).times(of: alignment)
    // The last words may be cut: they are left to what comes next.
    let latest = Double(last.frame) / 100 - 1.5
    guard let kept = times.lastIndex(where: { !$0.isEmpty && $0.upperBound < latest }),
      let first = Self.beginning(of: times[...kept])
    else { return false }
    // What was found for words before the first one lies in earlier pieces, and may be right.
    for word in text[first]..<max(done, text[first]) { found[sounding[word]] = nil }
    keep(times[first...kept], of: Array(text[first...kept]))
    let until = Int(times[kept].upperBound * 16_000)
    samples.removeFirst(min(until, samples.count))
    start += until
    done = text[kept] + 1
    sure = done
    return true
  }

  /// The first word that was placed: a few in front of a skip are but where the way began.
  private static func beginning(of times: ArraySlice<Range<Double>>) -> Int? {
    var runs: [Range<Int>] = []
    for index in times.indices where !times[index].isEmpty {
      if runs.last?.upperBound == index {
        runs[runs.count - 1] = runs[runs.count - 1].lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return (runs.dropLast().first { $0.count >= fewest } ?? runs.last)?.lowerBound
  }
}
