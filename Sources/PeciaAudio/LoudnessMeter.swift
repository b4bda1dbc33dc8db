import Foundation

/// Sums up sound in bins of 10 ms as it streams by.
///
/// Each bin gets the loudness of five bands of each channel, in decibels below full scale. The
/// bands are those of Haar's wavelet, which costs a few sums a sample: at 16 kHz they lie around
/// 6, 3, 1.5 and 0.75 kHz, and below 0.5 kHz, there less the bin's mean. Speech that one band
/// hides (hum and music the low ones, hiss the high ones) stands out in another.
struct LoudnessMeter {
  /// Milliseconds in a bin.
  static let bin = 10
  /// Below this nothing is told apart: digital zero, dither.
  static let silence: Float = -85
  /// Bands of a channel.
  static let bands = 5

  /// Values in a bin's row: those of the first channel's bands, from the highest down, and so on.
  let width: Int
  /// Row after row; whoever uses the rows takes them away.
  var rows: [Float] = []
  /// Frames measured in all.
  private(set) var frames = 0

  private let rate: Int
  private let channels: Int
  /// Frames that count as one, so that bands lie where they do at 16 kHz.
  private let fold: Int
  private var bins = 0
  /// The frames of a bin that is not yet full, interleaved.
  private var waiting: [Float] = []
  private var folded: [Float]
  private let offset: Float

  init(rate: Int, channels: Int, fullScale: Float) {
    self.rate = rate
    self.channels = channels
    fold = max(1, (rate + 8_000) / 16_000)
    width = Self.bands * channels
    folded = Array(repeating: 0, count: rate * Self.bin / 1000 + 32)
    offset = -20 * log10(fullScale * Float(fold))
  }

  /// Takes in the next `count` frames.
  mutating func add<S: Sample>(_ samples: UnsafePointer<S>, _ count: Int) {
    var place = 0
    while place < count {
      let missing = start(of: bins + 1) - frames
      let taken = min(missing, count - place)
      let isWhole = missing == start(of: bins + 1) - start(of: bins)
      frames += taken
      if isWhole, taken == missing {
        measure(samples + place * channels, taken)
      } else {
        for index in place * channels..<(place + taken) * channels {
          waiting.append(samples[index].number)
        }
        if taken == missing { measureWaiting() }
      }
      place += taken
    }
  }

  /// Closes the last bin, however short.
  mutating func finish() { if !waiting.isEmpty { measureWaiting() } }

  /// The first frame of a bin: `FrameClock.frame(at:)` of its time.
  private func start(of bin: Int) -> Int { (bin * Self.bin * rate + 500) / 1000 }

  private mutating func measureWaiting() {
    let samples = waiting
    waiting.removeAll(keepingCapacity: true)
    samples.withUnsafeBufferPointer {
      if let base = $0.baseAddress { measure(base, samples.count / channels) }
    }
  }

  /// Closes a bin of `count` frames.
  private mutating func measure<S: Sample>(_ samples: UnsafePointer<S>, _ count: Int) {
    bins += 1
    for channel in 0..<channels {
      let values = fold(samples + channel, count)
      let energies = folded.withUnsafeBytes { folded in
        folded.baseAddress.map { bandEnergies($0, values) }
      }
      for band in 0..<Self.bands {
        rows.append(max(Self.silence, decibels(energies?[band] ?? 0) + offset))
      }
    }
  }

  /// Folds one channel; gives how many values that makes, at least 16.
  private mutating func fold<S: Sample>(_ samples: UnsafePointer<S>, _ frames: Int) -> Int {
    let (fold, channels, count) = (fold, channels, max(1, frames / fold))
    return folded.withUnsafeMutableBufferPointer { folded in
      switch (fold, channels) {
      case (1, 1): for index in 0..<count { folded[index] = samples[index].number }
      case (1, _): for index in 0..<count { folded[index] = samples[index * channels].number }
      default:
        for index in 0..<count {
          folded[index] = 0
          for frame in index * fold..<min(frames, (index + 1) * fold) {
            folded[index] += samples[frame * channels].number
          }
        }
      }
      // A bin that is very short, at a recording's end, is repeated.
      guard count < 16 else { return count }
      for index in count..<16 { folded[index] = folded[index - count] }
      return 16
    }
  }
}

/// The mean squares of a sound's bands, of which the squares of all samples but the mean are made.
///
/// The last 16 of `count` values may count in part twice.
private func bandEnergies(_ values: UnsafeRawPointer, _ count: Int) -> SIMD8<Float> {
  var (first, second, third) = (SIMD8<Float>.zero, SIMD4<Float>.zero, SIMD2<Float>.zero)
  var (fourth, low, sum): (Float, Float, Float) = (0, 0, 0)
  var groups: Float = 0
  for place in stride(from: 0, to: count, by: 16) {
    let samples = values.loadUnaligned(
      fromByteOffset: 4 * min(place, count - 16), as: SIMD16<Float>.self)
    let (pairs, d1) = halves(samples.evenHalf, samples.oddHalf)
    let (fours, d2) = halves(pairs.evenHalf, pairs.oddHalf)
    let (eights, d3) = halves(fours.evenHalf, fours.oddHalf)
    first += d1 * d1
    second += d2 * d2
    third += d3 * d3
    let (all, d4) = (eights.x + eights.y, eights.x - eights.y)
    fourth += d4 * d4
    low += all * all
    sum += all
    groups += 1
  }
  let mean = sum / groups
  let rest = max(0, low / groups - mean * mean) / 256
  return SIMD8(
    first.sum() / (groups * 32), second.sum() / (groups * 64), third.sum() / (groups * 128),
    fourth / (groups * 256), rest, 0, 0, 0)
}

@inline(__always)
private func halves<V: SIMD>(_ left: V, _ right: V) -> (sum: V, difference: V)
where V.Scalar == Float {
  (left + right, left - right)
}

/// Ten times the decimal logarithm, to about 0.05; far below everything for 0.
@inline(__always)
private func decibels(_ power: Float) -> Float {
  guard power > 1e-20 else { return -200 }
  let bits = power.bitPattern
  let exponent = Float(Int(bits >> 23) - 127)
  let mantissa = Float(bitPattern: bits & 0x007F_FFFF | 0x3F80_0000)
  // log2 of 1..<2 by a parabola through both ends.
  let logarithm = exponent + (mantissa - 1) * (1.693 - 0.3465 * mantissa)
  return logarithm * 3.010_3
}
