import PeciaCore
import PeciaWorkflow

/// A place at which the workers' texts, or a neighbour's, differ from the reviewer's.
struct DisputedPlace: Equatable, Sendable {
  /// What may stand there.
  struct Choice: Equatable, Sendable {
    /// The worker's name; `clip 6` for what a neighbour has in the shared seconds.
    var name: String
    /// The words as they were typed; empty where there are none.
    var text: String
    /// Where they stand in the worker's text, in characters; nil for a neighbour's.
    var range: Range<Int>?
  }

  /// Characters of the reviewer's text; where it lacks words, what lies between their neighbours.
  var range: Range<Int>
  /// Whether the reviewer's text has words there.
  var hasWords: Bool
  /// The workers' in the order of their texts, then the neighbours'.
  var choices: [Choice]
  /// When these words are said, in milliseconds of the clip.
  var time: Range<Int>
}

/// Finds the places: the reviewer's text is laid beside each of the others.
struct DisputedPlaces {
  private let own: ComparedWords
  private let variants: [ComparedWords]
  /// For each worker, where each of the reviewer's words stands in their text.
  private let matches: [[Int?]]
  /// Where each of the reviewer's words stands in the consensus, which is timed.
  private let heard: [Int?]
  private let review: ReviewFacts
  private let length: Int

  /// Lays the reviewer's `text` beside the others; `length` is the clip's, in milliseconds.
  init(in text: String, of review: ReviewFacts, length: Int) {
    let own = ComparedWords(text, review.normalisation)
    self.own = own
    self.review = review
    self.length = length
    variants = review.variants.map { ComparedWords($0.text, review.normalisation) }
    matches = variants.map { own.matches(in: $0) }
    let consensus = ComparedWords(words: review.words.map(\.text), review.normalisation)
    heard = own.matches(in: consensus).map { $0.map { consensus.ranges[$0].lowerBound } }
  }

  /// In the order of the reviewer's text.
  var places: [DisputedPlace] {
    let absent = absent
    var spans: [Range<Int>] = []
    var previous = -1
    for index in 0...own.keys.count {
      let isAgreed =
        index == own.keys.count
        || matches.indices.allSatisfy { absent[$0][index] || matches[$0][index] != nil }
      guard isAgreed else { continue }
      let span = previous + 1..<index
      let isDisputed =
        !span.isEmpty
        || matches.indices.contains { worker in
          let isThere =
            (previous < 0 || !absent[worker][previous])
            && (index == own.keys.count || !absent[worker][index])
          return isThere && !self.span(of: worker, beside: span).isEmpty
        }
      if isDisputed { spans.append(span) }
      previous = index
    }
    return withSeams(spans.map { place(at: $0) })
  }

  /// Words within a stretch that one worker left out whole, while two others have it.
  ///
  /// Were they not set aside, everything in that stretch would be one place.
  private var absent: [[Bool]] {
    var absent = matches.map { _ in Array(repeating: false, count: own.keys.count) }
    for (worker, there) in matches.enumerated() {
      var start = 0
      for index in 0...there.count where index == there.count || there[index] != nil {
        let gap = start..<index
        if gap.count >= 8, span(of: worker, beside: gap).count * 2 < gap.count {
          for place in gap { absent[worker][place] = true }
        }
        start = index + 1
      }
    }
    for index in own.keys.indices where absent.count - absent.count(where: { $0[index] }) < 2 {
      for worker in absent.indices { absent[worker][index] = false }
    }
    return absent
  }

  /// The words of a worker that stand where the reviewer has `span`.
  private func span(of worker: Int, beside span: Range<Int>) -> Range<Int> {
    let there = matches[worker]
    let before = there[..<span.lowerBound].last { $0 != nil } ?? nil
    let behind = there[span.upperBound...].first { $0 != nil } ?? nil
    let start = before.map { $0 + 1 } ?? 0
    return start..<max(behind ?? variants[worker].keys.count, start)
  }

  private func place(at span: Range<Int>) -> DisputedPlace {
    DisputedPlace(
      range: own.range(of: span), hasWords: !span.isEmpty,
      choices: variants.indices.map { worker in
        let there = self.span(of: worker, beside: span)
        return DisputedPlace.Choice(
          name: review.variants[worker].worker, text: variants[worker].text(of: there),
          range: variants[worker].range(of: there))
      }, time: time(of: span))
  }

