/// A sound file to transcribe, as the project knows it.
public struct Recording: Hashable, Sendable {
  /// The file name without its ending, made unique in the project (`talk`, `talk-2`).
  public var name: String
  /// The sha256 of the file's bytes, in lower-case hexadecimal: what a recording *is*.
  public var sha256: String
  /// Where the file was when it was split; it may be gone since.
  public var path: String
  public var duration: Timestamp
  /// Frames a second.
  public var sampleRate: Int
  public var channels: Int
  /// A language code (`en`), as given to `split --language`.
  public var language: String

  public init(
    name: String, sha256: String, path: String, duration: Timestamp, sampleRate: Int,
    channels: Int, language: String
  ) {
    self.name = name
    self.sha256 = sha256
    self.path = path
    self.duration = duration
    self.sampleRate = sampleRate
    self.channels = channels
    self.language = language
  }
}

/// A short piece of a recording, written as a sound file of its own.
public struct Clip: Hashable, Sendable {
  /// The recording's name.
  public var recording: String
  /// Counts from 1 in its recording.
  public var number: Int
  public var range: TimeRange
  /// Relative to the project's folder: `clips/talk/0001.flac`.
  public var file: String
  /// Milliseconds of speech found in it.
  public var speech: Int
  /// The sha256 of the clip's file, in lower-case hexadecimal.
  public var sha256: String

  public init(
    recording: String, number: Int, range: TimeRange, file: String, speech: Int, sha256: String
  ) {
    self.recording = recording
    self.number = number
    self.range = range
    self.file = file
    self.speech = speech
    self.sha256 = sha256
  }

  /// How a clip is addressed alone: `talk/7`.
  public var address: String { "\(recording)/\(number)" }
}

/// A stretch of a recording that has no text, and why.
public struct Gap: Hashable, Sendable {
  public enum Reason: String, Codable, CaseIterable, Sendable {
    /// No speech was found there, so it got no clip.
    case silence
    /// A clip that nobody has handed in.
    case untranscribed
    /// A clip that workers gave back.
    case released
  }
  public var range: TimeRange
  public var reason: Reason

  public init(range: TimeRange, reason: Reason) {
    self.range = range
    self.reason = reason
  }
}
