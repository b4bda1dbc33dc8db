/// What a guideline asks of captions: how long lines are, how long cues stand, how fast they read.
public struct CaptionProfile: Hashable, Sendable {
  /// A stretch of time as a guideline states it.
  public enum Length: Hashable, Sendable {
    case frames(Int)
    case milliseconds(Int)

    /// In milliseconds; what is stated in frames is rounded up.
    public func milliseconds(at rate: FrameRate) -> Int {
      switch self {
      case .frames(let count): rate.milliseconds(ofFrames: count)
      case .milliseconds(let length): length
      }
    }
  }

  /// What one language has of its own; nil where the profile's own value holds.
  public struct Variant: Hashable, Sendable {
    public var charactersPerLine: Int?
    public var charactersPerSecond: Double?
    public var wordsPerMinute: Double?
  }

  public var name: String
  public var title: String
  /// The most characters in a line, as grapheme clusters.
  public var charactersPerLine: Int
  public var lines: Int
  /// The least time that a cue stands, in milliseconds.
  public var shortest: Int
  /// The most time that a cue stands, in milliseconds.
  public var longest: Int
  /// The fastest reading in characters, blanks included; nil where the guideline counts none.
  public var charactersPerSecond: Double?
  /// The fastest reading in words; nil where the guideline counts none.
  public var wordsPerMinute: Double?
  /// What lengths in frames count by.
  public var frameRate: FrameRate
  /// The least gap between two cues.
  public var gap: Length
  /// A gap shorter than this is closed to `gap`, so that nothing flickers; nil closes none.
  public var closesGapsUnder: Length?
  /// By language code.
  public var languages: [String: Variant]

  /// The profile as it holds for a language (`ja`, `pt-BR`).
  public func forLanguage(_ code: String) -> CaptionProfile {
    let short = code.lowercased().prefix { $0 != "-" && $0 != "_" }
    guard let variant = languages[code.lowercased()] ?? languages[String(short)] else {
      return self
    }
    var profile = self
    profile.charactersPerLine = variant.charactersPerLine ?? charactersPerLine
    profile.charactersPerSecond = variant.charactersPerSecond ?? charactersPerSecond
    profile.wordsPerMinute = variant.wordsPerMinute ?? wordsPerMinute
    return profile
  }

  /// The milliseconds that reading takes at the fastest; 0 where the profile limits no speed.
  public func readingTime(characters: Int, words: Int) -> Int {
    let byCharacters = charactersPerSecond.map { Double(characters) * 1000 / $0 } ?? 0
    let byWords = wordsPerMinute.map { Double(words) * 60_000 / $0 } ?? 0
    return Int(max(byCharacters, byWords).rounded(.up))
  }
}
