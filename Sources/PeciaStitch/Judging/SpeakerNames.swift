/// One name for each speaker of a job, whatever each worker called them.
///
/// Labels of different texts that stand before the same words mean the same speaker: `Man 1` here
/// may be `Man 2` there. Two labels of one text are never the same speaker, and a proper name is
/// never taken for another one.
struct SpeakerNames {
  /// A label in one text.
  private struct Label: Hashable, Comparable {
    var text: Int32
    var name: String

    static func < (first: Self, second: Self) -> Bool {
      (first.text, first.name) < (second.text, second.name)
    }
  }
  /// Labels that mean one speaker.
  private struct Speaker {
    var labels: [Label]
    var texts: Set<Int32>
    /// The proper name among its labels.
    var proper: String?
  }
  private var speakers: [Speaker] = []
  private var places: [Label: Int] = [:]
  private var names: [Label: String] = [:]

  /// Gives the pieces of `texts` the names that hold in all of them.
  static func unify(_ texts: inout [HeardText], of numbers: Range<Int>, slots: [Slot]) {
    let labelled = numbers.filter { texts[$0].pieces.contains { $0.speaker != nil } }
    guard !labelled.isEmpty else { return }
    let names = SpeakerNames(texts, labelled: labelled, slots: slots)
    for number in labelled {
      for index in texts[number].pieces.indices {
        guard let name = texts[number].pieces[index].speaker else { continue }
        let label = Label(text: Int32(number), name: name)
        texts[number].pieces[index].speaker = names.names[label] ?? name
      }
    }
  }

  private init(_ texts: [HeardText], labelled: [Int], slots: [Slot]) {
    for number in labelled {
      for name in texts[number].pieces.compactMap(\.speaker).unique {
        let label = Label(text: Int32(number), name: name)
        places[label] = speakers.count
        speakers.append(
          Speaker(
            labels: [label], texts: [label.text], proper: Self.isAnonymous(name) ? nil : name))
      }
    }
    for (first, second) in Self.pairs(texts, slots) {
      if first.name == second.name || Self.isAnonymous(first.name) || Self.isAnonymous(second.name)
      {
        unite(places[first], places[second])
      }
    }
    uniteNamesakes()
    nameAll()
  }

  /// The labels that stand before the same words, those with most words first.
  private static func pairs(_ texts: [HeardText], _ slots: [Slot]) -> [(Label, Label)] {
    struct Pair: Hashable {
      var first: Label
      var second: Label
    }
    var counts: [Pair: Int] = [:]
    for slot in slots where !slot.isSilent && slot.entries.count > 1 {
      let labels = slot.entries.compactMap { entry -> (word: Int32, label: Label)? in
        guard entry.token >= 0 else { return nil }
        let text = texts[Int(entry.text)]
        return text.pieces[Int(text.tokens[Int(entry.token)].piece)].speaker.map {
          (entry.word, Label(text: entry.text, name: $0))
        }
      }
      for (index, first) in labels.enumerated() {
        for second in labels[(index + 1)...] where second.word == first.word {
          let (low, high) = (min(first.label, second.label), max(first.label, second.label))
          counts[Pair(first: low, second: high), default: 0] += 1
        }
      }
    }
    return counts.sorted { first, second in
      if first.value != second.value { return first.value > second.value }
      let (same, other) = (
        first.key.first.name == first.key.second.name,
        second.key.first.name == second.key.second.name
      )
      if same != other { return same }
      return (first.key.first, first.key.second) < (second.key.first, second.key.second)
    }
    .map { ($0.key.first, $0.key.second) }
  }

  /// A label that stands for no one in particular: `Man 1`, `Speaker B`, `Woman`.
  private static func isAnonymous(_ name: String) -> Bool {
    let words = name.lowercased().split(separator: " ")
    if name.contains(where: \.isNumber) || (words.count > 1 && words.last?.count == 1) {
      return true
    }
    let anybody: Set<Substring> = ["speaker", "man", "woman", "boy", "girl", "voice", "person"]
    return words.count == 1 && words.allSatisfy(anybody.contains)
  }

  /// Takes two for one speaker, unless a text tells them apart.
  private mutating func unite(_ first: Int?, _ second: Int?) {
    guard let first, let second, first != second,
      speakers[first].texts.isDisjoint(with: speakers[second].texts),
      Self.canBeOne(speakers[first], speakers[second])
    else { return }
    let (low, high) = (min(first, second), max(first, second))
    for label in speakers[high].labels { places[label] = low }
    speakers[low].labels += speakers[high].labels
    speakers[low].texts.formUnion(speakers[high].texts)
    speakers[low].proper = speakers[low].proper ?? speakers[high].proper
    speakers[high] = Speaker(labels: [], texts: [])
  }

  /// Two proper names are two people.
  private static func canBeOne(_ first: Speaker, _ second: Speaker) -> Bool {
    first.proper == nil || second.proper == nil || first.proper == second.proper
  }

  /// The same label in texts that share no words means the same speaker where nothing says no.
  private mutating func uniteNamesakes() {
    var known: [String: [Int]] = [:]
    for label in places.keys.sorted() {
      guard let place = places[label] else { continue }
      for other in known[label.name] ?? [] { unite(places[label], other) }
      if places[label] == place { known[label.name, default: []].append(place) }
    }
    for (name, namesakes) in known.sorted(by: { $0.key < $1.key }) where Self.isAnonymous(name) {
      for place in namesakes.dropFirst() { uniteWithTheOnlyOther(place) }
    }
  }

  /// Where another speaker goes by the same label, the one who is left over is meant.
  private mutating func uniteWithTheOnlyOther(_ place: Int) {
    let texts = speakers[place].texts
    let others = speakers.indices.filter {
      $0 != place && !speakers[$0].labels.isEmpty && speakers[$0].texts.isDisjoint(with: texts)
        && speakers[$0].proper == nil
    }
    if others.count == 1 { unite(place, others[0]) }
  }

  /// A proper name before any other, else the first label; no two speakers have the same.
  private mutating func nameAll() {
    var taken: Set<String> = []
    for speaker in speakers where !speaker.labels.isEmpty {
      let own = speaker.labels.map(\.name).unique
      let wished = (speaker.proper.map { [$0] } ?? []) + own
      let name = wished.first { !taken.contains($0) } ?? Self.free(own[0], taken)
      taken.insert(name)
      for label in speaker.labels { names[label] = name }
    }
  }

  /// The label with the first number that nobody has.
  private static func free(_ name: String, _ taken: Set<String>) -> String {
    let stem = name.reversed().drop { $0.isNumber || $0 == " " }.reversed()
    var number = 2
    while taken.contains("\(String(stem)) \(number)") { number += 1 }
    return "\(String(stem)) \(number)"
  }
}
