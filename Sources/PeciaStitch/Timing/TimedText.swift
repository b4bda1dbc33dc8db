public import PeciaCore

/// The times of a text's words in its sound.
public struct TimedText: Sendable, Hashable {
  /// How the times were found.
  public enum Method: String, Sendable, Hashable {
    /// By the letters' sounds, with the table of the language.
    case sounds
    /// By broad classes of sounds, where the language has no table or its table does not fit.
    case classes
    /// By classes of sounds that were learnt from the recording itself, begun from punctuation
    /// matched with pauses, where no table fits.
    case learnt
    /// By punctuation matched with pauses alone.
    case pauses
  }
  /// One stretch for each word, in order, from the sound's start.
  ///
  /// They never run backwards or overlap, and stay within the sound. A piece without a letter may have no length.
  public var ranges: [TimeRange]
  public var method: Method
  /// How well the text fits the sound; nil where the language's table was not used.
  public var fit: TextFit?

  /// How the text fits its sound by the timer's first table.
  public var contrast = TextContrast()

  public init(ranges: [TimeRange], method: Method, fit: TextFit? = nil) {
    self.ranges = ranges
    self.method = method
    self.fit = fit
  }
}
