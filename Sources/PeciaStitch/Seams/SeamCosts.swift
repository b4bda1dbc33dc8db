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
    /// A word that both heard, but differently.
    static let unlike = 3.9
    /// The same where one of them may be half a word.
    static let half = 1.2
    /// The most that a place in time can count for.
    static let time = 6.0
    /// The most that one word can prove.
    static let proof = 6.0
  }

  init(left: SeamSide, right: SeamSide, lexicon: Lexicon) {
    let tail = Array(left.tail(from: right.clip.lowerBound))
    let head = Array(right.head(until: left.clip.upperBound))
    (self.left, self.right) = (tail, head)
    let total = Double(left.total + right.total + 2)
    var pairs: [Int] = []
    pairs.reserveCapacity(tail.count * head.count)
    for (row, first) in tail.enumerated() {
      for (column, second) in head.enumerated() {
        guard first.isSilent == second.isSilent else {
          pairs.append(1_000_000)
          continue
        }
        if first.isSilent {
          pairs.append(first.word == second.word ? -1500 : 1000)
          continue
        }
        let count = Double((left.counts[first.word] ?? 0) + (right.counts[first.word] ?? 0))
        let near = Self.near(first.word, row, tail) + Self.near(first.word, column, head)
        let chance = min(0.95, max(count / total, Double(near) / 12))
        let proof = min(Price.proof, -log(chance))
        if first.word == second.word {
          pairs.append(Int(-1000 * proof))
          continue
        }
        let alike = Double(lexicon.similarity(first.word, second.word)) / 1000
        var price = Price.unlike - max(0, alike - 0.3) * 7
        if row == tail.count - 1 {
          let shared = lexicon.sharedStart(first.word, second.word)
          price = min(price, Price.half - min(3, Double(shared)))
        }
        if column == 0 {
          let shared = lexicon.sharedEnd(first.word, second.word)
          price = min(price, Price.half - min(3, Double(shared)))
        }
        pairs.append(Int(1000 * price))
      }
    }
    self.pairs = pairs
    let (start, end) = (right.clip.lowerBound, left.clip.upperBound)
    entering = (0...tail.count).map { row in
      let before = row > 0 ? tail[row - 1].range.upperBound - start : 0
      let behind = row < tail.count ? start - tail[row].range.lowerBound : 0
      return Self.price(of: before, left.doubt) + Self.price(of: behind, left.doubt)
    }
    leaving = (0...head.count).map { column in
      let before = column > 0 ? head[column - 1].range.upperBound - end : 0
      let behind = column < head.count ? end - head[column].range.lowerBound : 0
      return Self.price(of: before, right.doubt) + Self.price(of: behind, right.doubt)
    }
  }

  /// How often a word stands within three places of this one.
  private static func near(_ word: Int32, _ place: Int, _ places: [SeamSide.Place]) -> Int {
    (max(0, place - 3)..<min(places.count, place + 4)).count {
      $0 != place && places[$0].word == word
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
