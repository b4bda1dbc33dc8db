import Foundation
import PeciaCore

/// The price of laying the end of one clip's words against the start of the next one's.
///
/// Prices are thousandths of a natural logarithm: how much less likely a pairing is if the words
/// were heard by both than if each was heard by one side alone.
struct SeamCosts: AlignmentCosts {
  private let left: [SeamSide.Place]
  private let right: [SeamSide.Place]
  private let pairs: [Int]
  private let entering: [Int]
  private let leaving: [Int]

  private enum Price {
    /// A word that one side has and the other lacks, in the midst of what both heard.
    static let missed = 3.5
    /// The same at a clip's edge, where words are cut.
    static let cut = 3.0
    static let silent = 0.3
    /// The most that a place in time can count for.
    static let time = 6.0
  }

  init(left: SeamSide, right: SeamSide, lexicon: Lexicon) {
    let tail = Array(left.tail(from: right.clip.lowerBound))
    let head = Array(right.head(until: left.clip.upperBound))
    (self.left, self.right) = (tail, head)
    let prices = PairPrices(left: left, right: right, tail: tail, head: head, lexicon: lexicon)
    pairs = tail.indices.flatMap { row in
      head.indices.map { column in Int(1000 * prices.price(row, column)) }
    }
    let (start, end) = (right.clip.lowerBound, left.clip.upperBound)
    entering = (0...tail.count).map { row in
      let before = row > 0 ? tail[row - 1].range.lowerBound - start : 0
      let behind = row < tail.count ? start - tail[row].range.upperBound : 0
      return Self.price(of: before, left.doubt) + Self.price(of: behind, left.doubt)
        + (row == tail.count ? left.priceOfNothing : 0)
    }
    leaving = (0...head.count).map { column in
      let before = column > 0 ? head[column - 1].range.lowerBound - end : 0
      let behind = column < head.count ? end - head[column].range.upperBound : 0
      return Self.price(of: before, right.doubt) + Self.price(of: behind, right.doubt)
        + (column == 0 ? right.priceOfNothing : 0)
    }
  }

  /// What it costs to be `late` milliseconds on the wrong side of an edge.
  private static func price(of late: Int, _ doubt: Double) -> Int {
    guard late > 0 else { return 0 }
    let deviation = Double(late) / doubt
    return Int(1000 * min(Price.time, deviation * deviation / 2))
  }

  var rows: Int { left.count }
  var columns: Int { right.count }
  func pair(_ row: Int, _ column: Int) -> Int { pairs[row * right.count + column] }
  func skip(row: Int) -> Int { Self.skip(left[row], atEdge: row == left.count - 1) }
  func skip(column: Int) -> Int { Self.skip(right[column], atEdge: column == 0) }
  func enter(atRow row: Int) -> Int { entering[row] }
  func leave(atColumn column: Int) -> Int { leaving[column] }

  private static func skip(_ place: SeamSide.Place, atEdge: Bool) -> Int {
    if place.isSilent { return Int(1000 * Price.silent) }
    return Int(1000 * place.support * (atEdge ? Price.cut : Price.missed))
  }

  /// The cheapest way to lay the sides against each other, in places of `left` and `right`.
  func alignment() -> Alignment { Alignment(self, form: .endToStart) }
}

/// What the words themselves say: the price of taking two of them for one that both sides heard.
private struct PairPrices {
  let left: SeamSide
  let right: SeamSide
  let tail: [SeamSide.Place]
  let head: [SeamSide.Place]
  let lexicon: Lexicon

  private enum Price {
    static let never = 1000.0
    /// A word that both heard, but differently.
    static let unlike = 3.4
    /// What likeness takes off, for every tenth above three.
    static let likeness = 0.7
    /// The same where one of them may be half a word.
    static let half = 3.5
    /// What each letter takes off that half a word shares with a whole one, up to three.
    static let letter = 1.4
    /// Half a word at both edges at once needs a long silence between.
    static let halves = 1.0
    /// What it takes off that all of the half word is the start or the end of the whole one.
    static let whole = 1.0
    /// What it takes off besides where the half word stands nowhere else in either clip.
    static let unknown = 1.0
    static let sameTag = -1.5
    static let otherTag = 1.0
    /// The most that one word can prove.
    static let proof = 6.0
    /// The most that two different times can count for.
    static let time = 4.0
  }

  /// In short texts a word seems more frequent than it is: they count as having this many.
  private static let fewest = 40

  func price(_ row: Int, _ column: Int) -> Double {
    let (first, second) = (tail[row], head[column])
    guard first.isSilent == second.isSilent else { return Price.never }
    let apart = timePrice(first, second)
    if first.isSilent {
      return apart + (first.word == second.word ? Price.sameTag : Price.otherTag)
    }
    if first.word == second.word { return apart - proof(row, column) }
    let alike = Double(lexicon.similarity(first.word, second.word)) / 1000
    var price = Price.unlike - max(0, alike - 0.3) * 10 * Price.likeness
    let (isLast, isFirst) = (row == tail.count - 1, column == 0)
    if isLast {
      price = min(price, half(first.word, lexicon.sharedStart(first.word, second.word)))
    }
    if isFirst {
      price = min(price, half(second.word, lexicon.sharedEnd(first.word, second.word)))
    }
    return apart + price + (isLast && isFirst ? Price.halves : 0)
  }

  /// The price of taking a word for the half of one that it shares some letters with.
  private func half(_ word: Int32, _ shared: Int) -> Double {
    var price = Price.half - Price.letter * Double(min(3, shared))
    if shared == lexicon.length(of: word) {
      price -= Price.whole
      if (left.counts[word] ?? 0) + (right.counts[word] ?? 0) < 2 { price -= Price.unknown }
    }
    return price
  }

  /// How much an equal word proves: much if it is rare in both clips and near this place.
  private func proof(_ row: Int, _ column: Int) -> Double {
    let word = tail[row].word
    let count = Double((left.counts[word] ?? 0) + (right.counts[word] ?? 0))
    let near = Double(Self.near(row, tail) + Self.near(column, head))
    let all = Double(max(PairPrices.fewest, left.total + right.total))
    let chance = min(0.95, max(count / all, near / 12))
    return min(Price.proof, -log(chance))
  }

  /// How often a place's word stands again within three places of it.
  private static func near(_ place: Int, _ places: [SeamSide.Place]) -> Int {
    (max(0, place - 3)..<min(places.count, place + 4)).count {
      $0 != place && places[$0].word == places[place].word
    }
  }

  /// What it costs that two places stand at different times.
  private func timePrice(_ first: SeamSide.Place, _ second: SeamSide.Place) -> Double {
    let doubt = left.doubt + right.doubt
    let deviation = Double(first.range.middle - second.range.middle) / doubt
    return min(Price.time, deviation * deviation)
  }
}
