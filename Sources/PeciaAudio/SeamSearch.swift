/// Chooses all cuts of a stretch together: the cheapest row of clips by dynamic programming.
///
/// A seam is a pair of edges, the start of the right clip and the end of the left one. It costs
/// what its edges cost, more for length beyond what is asked and for a shared stretch that holds
/// little speech; a clip costs by its distance from the wished length. Places count in bins.
struct SeamSearch {
  /// What neighbours share, and what no clip goes beyond, in bins.
  var overlap: Int
  var longest: Int
  var target: Int

  struct Seam: Hashable {
    /// Where the right clip starts.
    var start: Int
    /// Where the left clip ends.
    var end: Int
    var cost: Float
  }

  /// Bins of speech in a shared stretch beyond which more is no better: enough for some words.
  private var enoughSpeech: Float { Float(max(50, min(100, overlap))) }
  private static let speechWeight: Float = 5
  /// For each second that a seam is longer than it must be.
  private static let lengthWeight: Float = 1.6
  private static let targetWeight: Float = 6

  /// The cheapest seams between clips that begin at `start` and end at `end`.
  ///
  /// The first seam does not begin before `sharedUntil`, where the clip before `start` ends. Where
  /// the stretch `isOpen`, the sound goes on at `end`, and the last clip need not end there.
  /// `speech` counts the bins of speech before each place.
  ///
  /// - Returns: seams in order; empty where one clip is best.
  func seams(
    from start: Int, sharedUntil: Int, to end: Int, isOpen: Bool, cost: [Float], speech: [Int]
  ) -> [Seam] {
    let seams = candidates(from: sharedUntil, to: end, cost: cost, speech: speech)
    var best = [Float](repeating: .infinity, count: seams.count)
    var before = [Int](repeating: -1, count: seams.count)
    seams.withUnsafeBufferPointer { seams in
      best.withUnsafeMutableBufferPointer { best in
        var low = 0
        for (index, seam) in seams.enumerated() {
          var least = seam.end - start <= longest ? clipCost(seam.end - start) : .infinity
          while low < index, seams[low].start < seam.start - longest { low += 1 }
          for other in low..<index where best[other] < least {
            let left = seams[other]
            let length = seam.end - left.start
            guard left.end <= seam.start, length <= longest else { continue }
            let sum = best[other] + clipCost(length)
            if sum < least { (least, before[index]) = (sum, other) }
          }
          best[index] = least + seam.cost
        }
      }
    }
    return path(
      to: lastSeam(of: seams, best, start: start, end: end, isOpen: isOpen), seams, before)
  }

  private func clipCost(_ length: Int) -> Float {
    let distance = Float(length - target) / Float(target)
    return Self.targetWeight * distance * distance
  }

  private func lastSeam(of seams: [Seam], _ best: [Float], start: Int, end: Int, isOpen: Bool)
    -> Int?
  {
    var (chosen, least): (Int?, Float) = (nil, .infinity)
    if end - start <= longest { least = clipCost(end - start) }
    for (index, seam) in seams.enumerated() where end - seam.start <= longest {
      let sum = best[index] + (isOpen ? 0 : clipCost(end - seam.start))
      if sum < least { (chosen, least) = (index, sum) }
    }
    return chosen
  }

  private func path(to last: Int?, _ seams: [Seam], _ before: [Int]) -> [Seam] {
    var path: [Seam] = []
    var index = last ?? -1
    while index >= 0 {
      path.append(seams[index])
      index = before[index]
    }
    return path.reversed()
  }

  /// Seams worth a thought, by start, then end.
  private func candidates(from start: Int, to end: Int, cost: [Float], speech: [Int]) -> [Seam] {
    let places = edges(from: start, to: end, cost: cost)
    var seams: [Seam] = []
    var low = 0
    let reach = min(600, target / 3)
    for place in places {
      let nearest = place + overlap
      guard nearest < end else { break }
      while low < places.count, places[low] < nearest { low += 1 }
      // The shortest keeps a way open where clips are hardly longer than their seams.
      let shortest = seam(place, nearest, cost, speech)
      seams.append(shortest)
      var best = shortest
      var other = low
      while other < places.count, places[other] < min(end, nearest + reach) {
        let longer = seam(place, places[other], cost, speech)
        if longer.cost < best.cost { best = longer }
        other += 1
      }
      if best.end > nearest { seams.append(best) }
    }
    return seams
  }

  private func seam(_ start: Int, _ end: Int, _ cost: [Float], _ speech: [Int]) -> Seam {
    let spoken = Float(speech[end] - speech[start])
    let lack = max(0, 1 - spoken / enoughSpeech)
    return Seam(
      start: start, end: end,
      cost: cost[start] + cost[min(end, cost.count - 1)]
        + Self.lengthWeight * Float(end - start - overlap) / 100 + Self.speechWeight * lack)
  }

  /// The places where cutting costs least around them, and others so that none is far away.
  private func edges(from start: Int, to end: Int, cost: [Float]) -> [Int] {
    let spacing = max(1, min(50, (longest - 2 * overlap) / 4))
    var edges: [Int] = []
    var last = start
    for place in start..<max(start, min(end, cost.count)) where place > start {
      let isLeast = isLeast(place, from: start, cost)
      guard isLeast || place - last >= spacing else { continue }
      edges.append(place)
      last = place
    }
    return edges
  }

  /// Whether no place within 120 ms costs less; of equals, whether it is the first.
  private func isLeast(_ place: Int, from start: Int, _ cost: [Float]) -> Bool {
    let here = cost[place]
    var other = max(start, place - 12)
    while other < place {
      if cost[other] <= here { return false }
      other += 1
    }
    let last = min(place + 12, cost.count - 1)
    while other < last {
      other += 1
      if cost[other] < here { return false }
    }
    return true
  }
}
