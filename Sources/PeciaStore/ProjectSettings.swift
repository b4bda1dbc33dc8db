/// What holds for a whole project.
public struct ProjectSettings: Codable, Hashable, Sendable {
  /// What a worker may get beside the clips that they did.
  public enum Apart: String, Codable, CaseIterable, Sendable {
    /// A clip that touches one of theirs only when nothing else is open.
    case prefer
    /// Never a clip that touches one of theirs.
    case strict
  }

  /// The guide's name.
  public var style: String
  /// The language of recordings that do not say their own.
  public var language: String
  /// How many workers transcribe one clip.
  public var copies: Int
  /// From 0 to 1: texts that agree this much are agreed.
  public var agree: Double
  /// How many workers a disputed clip may get at most.
  public var copiesMax: Int
  /// How long a lease lasts.
  public var leaseSeconds: Int
  public var apart: Apart
  /// How many workers must give a clip back for one reason to set it aside.
  public var setAsideAfter: Int
  public var cutting: CuttingSettings

  public init(
    style: String = "clean-verbatim", language: String = "en", copies: Int = 1,
    agree: Double = 0.85, copiesMax: Int = 5, leaseSeconds: Int = 1800, apart: Apart = .prefer,
    setAsideAfter: Int = 2, cutting: CuttingSettings = CuttingSettings()
  ) {
    self.style = style
    self.language = language
    self.copies = copies
    self.agree = agree
    self.copiesMax = copiesMax
    self.leaseSeconds = leaseSeconds
    self.apart = apart
    self.setAsideAfter = setAsideAfter
    self.cutting = cutting
  }
}

/// How recordings are cut; times in milliseconds.
public struct CuttingSettings: Codable, Hashable, Sendable {
  public var target: Int
  public var longest: Int
  public var overlap: Int
  /// Stretches with no speech at least this long get no clip; 0 keeps all.
  public var skipSilence: Int
  /// `flac`, `wav`, `ogg`, `opus` or `mp3`.
  public var format: String
  /// Frames a second; nil keeps the recording's own.
  public var rate: Int?
  public var mono: Bool

  public init(
    target: Int = 20_000, longest: Int = 30_000, overlap: Int = 2_000, skipSilence: Int = 10_000,
    format: String = "flac", rate: Int? = nil, mono: Bool = false
  ) {
    self.target = target
    self.longest = longest
    self.overlap = overlap
    self.skipSilence = skipSilence
    self.format = format
    self.rate = rate
    self.mono = mono
  }
}
