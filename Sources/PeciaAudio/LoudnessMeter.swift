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

  /// For each bin a row for each channel; whoever uses the rows takes them away.
  ///
  /// The first lanes hold the bands, from the highest down, and the others 0.
  var rows: [SIMD8<Float>] = []
  /// Frames measured in all.
  private(set) var frames = 0

  let channels: Int
  private let rate: Int
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
      let energies: SIMD8<Float>
      if S.self == Int16.self, channels == 1, fold == 1, count >= 16 {
        let samples = UnsafeRawPointer(samples)
        energies = bandEnergies(count) {
          // Two samples in each lane: what shifts part costs least.
          let pairs = samples.loadUnaligned(fromByteOffset: 2 * $0, as: SIMD8<Int32>.self)
          let (even, odd) = ((pairs &<< 16) &>> 16, pairs &>> 16)
          return (SIMD8<Float>(even &+ odd), SIMD8<Float>(even &- odd))
        }
      } else {
        let values = fold(samples + channel, count)
        energies = folded.withUnsafeBytes { folded in
          bandEnergies(values) {
            let samples = folded.loadUnaligned(fromByteOffset: 4 * $0, as: SIMD16<Float>.self)
            return halves(samples.evenHalf, samples.oddHalf)
          }
        }
      }
      let loudness = decibels(energies) + offset
      rows.append((Self.silence + positive(loudness - Self.silence)) * Self.used)
    }
  }

  /// 1 in the lanes that hold a band.
  private static let used = SIMD8<Float>(1, 1, 1, 1, 1, 0, 0, 0)

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
/// `pairs` gives the sums and the differences of eight pairs of neighbours from a place on. The last
/// 16 of `count` values may count in part twice.
@inline(__always)
private func bandEnergies(
  _ count: Int, pairs: (Int) -> (sum: SIMD8<Float>, difference: SIMD8<Float>)
) -> SIMD8<Float> {
  var (first, second, third) = (SIMD8<Float>.zero, SIMD8<Float>.zero, SIMD4<Float>.zero)
  var (fourth, low, sum) = (SIMD2<Float>.zero, SIMD2<Float>.zero, SIMD2<Float>.zero)
  for place in stride(from: 0, to: count, by: 32) {
    let (pairs1, one1) = pairs(min(place, count - 16))
    // What is not there adds nothing.
    let (pairs2, one2) =
      place + 16 < count ? pairs(min(place + 16, count - 16)) : (.zero, .zero)
    first += one1 * one1 + one2 * one2
    let pairs = SIMD16(lowHalf: pairs1, highHalf: pairs2)
    let (fours, d2) = halves(pairs.evenHalf, pairs.oddHalf)
    let (eights, d3) = halves(fours.evenHalf, fours.oddHalf)
    let (all, d4) = halves(eights.evenHalf, eights.oddHalf)
    second += d2 * d2
    third += d3 * d3
    fourth += d4 * d4
    low += all * all
    sum += all
  }
  let groups = Float((count + 15) / 16)
  let mean = (sum.x + sum.y) / groups
  let rest = max(0, (low.x + low.y) / groups - mean * mean) / 256
  return SIMD8(
    first.sum() / (groups * 32), second.sum() / (groups * 64), third.sum() / (groups * 128),
    (fourth.x + fourth.y) / (groups * 256), rest, 0, 0, 0)
}

@inline(__always)
private func halves<V: SIMD>(_ left: V, _ right: V) -> (sum: V, difference: V)
where V.Scalar == Float {
  (left + right, left - right)
}

/// Ten times the decimal logarithm, to about 0.05; far below everything for 0.
@inline(__always)
private func decibels(_ powers: SIMD8<Float>) -> SIMD8<Float> {
  let bits = unsafeBitCast(powers + 1e-20, to: SIMD8<Int32>.self)
  let exponents = SIMD8<Float>((bits &>> 23) &- 127)
  let mantissas = unsafeBitCast(bits & 0x007F_FFFF | 0x3F80_0000, to: SIMD8<Float>.self)
  // log2 of 1..<2 by a parabola through both ends.
  return (exponents + (mantissas - 1) * (1.693 - 0.3465 * mantissas)) * 3.010_3
}
