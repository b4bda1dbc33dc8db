import Foundation

/// Reads a sound from its start to its end as one channel of a chosen rate, in pieces.
///
/// The pieces put together are what `readSound(path).mono(at:)` gives, and only one piece is in
/// memory at a time.
public struct MonoReader: ~Copyable {
  private var reader: SoundReader
  private let channels: Int
  private let resampler: Resampler?
  /// Frames of the file that were read and are still heard by samples to come.
  private var pending: [Float] = []
  /// The place of the first of `pending` on the recording's clock.
  private var pendingStart = 0
  private var isAtEnd = false
  /// How many samples were given out, of the new rate.
  public private(set) var position = 0

  /// - Throws: `AudioError` where the file is no sound that can be read.
  public init(_ path: String, rate: Int) throws {
    let source = try SoundSource(examining: path)
    reader = try source.reader()
    channels = source.format.channels
    resampler =
      source.format.rate == rate ? nil : Resampler(from: source.format.rate, to: rate)
  }

  /// The next `count` samples; fewer only at the recording's end.
  public mutating func next(_ count: Int) throws -> [Float] {
    guard let resampler else {
      try fill(until: position + count)
      let got = Array(pending.prefix(count))
      pending.removeFirst(got.count)
      pendingStart += got.count
      position += got.count
      return got
    }
    try fill(until: resampler.inputs(for: position..<position + count).upperBound)
    let end = isAtEnd ? resampler.frames(for: pendingStart + pending.count) : Int.max
    let range = position..<max(min(position + count, end), position)
    let got = resampler.resampled(pending, channels: 1, from: pendingStart, frames: range)
    position = range.upperBound
    let needed = resampler.inputs(for: position..<position + 1).lowerBound
    let heard = min(max(needed - pendingStart, 0), pending.count)
    pending.removeFirst(heard)
    pendingStart += heard
    return got
  }

  /// Reads on until the frame `end` is there, or the recording ends.
  private mutating func fill(until end: Int) throws {
    while !isAtEnd, pendingStart + pending.count < end {
      let block = min(end - pendingStart - pending.count, 65_536)
      var got = 0
      let samples = try [Float](unsafeUninitializedCapacity: block * channels) {
        guard let base = $0.baseAddress else { return }
        got = try reader.read(base, block)
        $1 = got * channels
      }
      isAtEnd = got < block
      guard channels > 1 else {
        pending += samples
        continue
      }
      let scale = 1 / Float(channels)
      pending.reserveCapacity(pending.count + got)
      samples.withUnsafeBufferPointer { samples in
        for frame in 0..<got {
          var sum: Float = 0
          for channel in 0..<channels { sum += samples[frame * channels + channel] }
          pending.append(sum * scale)
        }
      }
    }
  }
}