  /// When the words `span` are said: by the consensus's words there, else between its neighbours.
  private func time(of span: Range<Int>) -> Range<Int> {
    let before = (heard[..<span.lowerBound].last { $0 != nil } ?? nil) ?? -1
    let behind = (heard[span.upperBound...].first { $0 != nil } ?? nil) ?? review.words.count
    let words = review.words
    var (start, end) = (0, length)
    if before + 1 < behind {
      (start, end) = (words[before + 1].start, words[behind - 1].end)
    } else {
      if before >= 0 { start = words[before].end }
      if behind < words.count { end = words[behind].start }
    }
    return start..<max(end, start)
  }

  // MARK: Neighbours

  /// Adds what neighbours have in the shared seconds: to the place that is there, else as one of
  /// its own.
  private func withSeams(_ places: [DisputedPlace]) -> [DisputedPlace] {
    var places = places
    for seam in review.seams {
      let time = seam.start..<max(seam.end, seam.start + 1)
      let found = span(between: seam.before, and: seam.after, near: time).map(place(at:))
      var index = places.firstIndex { place in
        found.map { $0.range.overlaps(place.range) || $0.range == place.range }
          ?? (place.time.lowerBound < time.upperBound && time.lowerBound <= place.time.upperBound)
      }
      if index == nil {
        let place = found ?? place(at: span(during: time))
        index = places.firstIndex { $0.range.lowerBound > place.range.lowerBound } ?? places.count
        places.insert(place, at: index ?? places.count)
      }
      guard let index else { continue }
      let taken = places[index].hasWords ? String(own.characters[places[index].range]) : ""
      let known = ComparedWords(taken, review.normalisation).keys
      for text in seam.texts
      where ComparedWords(text, review.normalisation).keys != known
        && !places[index].choices.contains(where: { $0.text == text })
      {
        places[index].choices.append(
          DisputedPlace.Choice(name: "clip \(seam.neighbour)", text: text, range: nil))
      }
    }
    return places
  }

  /// Between so many words at most a seam's place is sought.
  private static let longestPlace = 12

  /// The reviewer's words between those that stand `before` a place and `after` it; of several such
  /// places the one that fits most of these words, then the one nearest to `time`.
  ///
  /// nil where the words are not found: the neighbour's text may end there.
  private func span(
    between before: String, and after: String, near time: Range<Int>
  ) -> Range<Int>? {
    let before = ComparedWords(before, review.normalisation).keys
    let after = ComparedWords(after, review.normalisation).keys
    let words = own.keys.indices.filter { own.keys[$0].last != ":" }
    let keys = words.map { own.keys[$0] }
    let middle = span(during: time).lowerBound
    var best: (fit: Int, distance: Int, span: Range<Int>)?
    for start in 0...keys.count {
      let left = zip(keys[..<start].reversed(), before.reversed()).prefix { $0 == $1 }.count
      guard left > 0 else { continue }
      for end in start...min(start + Self.longestPlace, keys.count) {
        let right = zip(keys[end...], after).prefix { $0 == $1 }.count
        guard right > 0 else { continue }
        let first = start < words.count ? words[start] : own.keys.count
        let span = first..<(end > start ? words[end - 1] + 1 : first)
        let distance = abs(first - middle)
        if best.map({ (-left - right, distance, end) < (-$0.fit, $0.distance, $0.span.upperBound) })
          ?? true
        {
          best = (left + right, distance, span)
        }
      }
    }
    return best.flatMap { $0.fit > 2 ? $0.span : nil }
  }

  /// The reviewer's words that are said during `time`; an empty span before the first one behind.
  private func span(during time: Range<Int>) -> Range<Int> {
    let inside = own.keys.indices.filter { index in
      heard[index].map {
        review.words[$0].start < time.upperBound && review.words[$0].end > time.lowerBound
      } ?? false
    }
    if let first = inside.first, let last = inside.last { return first..<last + 1 }
    let behind = own.keys.indices.first { index in
      heard[index].map { review.words[$0].start >= time.upperBound } ?? false
    }
    let point = behind ?? own.keys.count
    return point..<point
  }
}
