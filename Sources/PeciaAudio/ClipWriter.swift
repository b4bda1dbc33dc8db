import CSndfile
import Foundation
public import PeciaCore

/// Writes a recording's clips, a run of neighbours in one pass over their stretch.
///
/// Several runs may be written at once, each by a task of its own.
public struct ClipWriter: Sendable {
  public let source: SoundSource
  public let format: ClipFormat
  /// The frames of the recording, as its survey found them.
  public let frames: Int

  private let duration: Timestamp
  private let resampler: Resampler?

  public init(of survey: Survey, format: ClipFormat) {
    source = survey.source
    self.format = format
    frames = survey.frames
    duration = survey.duration
    resampler =
      source.format.rate == format.sound.rate
      ? nil : Resampler(from: source.format.rate, to: format.sound.rate)
  }

  /// A clip to be written: which stretch, and to which file.
  public struct Order: Hashable, Sendable {
    public var range: TimeRange
    public var path: String

    public init(range: TimeRange, path: String) {
      self.range = range
      self.path = path
    }
  }

  /// Writes the clips, in order of time; a file that is there already is taken as written.
  ///
  /// A file appears whole or not at all.
  ///
  /// - Parameters:
  ///   - orders: neighbours, in order of their starts.
  ///   - done: hears how many milliseconds of sound each clip had.
  /// - Returns: the sha256 of each file.
  /// - Throws: `AudioError`, and `CancellationError` where the task is cancelled.
  public func write(_ orders: [Order], done: (Int) -> Void = { _ in }) throws -> [String] {
    switch source.format.depth {
    case .eight, .sixteen, .aLaw, .muLaw: try write(orders, as: Int16.self, done)
    case .twentyFour, .thirtyTwo: try write(orders, as: Int32.self, done)
    case .float, .coded: try write(orders, as: Float.self, done)
    case .double: try write(orders, as: Double.self, done)
    }
  }

  private func write<S: Sample>(_ orders: [Order], as type: S.Type, _ done: (Int) -> Void) throws
    -> [String]
  {
    var stretch = Stretch<S>(try source.reader(), channels: source.format.channels)
    return try orders.map { order in
      try Task.checkCancellation()
      defer { done(order.range.milliseconds) }
      if access(order.path, F_OK) == 0 { return try sha256(ofFile: order.path) }
      let file = try encoded(order.range, of: &stretch)
      try file.save(to: order.path)
      return file.bytes.withUnsafeBytes { sha256(of: $0) }
    }
  }

  /// One clip as the bytes of its file.
  private func encoded<S: Sample>(_ range: TimeRange, of stretch: inout Stretch<S>) throws
    -> MemoryFile
  {
    let wanted = inputFrames(range, rate: source.format.rate, frames: frames)
    let heard =
      resampler.map { $0.inputs(for: outputFrames(range)).clamped(to: 0..<frames) } ?? wanted
    try stretch.load(heard)
    if format.isExact { return try stretch.withSamples { try encode($0) } }
    var sound = stretch.withSamples { $0.map { $0.number / S.fullScale } }
    var channels = source.format.channels
    if format.sound.channels == 1, channels > 1 {
      sound = Sound(rate: 1, channels: channels, samples: sound).mono(at: 1)
      channels = 1
    }
    if let resampler {
      sound = resampler.resampled(
        sound, channels: channels, from: heard.lowerBound, frames: outputFrames(range))
    }
    switch (format.form.isLossless, format.sound.depth) {
    case (true, .eight), (true, .sixteen):
      return try sound.map { Int16(amplitude: $0) }.withUnsafeBufferPointer { try encode($0) }
    case (true, .twentyFour), (true, .thirtyTwo):
      return try sound.map { Int32(amplitude: $0) }.withUnsafeBufferPointer { try encode($0) }
    default: return try sound.withUnsafeBufferPointer { try encode($0) }
    }
  }

