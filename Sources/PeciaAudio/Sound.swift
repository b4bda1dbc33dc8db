import Foundation
public import PeciaCore

/// Sound in memory, samples interleaved by frame; full scale is −1…1.
public struct Sound: Hashable, Sendable {
  /// Frames a second.
  public var rate: Int
  public var channels: Int
  public var samples: [Float]

  public init(rate: Int, channels: Int, samples: [Float]) {
    self.rate = rate
    self.channels = channels
    self.samples = samples
  }

  public var frames: Int { samples.count / channels }
}

/// Reads a stretch of a sound file, the whole file when nil, with its own rate and channels.
///
/// What of `range` lies behind the file's end is left out.
///
/// What libsndfile does not read goes through `ffmpeg`, where that is on the PATH.
///
/// - Throws: `AudioError` where the file is no sound that can be read.
public func readSound(_ path: String, range: TimeRange? = nil) throws -> Sound {
  do {
    return try readSound(SoundSource(examining: path), range)
  } catch AudioError.needsConversion {
    let converted = FileManager.default.temporaryDirectory
      .appending(path: "pecia-\(UUID().uuidString).w64").path
    defer { unlink(converted) }
    try Conversion.convert(path, to: converted)
    return try readSound(SoundSource(examining: converted, convertedFrom: path), range)
  }
}

private func readSound(_ source: SoundSource, _ range: TimeRange?) throws -> Sound {
  let (rate, channels) = (source.format.rate, source.format.channels)
  var reader = try source.reader()
  var wished = Int.max
  if let range {
    let clock = FrameClock(rate: rate)
    let start = clock.frame(at: max(range.lowerBound, .zero))
    try reader.skip(to: start)
    wished = max(0, clock.frame(at: range.upperBound) - start)
  }
  var samples: [Float] = []
  var isAtEnd = false
  while !isAtEnd, wished > 0 {
    let block = min(wished, 65_536)
    var got = 0
    samples.append(
      contentsOf: try [Float](unsafeUninitializedCapacity: block * channels) {
        guard let base = $0.baseAddress else { return }
        got = try reader.read(base, block)
        $1 = got * channels
      })
    wished -= got
    isAtEnd = got < block
  }
  return Sound(rate: rate, channels: channels, samples: samples)
}

extension Sound {
  /// One channel, the mean of all, at `rate` frames a second.
  public func mono(at rate: Int) -> [Float] {
    var mixed = samples
    if channels > 1 {
      let scale = 1 / Float(channels)
      mixed = (0..<frames).map { frame in
        var sum: Float = 0
        for channel in 0..<channels { sum += samples[frame * channels + channel] }
        return sum * scale
      }
    }
    guard rate != self.rate else { return mixed }
    let resampler = Resampler(from: self.rate, to: rate)
    return resampler.resampled(
      mixed, channels: 1, from: 0, frames: 0..<resampler.frames(for: mixed.count))
  }
}
