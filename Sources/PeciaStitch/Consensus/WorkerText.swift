public import PeciaCore

/// A text and who typed it.
public struct WorkerText: Hashable, Sendable {
  public var worker: String
  public var text: String

  public init(worker: String, text: String) {
    self.worker = worker
    self.text = text
  }
}

/// A word or tag of an agreed text.
public struct ConsensusWord: Hashable, Sendable {
  /// As a worker typed it, with its punctuation.
  public var text: String
  /// The label that holds for it; nil where none was given.
  public var speaker: String?
  /// From 0 to 1: how sure it is that this word was said here.
  public var confidence: Double
  /// Who typed it, in order of name.
  public var workers: [String]
  public var isTag: Bool
  /// A time mark before it, from the clip's start.
  public var mark: Timestamp?

  public init(
    text: String, speaker: String? = nil, confidence: Double, workers: [String],
    isTag: Bool = false, mark: Timestamp? = nil
  ) {
    self.text = text
    self.speaker = speaker
    self.confidence = confidence
    self.workers = workers
    self.isTag = isTag
    self.mark = mark
  }
}
