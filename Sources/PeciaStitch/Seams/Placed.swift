import PeciaCore

/// Where the tokens of a text stand on the recording's clock, as far as the text itself can say.
enum Placed {
  /// The stretch of each token: letters share the time evenly between the clip's start, the time
  /// marks and the clip's end.
  static func tokens(of text: HeardText, in range: TimeRange) -> [TimeRange] {
    var anchors: [(token: Int, time: Timestamp)] = [(0, range.lowerBound)]
    for piece in text.pieces {
      guard let mark = piece.mark, !piece.tokens.isEmpty else { continue }
      let time = range.lowerBound + mark.milliseconds
      if time >= anchors[anchors.count - 1].time, time <= range.upperBound {
        anchors.append((piece.tokens.lowerBound, time))
      }
    }
    anchors.append((text.tokens.count, range.upperBound))
    var times: [TimeRange] = []
    times.reserveCapacity(text.tokens.count)
    for (start, end) in zip(anchors, anchors.dropFirst()) {
      let tokens = text.tokens[start.token..<end.token]
      let total = tokens.reduce(0) { $0 + Int($1.length) + 1 }
      var letters = 0
      for token in tokens {
        let first = start.time + (end.time - start.time) * letters / total
        letters += Int(token.length) + 1
        times.append(first..<start.time + (end.time - start.time) * letters / total)
      }
    }
    return times
  }

  /// The stretch of each slot: the mean of its texts' places, in order.
  static func slots(
    _ slots: [Slot], tokens: [Int32: [TimeRange]], in range: TimeRange
  ) -> [TimeRange] {
    var last = range.lowerBound
    return slots.map { slot in
      var (start, end, count) = (0, 0, 0)
      for entry in slot.entries where entry.token >= 0 {
        guard let time = tokens[entry.text]?[Int(entry.token)] else { continue }
        start += time.lowerBound.milliseconds
        end += time.upperBound.milliseconds
        count += 1
      }
      guard count > 0 else { return last..<last }
      let first = max(last, Timestamp(milliseconds: start / count))
      last = max(first, Timestamp(milliseconds: end / count))
      return first..<last
    }
  }
}
