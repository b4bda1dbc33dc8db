import Foundation

/// Times words by their punctuation and the pauses of the sound: it knows no language.
///
/// Words weigh by their characters, and a dynamic programme shares them out over the islands of
/// speech so that stops and commas fall on pauses.
struct PauseMatcher {
  var words: [SpokenWord]
  var islands: [Range<Double>]
  /// How far back islands are joined to one group.
  private let groupLimit = 6

  private let levels: [Punctuation]
  /// Seconds that all words before each word weigh; one more than words.
  private let weightBefore: [Double]
  private let islandBefore: [Double]
  private let stopsBefore: [Int]
  private let commasBefore: [Int]

  init(words: [SpokenWord], islands: [Range<Double>]) {
    self.words = words
    self.islands = islands
    levels = words.map { Punctuation(endOf: $0.text) }
    islandBefore = islands.reduce(into: [0]) {
      $0.append(($0.last ?? 0) + $1.upperBound - $1.lowerBound)
    }
    let characters = words.map { Double($0.text.count + 1) }
    let scale = (islandBefore.last ?? 0) / max(characters.reduce(0, +), 1)
    weightBefore = characters.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1 * scale) }
    stopsBefore = levels.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 == .stop ? 1 : 0)) }
    commasBefore = levels.reduce(into: [0]) { $0.append(($0.last ?? 0) + ($1 == .comma ? 1 : 0)) }
  }

  /// The stretch of each word, in seconds.
  func times() -> [Range<Double>] {
    guard !words.isEmpty, !islands.isEmpty else { return words.map { _ in 0..<0 } }
    guard let groups = bestGroups() else {
      return spread(words: 0..<words.count, over: 0..<islands.count)
    }
    return groups.flatMap { spread(words: $0.words, over: $0.islands) }
  }

  private struct Group {
    var words: Range<Int>
    var islands: Range<Int>
  }

  /// The cheapest ways to put the first words into the first islands: a band around the place
  /// where weights and islands say the same, so that an hour needs no more than its length.
  private struct Ways {
    /// Seconds by which a way may stray from that place.
    static let stray = 60.0
    var words: Range<Int>
    var cost: [Double]
    /// Where the last group began: its words and islands, counted backwards.
    var back: [(words: Int32, islands: Int32)]

    init(words: Range<Int>) {
      self.words = words
      cost = Array(repeating: .infinity, count: words.count)
      back = Array(repeating: (0, 0), count: words.count)
    }
  }

  /// The cheapest way to put all words into all islands; nil where there is none.
  private func bestGroups() -> [Group]? {
    var columns = [Ways(words: 0..<1)]
    columns[0].cost[0] = 0
    for island in 1...islands.count {
      columns.append(ways(into: island, from: columns))
    }
    var (word, island) = (words.count, islands.count)
    guard columns[island].words.contains(word),
      columns[island].cost[word - columns[island].words.lowerBound] < .infinity
    else { return nil }
    var groups: [Group] = []
    while word > 0 {
      let step = columns[island].back[word - columns[island].words.lowerBound]
      let (start, first) = (word - Int(step.words), island - Int(step.islands))
      groups.append(Group(words: start..<word, islands: first..<island))
      (word, island) = (start, first)
    }
    return groups.reversed()
  }

  private func ways(into island: Int, from columns: [Ways]) -> Ways {
    let place = islandBefore[island]
    let from = weightBefore.partitioningIndex { $0 >= place - Ways.stray }
    let until = weightBefore.partitioningIndex { $0 > place + Ways.stray }
    var ways = Ways(words: max(from, 1)..<max(until, from, 1))
    if island == islands.count { ways = Ways(words: max(from, 1)..<words.count + 1) }
    for first in max(island - groupLimit, 0)..<island {
      let before = columns[first]
      let length = place - islandBefore[first]
      let pauses = pauseCost(inside: first..<island)
      for word in ways.words {
        var start = min(word, before.words.upperBound) - 1
        while start >= before.words.lowerBound {
          let weight = weightBefore[word] - weightBefore[start]
          if weight > 2.2 * length + 1.2, start < word - 1 { break }
          let cost = before.cost[start - before.words.lowerBound]
          if cost < .infinity {
            let total =
              cost + pauses
              + self.cost(of: start..<word, in: first..<island, length: length, weight: weight)
            if total < ways.cost[word - ways.words.lowerBound] {
              ways.cost[word - ways.words.lowerBound] = total
              ways.back[word - ways.words.lowerBound] = (Int32(word - start), Int32(island - first))
            }
          }
          start -= 1
        }
      }
    }
    return ways
  }

  /// What the pauses inside a group cost, since nothing explains them.
  private func pauseCost(inside group: Range<Int>) -> Double {
    group.dropFirst().reduce(0) { $0 + 2 + 6 * min(pause(before: $1), 1) }
  }

  private func pause(before island: Int) -> Double {
    islands[island].lowerBound - islands[island - 1].upperBound
  }

  private func cost(
    of group: Range<Int>, in range: Range<Int>, length: Double, weight: Double
  ) -> Double {
    let spread = 0.22 * 0.22 * max(0.35, min(weight, 3 * length)) + 0.004
    var cost = 0.5 * (weight - length) * (weight - length) / spread
    let last = group.upperBound - 1
    cost += 1.3 * Double(stopsBefore[last] - stopsBefore[group.lowerBound])
    cost += 0.25 * Double(commasBefore[last] - commasBefore[group.lowerBound])
    if range.upperBound < islands.count {
      let pause = min(pause(before: range.upperBound), 1.2)
      switch levels[last] {
      case .stop: cost -= 1 + 0.8 * pause
      case .comma: cost -= 0.3 + 0.3 * min(pause, 1)
      case .none: cost += 1.2 + 1.6 * pause
      }
    }
    for word in group {
      guard let anchor = words[word].anchor else { continue }
      let share = (weightBefore[word] - weightBefore[group.lowerBound]) / max(weight, 0.001)
      let place = self.place(share * length, behind: range.lowerBound, isStart: true)
      let error = (anchor.seconds - place) / 0.35
      cost += 0.5 * min(16, error * error)
    }
    return cost
  }

  /// Where `seconds` of speech behind an island's start fall on the clock.
  ///
  /// Exactly at an island's end, a start moves to the next island, and an end stays.
  private func place(_ seconds: Double, behind first: Int, isStart: Bool) -> Double {
    var rest = seconds
    for island in islands[first...] {
      let length = island.upperBound - island.lowerBound
      if rest < length - 1e-6 || (!isStart && rest <= length + 1e-6) {
        return island.lowerBound + max(rest, 0)
      }
      rest -= length
    }
    return islands[islands.count - 1].upperBound
  }

  private func spread(words group: Range<Int>, over range: Range<Int>) -> [Range<Double>] {
    let length = islandBefore[range.upperBound] - islandBefore[range.lowerBound]
    let weight = max(weightBefore[group.upperBound] - weightBefore[group.lowerBound], 1e-6)
    return group.map { word in
      let start = (weightBefore[word] - weightBefore[group.lowerBound]) / weight * length
      let end = (weightBefore[word + 1] - weightBefore[group.lowerBound]) / weight * length
      let from = place(start, behind: range.lowerBound, isStart: true)
      return from..<max(from, place(end, behind: range.lowerBound, isStart: false))
    }
  }
}

extension [Double] {
  /// The first place of a rising array from which `isReached` holds.
  fileprivate func partitioningIndex(where isReached: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isReached(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
