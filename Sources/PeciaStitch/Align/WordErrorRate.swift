/// How far a text is from a reference: the least number of changed, missing and added words.
///
/// Among the alignments with the fewest errors the one with the most correct words counts, then
/// the one that sets like words against each other.
public struct WordErrorRate: Hashable, Sendable {
  /// What became of one word of the reference, or of one that was added.
  public struct Step: Hashable, Sendable {
    /// nil where the word was added.
    public var reference: String?
    /// nil where the word is missing.
    public var hypothesis: String?
    public var isCorrect: Bool { reference == hypothesis }
  }

  /// Words in the reference.
  public var words = 0
  public var substitutions = 0
  public var deletions = 0
  public var insertions = 0

  public init() {}

  public var errors: Int { substitutions + deletions + insertions }

  /// Errors over words; 0 for two empty texts, nil where only the reference is empty.
  public var rate: Double? {
    words > 0 ? Double(errors) / Double(words) : errors == 0 ? 0 : nil
  }

  public static func + (first: Self, second: Self) -> Self {
    var sum = first
    sum.words += second.words
    sum.substitutions += second.substitutions
    sum.deletions += second.deletions
    sum.insertions += second.insertions
    return sum
  }

  /// Counts what differs between `reference` and `hypothesis`.
  public init(of hypothesis: [String], against reference: [String]) {
    self.init(of: Self.steps(from: reference, to: hypothesis))
  }

  /// Counts the steps of an alignment.
  public init(of steps: [Step]) {
    for step in steps {
      if step.reference != nil { words += 1 }
      if step.isCorrect { continue }
      if step.reference == nil {
        insertions += 1
      } else if step.hypothesis == nil {
        deletions += 1
      } else {
        substitutions += 1
      }
    }
  }

  /// The two texts laid against each other, in order.
  public static func steps(from reference: [String], to hypothesis: [String]) -> [Step] {
    var lexicon = Lexicon()
    let costs = WordCosts(
      first: reference.map { lexicon.number(of: $0) },
      second: hypothesis.map { lexicon.number(of: $0) }, lexicon: lexicon)
    return costs.steps().map { step in
      Step(
        reference: step.row < 0 ? nil : reference[step.row],
        hypothesis: step.column < 0 ? nil : hypothesis[step.column])
    }
  }
}

/// One error costs more than any number of better choices among equals.
struct WordCosts: AlignmentCosts {
  let first: [Int32]
  let second: [Int32]
  let lexicon: Lexicon

  private static let error = 1 << 40
  private static let change = 1 << 20

  var rows: Int { first.count }
  var columns: Int { second.count }
  func skip(row: Int) -> Int { Self.error }
  func skip(column: Int) -> Int { Self.error }
  func pair(_ row: Int, _ column: Int) -> Int {
    let (first, second) = (first[row], second[column])
    if first == second { return 0 }
    return Self.error + Self.change + Int(1000 - lexicon.similarity(first, second)) / 64
  }

  /// Pairs of words up to which all of them are priced.
  private static let short = 1_000_000

  func steps() -> [Alignment.Step] {
    guard rows * columns > Self.short else { return Alignment(self, form: .global).steps }
    return longSteps()
  }

  /// The same steps as for short texts, in room and time that long ones leave.
  func longSteps() -> [Alignment.Step] {
    LongAlignment(first, second).steps(error: Self.error) { pair($0, $1) }
  }
}
