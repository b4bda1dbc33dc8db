import CSndfile

/// The forms in which clips are written; the raw value is the file's ending.
public enum ClipForm: String, CaseIterable, Hashable, Codable, Sendable {
  case flac, wav, ogg, opus, mp3

  /// Whether its clips hold the recording's samples bit for bit.
  public var isLossless: Bool { self == .flac || self == .wav }

  /// The rates that its coder takes, rising; nil where it takes any.
  var rates: [Int]? {
    switch self {
    case .flac, .wav, .ogg: nil
    case .opus: [8_000, 12_000, 16_000, 24_000, 48_000]
    case .mp3: [8_000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]
    }
  }

  /// How hard its coder tries, from 0 to 1 as libsndfile counts; nil where its own choice is best.
  ///
  /// FLAC's level 3 of 8, for a tenth less time than level 5 and files of speech some 1 %
  /// larger; with several channels level 4, the first that codes what they have in common.
  func effort(channels: Int) -> Double? {
    self == .flac ? (channels == 1 ? 3.0 : 4.0) / 8 : nil
  }

  /// The most channels that a clip of this form has.
  var channelLimit: Int {
    switch self {
    case .flac: 8
    case .wav: SoundFormat.channelBounds.upperBound
    case .ogg, .opus: 8
    case .mp3: 2
    }
  }
}

/// How a file's samples are kept.
public enum SampleDepth: Hashable, Sendable {
  case eight, sixteen, twentyFour, thirtyTwo, float, double
  case aLaw, muLaw
  /// A lossy coder's: they have no depth of their own, and are taken as 16 bits.
  case coded
}

/// What a sound file's samples look like.
public struct SoundFormat: Hashable, Sendable {
  /// Frames a second.
  public var rate: Int
  public var channels: Int
  public var depth: SampleDepth

  /// What recordings have; anything else is a damaged or made-up header.
  static let rateBounds = 2_000...768_000
  static let channelBounds = 1...64

  init(rate: Int, channels: Int, depth: SampleDepth) {
    self.rate = rate
    self.channels = channels
    self.depth = depth
  }

  init(_ info: SF_INFO) {
    let depth: SampleDepth =
      switch Int(info.format) & SF_FORMAT_SUBMASK {
      case SF_FORMAT_PCM_S8, SF_FORMAT_PCM_U8, SF_FORMAT_DPCM_8: .eight
      case SF_FORMAT_PCM_16, SF_FORMAT_DPCM_16, SF_FORMAT_ALAC_16: .sixteen
      case SF_FORMAT_PCM_24, SF_FORMAT_ALAC_20, SF_FORMAT_ALAC_24: .twentyFour
      case SF_FORMAT_PCM_32, SF_FORMAT_ALAC_32: .thirtyTwo
      case SF_FORMAT_FLOAT: .float
      case SF_FORMAT_DOUBLE: .double
      case SF_FORMAT_ALAW: .aLaw
      case SF_FORMAT_ULAW: .muLaw
      default: .coded
      }
    self.init(rate: Int(info.samplerate), channels: Int(info.channels), depth: depth)
  }
}