  /// The clip's frames on the clips' own clock; the recording's end is its last frame.
  private func outputFrames(_ range: TimeRange) -> Range<Int> {
    inputFrames(
      range, rate: format.sound.rate, frames: resampler?.frames(for: frames) ?? frames)
  }

  private func inputFrames(_ range: TimeRange, rate: Int, frames: Int) -> Range<Int> {
    let clock = FrameClock(rate: rate)
    let end = range.upperBound == duration ? frames : min(frames, clock.frame(at: range.upperBound))
    return min(clock.frame(at: range.lowerBound), end)..<end
  }

  private func encode<S: Sample>(_ samples: UnsafeBufferPointer<S>) throws -> MemoryFile {
    let file = MemoryFile(reserving: samples.count * MemoryLayout<S>.size / 2 + 4096)
    var info = SF_INFO()
    info.samplerate = CInt(format.sound.rate)
    info.channels = CInt(format.sound.channels)
    info.format = format.code
    var callbacks = MemoryFile.callbacks
    let user = Unmanaged.passUnretained(file).toOpaque()
    guard let handle = sf_open_virtual(&callbacks, CInt(SFM_WRITE), &info, user) else {
      throw AudioError.unwritable(
        path: source.path,
        reason:
          "libsndfile has no writer for its clips as \(format.form.rawValue), take another --format"
      )
    }
    // A PEAK chunk holds the time of writing: without it the same clip has the same bytes.
    sf_command(handle, CInt(SFC_SET_ADD_PEAK_CHUNK), nil, CInt(SF_FALSE))
    sf_command(handle, CInt(SFC_SET_CLIPPING), nil, CInt(SF_TRUE))
    if var effort = format.form.effort(channels: format.sound.channels) {
      sf_command(
        handle, CInt(SFC_SET_COMPRESSION_LEVEL), &effort, CInt(MemoryLayout<Double>.size))
    }
    let channels = format.sound.channels
    let frames = samples.count / channels
    // Vorbis takes its whole input onto the stack: small blocks keep that small.
    let isWhole = stride(from: 0, to: frames, by: 8192).allSatisfy { start in
      let count = min(8192, frames - start)
      guard let base = samples.baseAddress else { return false }
      return S.write(handle, base + start * channels, count) == count
    }
    guard sf_close(handle) == 0, isWhole else {
      throw AudioError.unwritable(path: source.path, reason: "its clips could not be encoded")
    }
    return file
  }
}

/// The part of a recording that a run of clips needs at the moment.
private struct Stretch<S: Sample>: ~Copyable {
  private var reader: SoundReader
  private let channels: Int
  /// Interleaved samples of the frames asked for last, and behind them what is no longer needed.
  private var samples: [S] = []
  private var count = 0
  private var start = 0

  init(_ reader: consuming SoundReader, channels: Int) {
    self.reader = reader
    self.channels = channels
  }

  /// Gives `body` the samples of the frames asked for last.
  func withSamples<Value>(_ body: (UnsafeBufferPointer<S>) throws -> Value) rethrows -> Value {
    try samples.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[..<count])) }
  }

  /// Reads `frames`; starts never go back.
  mutating func load(_ frames: Range<Int>) throws {
    let end = start + count / channels
    let kept = max(0, end - frames.lowerBound)
    guard frames.count >= kept else {
      // A clip inside its left neighbour: what lies behind it has been read, and is needed later.
      throw AudioError.unreadable(path: "", reason: "clips are not in order")
    }
    if kept == 0 { try reader.skip(to: frames.lowerBound) }
    let wished = frames.count * channels
    if samples.count < wished {
      samples.append(contentsOf: repeatElement(.zero, count: wished - samples.count))
    }
    let (from, channels) = ((frames.lowerBound - start) * channels, channels)
    let got = try samples.withUnsafeMutableBufferPointer { samples in
      guard let base = samples.baseAddress else { return 0 }
      if kept > 0 { base.update(from: base + from, count: kept * channels) }
      return try reader.read(base + kept * channels, frames.count - kept)
    }
    start = frames.lowerBound
    count = (kept + got) * channels
  }
}
