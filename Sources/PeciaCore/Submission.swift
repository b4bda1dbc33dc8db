public import Foundation

/// A worker's hold on a task, for a limited time.
public struct Lease: Hashable, Sendable {
  /// An unguessable token, safe in a shell.
  public var token: String
  public var clip: Clip
  public var worker: String
  public var expires: Date
  /// The text to start from: the worker's own draft, else the clip's machine-made one; nil
  /// without either.
  public var draft: String?

  public init(token: String, clip: Clip, worker: String, expires: Date, draft: String? = nil) {
    self.token = token
    self.clip = clip
    self.worker = worker
    self.expires = expires
    self.draft = draft
  }
}

/// A text that was handed in for a clip, exactly as it was typed.
public struct Submission: Hashable, Sendable {
  /// The clip's number in its recording.
  public var clip: Int
  public var worker: String
  public var text: String
  public var submitted: Date

  public init(clip: Int, worker: String, text: String, submitted: Date) {
    self.clip = clip
    self.worker = worker
    self.text = text
    self.submitted = submitted
  }
}

/// Why a worker gives a task back.
public enum ReleaseReason: String, Codable, CaseIterable, Sendable {
  case inaudible
  case noSpeech = "no-speech"
  case wrongLanguage = "wrong-language"
  case distressing
  case other
}

/// Where a clip stands: the first that holds, in this order.
public enum ClipState: String, Codable, CaseIterable, Sendable {
  case setAside, agreed, disputed, leased, open, thin, submitted
}
