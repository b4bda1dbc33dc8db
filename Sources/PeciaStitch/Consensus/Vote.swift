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
/// on who typed them, never on their order.
public func vote(on items: [Ballots], normalisation: Normalisation) -> [Consensus] {
  var reader = TextReader(normalisation)
  var texts: [HeardText] = []
  var slots: [Slot] = []
  var ranges = [Range<Int>](repeating: 0..<0, count: items.count)
  for item in items.indices.sorted(by: { items[$0].precedes(items[$1]) }) {
    let heard = items[item].texts.inOrder.map { reader.read($0) }.withoutYielding
    let added = SlotBuilder.slots(
      of: heard, numbers: heard.indices.map { texts.count + $0 }, lexicon: reader.lexicon)
    ranges[item] = slots.count..<slots.count + added.count
    texts += heard
    slots += added
  }
  let reliability = Reliability(slots: slots, workers: texts.workerNumbers)
  let ballot = Ballot(texts: texts, weights: reliability.weights, reader: reader)
  return items.indices.map { item in
    Consensus(
      item: items[item].item, words: ballot.choices(in: Array(slots[ranges[item]])).map(\.word))
  }
}

extension Ballots {
  /// By name, then by content: sums come out the same whatever the order of the rows.
  fileprivate func precedes(_ other: Self) -> Bool { item < other.item }
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
