/// The stitched, timed words of a recording: what `merge` makes and `captions` reads.
public struct Transcript: Hashable, Sendable {
  /// The recording that was transcribed.
  public struct Source: Hashable, Sendable {
    public var name: String
    public var duration: Timestamp
    /// Lower-case hexadecimal, or nil where the sound is not known.
    public var sha256: String?

    public init(name: String, duration: Timestamp, sha256: String? = nil) {
      self.name = name
      self.duration = duration
      self.sha256 = sha256
    }
  }

  /// A place where texts differ and nobody has decided.
  public struct Dispute: Hashable, Sendable {
    public var range: TimeRange
    /// Numbers of the clips that it touches, rising.
    public var clips: [Int]
    /// The texts that compete there, the one taken first.
    public var texts: [String]

    public init(range: TimeRange, clips: [Int], texts: [String]) {
      self.range = range
      self.clips = clips
      self.texts = texts
    }
  }

  public var recording: Source
  public var language: String
  /// The guide's name.
  public var style: String
  /// In order; their times never run backwards.
  public var words: [TimedWord]
  public var gaps: [Gap]
  public var disputes: [Dispute]

  public init(
    recording: Source, language: String, style: String, words: [TimedWord], gaps: [Gap] = [],
    disputes: [Dispute] = []
  ) {
    self.recording = recording
    self.language = language
    self.style = style
    self.words = words
    self.gaps = gaps
    self.disputes = disputes
  }
}

/// A word of a transcript with its time; tags are words too.
public struct TimedWord: Hashable, Sendable {
  /// As it is written, with its punctuation: `Hello,`.
  public var text: String
  public var range: TimeRange
  /// From 0 to 1: how sure the agreed text is of this word; nil where nothing is known.
  public var confidence: Double?
  /// The speaker's label; nil where none was given.
  public var speaker: String?
  /// Numbers of the clips that it was heard in, rising.
  public var clips: [Int]
  /// The workers whose texts hold it, in order of name.
  public var workers: [String]

  public init(
    text: String, range: TimeRange, confidence: Double? = nil, speaker: String? = nil,
    clips: [Int] = [], workers: [String] = []
  ) {
    self.text = text
    self.range = range
    self.confidence = confidence
    self.speaker = speaker
    self.clips = clips
    self.workers = workers
  }
}
