public import PeciaCore

/// A text of a table that is to be voted on.
public struct Ballots: Hashable, Sendable {
  /// What was transcribed.
  public var item: String
  public var texts: [WorkerText]

  public init(item: String, texts: [WorkerText]) {
    self.item = item
    self.texts = texts
  }
}

/// The agreed text of one item.
public struct Consensus: Hashable, Sendable {
  public var item: String
  public var words: [ConsensusWord]

  /// The words with a blank between them; where the speaker changes, a new line with the label.
  public var text: String {
    var text = ""
    var speaker: String?
    for word in words {
      if let label = word.speaker, label != speaker {
        text += (text.isEmpty ? "" : "\n") + "\(label): \(word.text)"
        speaker = label
      } else {
        text += (text.isEmpty ? "" : " ") + word.text
      }
    }
    return text
  }

  /// The mean of the words' confidences; nil without words.
  public var confidence: Double? {
    words.isEmpty ? nil : words.reduce(0) { $0 + $1.confidence } / Double(words.count)
  }
}

/// The agreed text of each item, in the order of `items`.
///
/// Whom to trust is learnt over all items together. The result depends on what the texts say and
/// on who typed them, never on their order. Without `learning`, all texts weigh the same.
public func vote(
  on items: [Ballots], normalisation: Normalisation, learning: Bool = true
) -> [Consensus] {
  var reader = TextReader(normalisation)
  var texts: [HeardText] = []
  var ranges = [Range<Int>](repeating: 0..<0, count: items.count)
  let order = items.indices.sorted { items[$0].item < items[$1].item }
  for item in order {
    var heard = items[item].texts.inOrder.map { reader.read($0) }.withoutYielding
    JoinedWords.join(&heard, reader.lexicon)
    ranges[item] = texts.count..<texts.count + heard.count
    texts += heard
  }
  /// The slots of each item; those of heavy texts come first once weights are known.
  func slots(weights: [Double]?) -> [[Slot]] {
    order.map { item in
      let range = ranges[item]
      return SlotBuilder.slots(
        of: Array(texts[range]), numbers: Array(range), lexicon: reader.lexicon,
        weights: weights.map { Array($0[range]) })
    }
  }
  let workers = texts.workerNumbers
  let settings = Reliability.Settings(rounds: learning ? Reliability.Settings().rounds : 0)
  /// Learns from the slots of all items, and puts the trust in each text down in them.
  func reliability(in aligned: inout [[Slot]]) -> Reliability {
    var all = aligned.flatMap { $0 }
    let reliability = Reliability(
      slots: &all, workers: workers, lexicon: reader.lexicon, settings: settings)
    var start = 0
    for index in aligned.indices {
      let end = start + aligned[index].count
      aligned[index] = Array(all[start..<end])
      start = end
    }
    return reliability
  }
  var aligned = slots(weights: nil)
  if learning { aligned = slots(weights: reliability(in: &aligned).weights) }
  let trust = reliability(in: &aligned)
  for (item, slots) in zip(order, aligned) {
    SpeakerNames.unify(&texts, of: ranges[item], slots: slots)
  }
  let ballot = Ballot(
    texts: texts, reliability: trust, reader: reader, habits: SpellingHabits(of: texts),
    confusions: learning
      ? Confusions(in: aligned.flatMap { $0 }, weights: trust.weights, lexicon: reader.lexicon)
      : Confusions())
  var agreed = items.map { Consensus(item: $0.item, words: []) }
  for (item, slots) in zip(order, aligned) {
    agreed[item].words = ballot.choices(in: slots).map(\.word)
  }
  return agreed
}

extension [WorkerText] {
  /// By what they say, then by who says it.
  var inOrder: Self { sorted { ($0.text, $0.worker) < ($1.text, $1.worker) } }
}

extension [HeardText] {
  /// Texts of tags only yield to texts with words.
  var withoutYielding: Self {
    contains { !$0.saysNothing } ? filter { !$0.saysNothing } : self
  }

  /// Each text's worker as a number, by the order of their names.
  var workerNumbers: [Int] {
    let names = Set(map(\.worker)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    return map { numbers[$0.worker] ?? 0 }
  }
}
