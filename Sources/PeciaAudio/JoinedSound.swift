import CSndfile
import Foundation
public import PeciaCore

/// Writes the recording that clips were cut from, as far as they hold it, as FLAC of 16 bits.
///
/// A later clip takes over in the middle of what it shares with the one before; what no clip holds
/// is silent. One clip at a time is in memory; the file appears whole or not at all.
///
/// - Parameters:
///   - clips: at least one, in order of their starts; the first says the rate and the channels.
///   - end: the recording's, behind the last clip or at its end.
///   - path: the file to write.
/// - Throws: `AudioError` where a clip cannot be read, differs from the first, or the file cannot
///   be written.
public func writeJoined(
  _ clips: [(range: TimeRange, path: String)], until end: Timestamp, to path: String
) throws {
  let part = path + ".part"
  do {
    try Joiner.join(clips, until: end, to: part)
    guard rename(part, path) == 0 else {
      throw AudioError.unwritable(path: path, reason: lastSystemError().lowercased())
    }
  } catch {
    unlink(part)
    throw error
  }
}

/// A sound file that is written from its first frame to its last.
private struct Joiner: ~Copyable {
  private let handle: OpaquePointer
  private let path: String
  private let channels: Int
  /// The frames written so far.
  private var frames = 0

  private init(rate: Int, channels: Int, path: String) throws {
    var info = SF_INFO()
    info.samplerate = CInt(rate)
    info.channels = CInt(channels)
    info.format = CInt(SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    guard let handle = sf_open(path, CInt(SFM_WRITE), &info) else {
      throw AudioError.unwritable(path: path, reason: "libsndfile cannot write it as FLAC")
    }
    self.handle = handle
    self.path = path
    self.channels = channels
  }
  deinit { sf_close(handle) }

  static func join(
    _ clips: [(range: TimeRange, path: String)], until end: Timestamp, to path: String
  ) throws {
    guard let first = clips.first else { return }
    let sound = try readSound(first.path)
    var joiner = try Joiner(rate: sound.rate, channels: sound.channels, path: path)
    let clock = FrameClock(rate: sound.rate)
    for (index, clip) in clips.enumerated() {
      let sound = index == 0 ? sound : try readSound(clip.path)
      guard sound.rate == clock.rate, sound.channels == joiner.channels else {
        throw AudioError.unreadable(path: clip.path, reason: "it differs in form from its fellows")
      }
      let start = clock.frame(at: clip.range.lowerBound)
      let stop = clips[index...].dropFirst().first.map { next in
        let shared = max(0, clip.range.upperBound - next.range.lowerBound)
        return clock.frame(at: clip.range.upperBound - shared / 2) - start
      }
      try joiner.rest(until: start)
      try joiner.write(sound, from: joiner.frames - start, to: min(stop ?? .max, sound.frames))
    }
    try joiner.rest(until: clock.frame(at: end))
  }

  /// Silence up to frame `end`.
  private mutating func rest(until end: Int) throws {
    while frames < end {
      let count = min(65_536, end - frames)
      try write(Array(repeating: 0, count: count * channels))
    }
  }

  private mutating func write(_ sound: Sound, from start: Int, to end: Int) throws {
    guard start < end else { return }
    let samples = sound.samples[start * channels..<end * channels]
    try write(samples.map { Int16(amplitude: $0) })
  }

  private mutating func write(_ samples: [Int16]) throws {
    let count = samples.count / channels
    let isWhole = samples.withUnsafeBufferPointer { samples in
      samples.baseAddress.map { Int16.write(handle, $0, count) == count } ?? true
    }
    guard isWhole else {
      throw AudioError.unwritable(path: path, reason: lastSystemError().lowercased())
    }
    frames += count
  }
}
