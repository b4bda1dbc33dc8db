import PeciaCore

/// How the words of two neighbouring clips lie against each other in the seconds they share.
struct Seam {
  /// A slot of the left clip and a slot of the right one, −1 where a side has nothing.
  struct Step {
    var left: Int
    var right: Int
    /// Which side has half of the word that the other has whole; only where each side's word stands
    /// at its clip's edge.
    var half: Half?
  }
  enum Half { case left, right }

  /// From the first shared slot to the last; empty if nothing is shared.
  var steps: [Step]
  /// How alike the shared words are, from 0 to 1; nil if there is nothing to compare.
  var agreement: Double?
  /// How many words the agreement rests on.
  var evidence: Int

  init(left: SeamSide, right: SeamSide, lexicon: Lexicon) {
    guard left.total > 0, right.total > 0 else {
      (steps, agreement, evidence) = (Self.sharedTags(left, right), nil, 0)
      return
    }
    let tail = Array(left.tail(from: right.clip.lowerBound))
    let head = Array(right.head(until: left.clip.upperBound))
    let path = SeamCosts(left: left, right: right, lexicon: lexicon).alignment().steps
    steps = path.map { step in
      Step(
        left: step.row < 0 ? -1 : tail[step.row].slot,
        right: step.column < 0 ? -1 : head[step.column].slot,
        half: step.row == tail.count - 1 && step.column == 0
          ? Self.half(left, tail[step.row], right, head[step.column], lexicon) : nil)
    }
    var (alike, compared) = (0.0, 0)
    for step in path {
      let first = step.row < 0 ? nil : tail[step.row]
      let second = step.column < 0 ? nil : head[step.column]
      if (first ?? second)?.isSilent != false { continue }
      let isEdge = step.row == tail.count - 1 || step.column == 0
      if let first, let second {
        let similarity = Double(lexicon.similarity(first.word, second.word)) / 1000
        if isEdge, similarity < 1 { continue }
        alike += similarity
        compared += 1
      } else if !isEdge {
        compared += 1
      }
    }
    evidence = compared
    agreement = compared > 0 ? alike / Double(compared) : nil
    if steps.isEmpty {
      evidence = Self.expected(left: left, right: right)
      agreement = evidence > 0 ? 0 : nil
    }
  }

  /// Where a side has no words, only tags can be shared: the most with which one text ends and the
  /// other begins.
  private static func sharedTags(_ left: SeamSide, _ right: SeamSide) -> [Step] {
    let (tail, head) = (left.lastTags, right.firstTags)
    let count = (0...min(tail.count, head.count)).last { count in
      tail.suffix(count).map(\.word) == head.prefix(count).map(\.word)
    }
    return zip(tail.suffix(count ?? 0), head).map {
      Step(left: $0.slot, right: $1.slot, half: nil)
    }
  }

  /// The side whose word is only a part of the other's: the left one its start, the right one its
  /// end; where the words are the same, the one that stands nearer to its clip's edge.
  private static func half(
    _ left: SeamSide, _ first: SeamSide.Place, _ right: SeamSide, _ second: SeamSide.Place,
    _ lexicon: Lexicon
  ) -> Half? {
    if first.word == second.word {
      let behind = left.clip.upperBound - first.range.upperBound
      let before = second.range.lowerBound - right.clip.lowerBound
      return behind == before ? nil : behind < before ? .left : .right
    }
    let (start, end) = (
      lexicon.sharedStart(first.word, second.word), lexicon.sharedEnd(first.word, second.word)
    )
    if start == lexicon.length(of: first.word) { return .left }
    return end == lexicon.length(of: second.word) ? .right : nil
  }

  /// How many words should stand in the shared seconds, by either side's own measure; 0 if under 2,
  /// or where both sides have silence enough to fill them.
  private static func expected(left: SeamSide, right: SeamSide) -> Int {
    let shared = left.clip.upperBound - right.clip.lowerBound
    if min(left.spare, right.spare) >= shared { return 0 }
    let inTail = left.places.count {
      !$0.isSilent && $0.range.middle > right.clip.lowerBound
    }
    let inHead = right.places.count {
      !$0.isSilent && $0.range.middle < left.clip.upperBound
    }
    let least = min(inTail, inHead)
    return least < 2 ? 0 : least
  }
}
