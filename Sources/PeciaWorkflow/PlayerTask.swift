public import PeciaCore

/// A clip to work on, with all that the player shows around it.
public struct PlayerTask: Hashable, Sendable {
  public var lease: Lease
  /// How many clips the recording has; 0 where that is not known, as in a pack.
  public var clips: Int
  /// Milliseconds at the clip's start that the clip before holds too.
  public var sharedBefore: Int
  /// Milliseconds at the clip's end that the next clip holds too.
  public var sharedAfter: Int
  public var language: String
  /// The guide's name.
  public var style: String
  /// The machine-made text of the clip; nil where there is none.
  public var machineDraft: String?
  /// The text to begin with: the worker's draft, else the machine-made one.
  public var text: String
  /// What a reviewer decides between; nil for a clip that is transcribed.
  public var review: ReviewFacts?

  public init(
    lease: Lease, clips: Int, sharedBefore: Int = 0, sharedAfter: Int = 0, language: String,
    style: String, machineDraft: String? = nil, text: String = ""
  ) {
    self.lease = lease
    self.clips = clips
    self.sharedBefore = sharedBefore
    self.sharedAfter = sharedAfter
    self.language = language
    self.style = style
    self.machineDraft = machineDraft
    self.text = text
  }
}

/// What the texts of a recording and the guide know.
public struct KnownWords: Hashable, Sendable {
  /// Words and labels, the commonest first.
  public var words: [String]
  /// Speakers' labels in a lasting order: the guide's, the worker's own, others'; each in order of
  /// the clips.
  public var speakers: [String]
}

/// What a reviewer sees of a disputed clip.
public struct ReviewFacts: Hashable, Sendable {
  /// The workers' texts.
  public var variants: [Variant]
  /// The consensus, word by word, in order.
  public var words: [HeardWord]
  /// Where a neighbour says otherwise in the seconds that it shares, in order.
  public var seams: [DisputedSeam]
  /// What texts may differ in and still say the same.
  public var normalisation: Normalisation

  public init(
    variants: [Variant], words: [HeardWord] = [], seams: [DisputedSeam] = [],
    normalisation: Normalisation = Normalisation()
  ) {
    self.variants = variants
    self.words = words
    self.seams = seams
    self.normalisation = normalisation
  }
}

/// One worker's text of a disputed clip.
public struct Variant: Hashable, Sendable {
  public var worker: String
  public var text: String

  public init(worker: String, text: String) {
    self.worker = worker
    self.text = text
  }
}

/// A word, and when it is said; milliseconds from the clip's start.
public struct HeardWord: Hashable, Sendable {
  public var text: String
  public var start: Int
  public var end: Int

  public init(text: String, start: Int, end: Int) {
    self.text = text
    self.start = start
    self.end = end
  }
}

/// A stretch of the shared seconds where a neighbour's text differs; milliseconds from the clip's
/// start.
public struct DisputedSeam: Hashable, Sendable {
  /// The neighbour's number.
  public var neighbour: Int
  public var start: Int
  public var end: Int
  /// The texts that compete there.
  public var texts: [String]
  /// Some agreed words before the place, and some behind it.
  public var before: String
  public var after: String

  public init(
    neighbour: Int, start: Int, end: Int, texts: [String], before: String = "", after: String = ""
  ) {
    self.neighbour = neighbour
    self.start = start
    self.end = end
    self.texts = texts
    self.before = before
    self.after = after
  }
}

/// A clip that the worker handed in before.
public struct EarlierClip: Hashable, Sendable {
  public var task: PlayerTask
  /// Whether it may still be changed: nobody has judged it.
  public var canChange: Bool

  public init(task: PlayerTask, canChange: Bool) {
    self.task = task
    self.canChange = canChange
  }
}

/// What a worker has done, to be shown: clips, words, and milliseconds of sound.
public struct WorkTotals: Hashable, Sendable {
  public var clips: Int
  public var words: Int
  public var milliseconds: Int

  public init(clips: Int = 0, words: Int = 0, milliseconds: Int = 0) {
    self.clips = clips
    self.words = words
    self.milliseconds = milliseconds
  }

  public static func += (totals: inout Self, more: Self) {
    totals.clips += more.clips
    totals.words += more.words
    totals.milliseconds += more.milliseconds
  }

  public static func -= (totals: inout Self, less: Self) {
    totals.clips -= less.clips
    totals.words -= less.words
    totals.milliseconds -= less.milliseconds
  }
}
