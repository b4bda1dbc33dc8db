import CSndfile
import Foundation
import PeciaCore
import Testing

/// Made-up sound: bursts that stand for words, pauses between them, a bed of noise.
struct TestSound {
  var rate = 16_000
  var channels = 1
  /// Interleaved; full scale is 1.
  var samples: [Float] = []
  /// Where bursts are, in seconds.
  var words: [ClosedRange<Double>] = []

  /// `seconds` of words of 0.15 to 0.5 s with pauses of 0.05 to 0.8 s between.
  init(seconds: Double, rate: Int = 16_000, noise: Float = 0.002, seed: UInt64 = 1) {
    self.rate = rate
    var random = SplitMix64(seed: seed)
    let count = Int(seconds * Double(rate))
    samples = (0..<count).map { _ in Float.random(in: -1...1, using: &random) * noise }
    var time = 0.3
    while time < seconds - 0.6 {
      let length = Double.random(in: 0.15...0.5, using: &random)
      addWord(from: time, to: time + length)
      let isLong = Int.random(in: 0..<4, using: &random) == 0
      time += length + Double.random(in: isLong ? 0.3...0.8 : 0.05...0.15, using: &random)
    }
  }

  /// `seconds` of noise.
  init(noise: Float, seconds: Double, rate: Int = 16_000, seed: UInt64 = 1) {
    self.rate = rate
    var random = SplitMix64(seed: seed)
    samples = (0..<Int(seconds * Double(rate))).map { _ in
      Float.random(in: -1...1, using: &random) * noise
    }
  }

  mutating func addWord(from start: Double, to end: Double, gain: Float = 0.3) {
    words.append(start...end)
    for index in Int(start * Double(rate))..<min(samples.count, Int(end * Double(rate))) {
      let time = Float(index) / Float(rate)
      samples[index] +=
        gain
        * (sin(time * 2 * .pi * 180) + 0.6 * sin(time * 2 * .pi * 720)
          + 0.3 * sin(time * 2 * .pi * 2100)) / 2
    }
  }

  static func + (left: Self, right: Self) -> Self {
    var sum = left
    let offset = Double(left.samples.count) / Double(left.rate)
    sum.samples += right.samples
    sum.words += right.words.map { $0.lowerBound + offset...$0.upperBound + offset }
    return sum
  }

  /// The same sound on several channels; the others are faint noise.
  func on(channel: Int, of channels: Int) -> Self {
    var wide = self
    wide.channels = channels
    wide.samples = samples.enumerated().flatMap { index, sample in
      (0..<channels).map { $0 == channel ? sample : Float(index % 7) * 0.000_05 }
    }
    return wide
  }

  func write(to path: String, format: Int = SF_FORMAT_WAV | SF_FORMAT_PCM_16) throws {
    var info = SF_INFO()
    info.samplerate = CInt(rate)
    info.channels = CInt(channels)
    info.format = CInt(format)
    let handle = try #require(sf_open(path, CInt(SFM_WRITE), &info))
    sf_command(handle, CInt(SFC_SET_CLIPPING), nil, CInt(SF_TRUE))
    let frames = samples.count / channels
    for start in stride(from: 0, to: frames, by: 4096) {
      let count = min(4096, frames - start)
      let written = samples.withUnsafeBufferPointer { samples in
        sf_writef_float(
          handle, samples.baseAddress.map { $0 + start * channels }, sf_count_t(count))
      }
      try #require(Int(written) == count)
    }
    try #require(sf_close(handle) == 0)
  }
}

/// Everything libsndfile reads of a file as 32-bit numbers, with its header.
func libsndfileReads(_ path: String) throws -> (info: SF_INFO, samples: [Int32]) {
  var info = SF_INFO()
  let handle = try #require(sf_open(path, CInt(SFM_READ), &info))
  defer { sf_close(handle) }
  var samples: [Int32] = []
  var block = [Int32](repeating: 0, count: 4096 * Int(info.channels))
  while true {
    let got = Int(sf_readf_int(handle, &block, 4096))
    guard got > 0 else { return (info, samples) }
    samples += block[..<(got * Int(info.channels))]
  }
}
