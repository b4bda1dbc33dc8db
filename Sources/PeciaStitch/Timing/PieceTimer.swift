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

  private let words: [SpokenWord]
  private let states: [SpeechLattice.Word]
  /// The words that have units, in order.
  private let sounding: [Int]
  private let aligner: SoundAligner
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
  /// Frames of speech in all pieces, and how far they score behind the best units.
  private var (speech, gap) = (0, 0.0)

  /// - `limits`: the bounds of honest texts; without them nothing is searched for.
  init(words: [SpokenWord], aligner: SoundAligner, limits: FitLimits?) {
    self.words = words
    self.aligner = aligner
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

  /// Whether the sound may be that of the text at all.
  var isLikely: Bool { limits?.isLikely(gap: gap / Double(max(speech, 1))) ?? true }

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
    let scores = aligner.scores(of: SpeechFeatures(of: samples), by: aligner.table.model)
    let text = upcoming
    guard
      let alignment = aligner.align(
        text.map { states[sounding[$0]] }, anchors: anchors(of: text), scores: scores,
        isOpen: !isAtEnd)
    else {
      leave(samples.count, after: 0)
      return false
    }
    let islands = SpeechIslands(of: samples)
    let view = View(alignment: alignment, text: text, islands: islands)
    let lost = limits.flatMap { view.lostFrame(gap: $0.doubtfulGap) }
    let last = lost.flatMap { lastWord(in: view, behind: $0) }
    let isRight = last.map { abs($0.word - view.word(at: $0.frame)) <= 3 } ?? (lost == nil)
    if let last, !isRight, takeUp(last, in: view) { return true }
    let times = WordEnds(islands: islands).times(of: alignment)
    let (kept, until) = isAtEnd ? (times.count, samples.count) : cut(times)
    keep(times.prefix(kept), of: Array(text.prefix(kept)))
    speech += view.speech
    gap += view.gaps.last ?? 0
    leave(until, after: kept)
    if isRight { sure = done }
    return false
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
    var speech: Int { isSpeech.count { $0 } }

    init(alignment: SoundAligner.Alignment, text: Range<Int>, islands: SpeechIslands) {
      self.alignment = alignment
      self.text = text
      isSpeech = islands.frames(alignment.path.count)
      gaps = alignment.gaps(isSpeech: isSpeech)
    }

    /// The first frame of the first four seconds whose speech scores further behind than `gap`.
    func lostFrame(gap limit: Double) -> Int? {
      let spoken = isSpeech.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 ? 1 : 0)) }
      return Swift.stride(from: 0, through: isSpeech.count - 400, by: 20).first { first in
        let speech = spoken[first + 400] - spoken[first]
        return speech > 150 && (gaps[first + 400] - gaps[first]) / Double(speech) > limit
      }
    }

    /// The word that sounds at a frame, or the last one before it.
    func word(at frame: Int) -> Int {
      text.lowerBound + max(alignment.words.count { $0.lowerBound < frame } - 1, 0)
    }
  }

  /// The word at the end of the first chunk behind `frame` whose place in the text is sure, and the
  /// chunk's end; nil where there is none.
  private func lastWord(in view: View, behind frame: Int) -> (word: Int, frame: Int)? {
    let text = words(from: min(sure, done), characters: Self.searched)
    let columns = view.alignment.scores.columns
    let search = TextSearch(
      lattice: aligner.lattice(of: text.map { states[sounding[$0]] }, columns: columns))
    let last = view.isSpeech.count - Self.chunk
    for first in Swift.stride(from: frame, through: max(last, frame), by: Self.stride)
    where first <= last {
      let end = first + Self.chunk
      let speech = view.isSpeech[first..<end].count { $0 }
      guard speech > Self.chunk / 3,
        let place = search.lastWord(
          in: view.alignment.scores.values[first * columns..<end * columns], columns: columns,
          speech: speech)
      else { continue }
      return (text.lowerBound + place, end)
    }
    return nil
  }

  /// Aligns the piece up to `last` anew, with words skipped where that fits best, and goes on
  /// behind it; false where nothing comes of it.
  private mutating func takeUp(_ last: (word: Int, frame: Int), in view: View) -> Bool {
    let reach = Int(Double(last.frame) / 100 * Self.fastest)
    // The piece may begin before or behind the words that were thought done.
    let count = words(from: done, characters: reach).count
    let near = max(sure, done - count)..<done + count
    let text = (near.lowerBound...max(last.word, near.lowerBound)).filter {
      near.contains($0) || last.word - $0 < count
    }
    let columns = view.alignment.scores.columns
    let scores = SoundAligner.Scores(
      columns: columns, values: Array(view.alignment.scores.values.prefix(last.frame * columns)))
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
