public import PeciaCore

/// The texts of one clip, as far as they are in.
public struct ClipTexts: Hashable, Sendable {
  /// Counts from 1 in its recording.
  public var number: Int
  public var range: TimeRange
  public var texts: [WorkerText]
  /// The text that a reviewer decided on.
  public var accepted: String?
  /// How many workers are to transcribe it, further copies that were asked for included.
  public var copies: Int

  public init(
    number: Int, range: TimeRange, texts: [WorkerText], accepted: String? = nil, copies: Int = 1
  ) {
    self.number = number
    self.range = range
    self.texts = texts
    self.accepted = accepted
    self.copies = copies
  }
}

/// Where a clip stands, and its agreed text.
public struct ClipJudgement: Hashable, Sendable {
  public var number: Int
  /// From 0 to 1; nil without evidence.
  public var agreement: Double?
  /// `agreed`, `disputed`, `thin` (all in, too little to judge by), `submitted` or `open`.
  public var state: ClipState
  /// Empty where nobody has handed in a text with words or tags.
  public var words: [ConsensusWord]
  /// Whether a further copy would help.
  public var wantsCopy: Bool
}

/// How far two neighbours agree on the seconds that they share.
public struct SeamJudgement: Hashable, Sendable {
  /// The clips' numbers.
  public var left: Int
  public var right: Int
  public var range: TimeRange
  /// From 0 to 1; nil without words to compare.
  public var agreement: Double?
  /// `agreed`, `disputed`, `thin`, or `open` where a side has no text yet.
  public var state: ClipState
}

/// How far a worker can be trusted, as far as comparisons show.
public struct WorkerJudgement: Hashable, Sendable {
  public var worker: String
  /// The part of their words that is likely right, from 0 to 1; nil without a comparison.
  public var reliability: Double?
  /// With how many other texts theirs were compared; under ten says little.
  public var comparisons: Int
}

/// A place where texts differ and nobody has decided.
public struct DisputeJudgement: Hashable, Sendable {
  /// Numbers of the clips that it touches, rising.
  public var clips: [Int]
  public var range: TimeRange
  /// The texts that compete, the one taken first.
  public var texts: [String]
  /// `copies` (texts of one clip) or `seam` (texts of neighbours).
  public var kind: String
  /// The part of the weights that the text taken has, from 0 to 1.
  public var score: Double
  /// The few words before it and behind it; empty at the recording's ends and for whole texts.
  public var before = ""
  public var after = ""
}

/// What the texts of a recording say of each other.
///
/// Agreement and states come from a clip's own texts and its neighbours' alone, so that judging a
/// stretch gives what judging the whole gives there; words and reliabilities rest on all texts.
public struct Judgement: Sendable {
  /// In order of their ranges.
  public private(set) var clips: [ClipJudgement] = []
  /// One for every two neighbours that share seconds, in order.
  public private(set) var seams: [SeamJudgement] = []
  /// In order of name.
  public private(set) var workers: [WorkerJudgement] = []
  /// In order of time.
  public private(set) var disputes: [DisputeJudgement] = []
  let score: Score

  /// - Parameters:
  ///   - clips: the recording's clips, those without texts included, in any order.
  ///   - normalisation: what texts may differ in and still say the same.
  ///   - agree: the agreement from which a clip counts as agreed, from 0 to 1.
  ///   - copiesMax: no further copy is asked for beyond this many.
  public init(
    of clips: [ClipTexts], normalisation: Normalisation, agree: Double = 0.85,
    copiesMax: Int = 5
  ) {
    self.init(Score(of: clips, normalisation: normalisation), agree, copiesMax)
  }

  /// Judges again after `changed` clips have other texts.
  ///
  /// Only they and their seams are compared anew; the result is that of judging everything.
  public func judging(again changed: [ClipTexts], agree: Double = 0.85, copiesMax: Int = 5) -> Self
  {
    var score = score
    score.replace(changed)
    return Self(score, agree, copiesMax)
  }

  private init(_ score: Score, _ agree: Double, _ copiesMax: Int) {
    self.score = score
    let part = score.part(times: nil)
    seams = score.seamJudgements(agree: agree)
    clips = score.clips.indices.map {
      score.judgement(ofClip: $0, in: part, agree: agree, copiesMax: copiesMax)
    }
    workers = score.workerJudgements(in: part)
    disputes = part.disputes(disputed: Set(clips.filter { $0.state == .disputed }.map(\.number)))
  }

  /// The recording's words: neighbours are joined at the words they share.
  ///
  /// - Parameter times: by clip number, the stretch of each of the clip's `words` on the
  ///   recording's clock; without them, letters share a clip's time evenly.
  /// - Returns: the words in order, their times never running backwards, and where texts compete.
  public func stitched(
    times: [Int: [TimeRange]]? = nil
  ) -> (words: [TimedWord], disputes: [Transcript.Dispute]) {
    let part = score.part(times: times)
    let disputed = Set(clips.filter { $0.state == .disputed }.map(\.number))
    return (
      part.words(),
      part.disputes(disputed: disputed).map {
        Transcript.Dispute(range: $0.range, clips: $0.clips, texts: $0.texts)
      }
    )
  }
}
