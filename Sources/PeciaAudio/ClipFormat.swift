import CSndfile

/// How a recording's clips are written: the form, and the samples in it.
public struct ClipFormat: Hashable, Sendable {
  /// The form that is written: WAV where FLAC was wished and cannot hold the samples.
  public var form: ClipForm
  public var sound: SoundFormat
  /// Whether samples go through unchanged.
  let isExact: Bool

  /// The format of clips of `source`.
  ///
  /// `rate` is in frames a second, nil for the recording's own; the next one that the form's coder
  /// takes is used. With `mono` the channels are mixed into one.
  ///
  /// - Throws: `AudioError.tooManyChannels` where the form cannot hold them.
  public init(of source: SoundSource, form: ClipForm, rate: Int? = nil, mono: Bool = false) throws {
    var sound = source.format
    if sound.depth == .coded { sound.depth = .sixteen }
    let holds =
      switch sound.depth {
      case .thirtyTwo, .float, .double: false
      default: sound.channels <= form.channelLimit || mono
      }
    self.form = form == .flac && !holds ? .wav : form
    if mono { sound.channels = 1 }
    guard sound.channels <= self.form.channelLimit else {
      throw AudioError.tooManyChannels(path: source.name, channels: sound.channels, form: form)
    }
    let wished = rate ?? sound.rate
    sound.rate =
      self.form.rates.map { rates in rates.first { $0 >= wished } ?? rates[rates.count - 1] }
      ?? wished
    let isChanged = sound.rate != source.format.rate || sound.channels != source.format.channels
    if sound.depth == .aLaw || sound.depth == .muLaw, isChanged || self.form == .flac {
      sound.depth = .sixteen
    }
    isExact = self.form.isLossless && !isChanged && source.format.depth != .coded
    self.sound = sound
  }

  /// libsndfile's number for it.
  var code: CInt {
    let major =
      switch form {
      case .flac: SF_FORMAT_FLAC
      case .wav: sound.channels > 2 ? SF_FORMAT_WAVEX : SF_FORMAT_WAV
      case .ogg, .opus: SF_FORMAT_OGG
      case .mp3: SF_FORMAT_MPEG
      }
    return CInt(major | subtype)
  }

  private var subtype: Int {
    switch (form, sound.depth) {
    case (.ogg, _): SF_FORMAT_VORBIS
    case (.opus, _): SF_FORMAT_OPUS
    case (.mp3, _): SF_FORMAT_MPEG_LAYER_III
    case (.flac, .eight): SF_FORMAT_PCM_S8
    case (.wav, .eight): SF_FORMAT_PCM_U8
    case (_, .twentyFour): SF_FORMAT_PCM_24
    case (_, .thirtyTwo): SF_FORMAT_PCM_32
    case (_, .float): SF_FORMAT_FLOAT
    case (_, .double): SF_FORMAT_DOUBLE
    case (_, .aLaw): SF_FORMAT_ALAW
    case (_, .muLaw): SF_FORMAT_ULAW
    case (_, .sixteen), (_, .coded): SF_FORMAT_PCM_16
    }
  }
}
