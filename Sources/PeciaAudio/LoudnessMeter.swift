import Foundation

/// Sums up sound in bins of 10 ms as it streams by.
///
/// Each bin gets two loudnesses a channel, in decibels below full scale: that of the whole signal
/// less its mean, and that of the difference between samples 0.25 ms apart, which is a band around
/// 2 kHz: speech stands out there from hum, rumble and the low end of music.
struct LoudnessMeter {
  /// Milliseconds in a bin.
  static let bin = 10
  /// Below this nothing is told apart: digital zero, dither.
  static let silence: Float = -85

  /// Values in a bin's row: two for each channel.
  let width: Int
  /// Row after row; whoever uses the rows takes them away.
  var rows: [Float] = []
  /// Frames measured in all.
  private(set) var frames = 0

  private let rate: Int
  private let channels: Int
  private let lag: Int
  private var bins = 0
  /// For each channel: `lag` samples that are done with, then those that wait for their bin's end.
  private var waiting: [[Float]]
  private let offset: Float

  init(rate: Int, channels: Int, fullScale: Float) {
    self.rate = rate
    self.channels = channels
    lag = max(1, (rate + 2000) / 4000)
    width = 2 * channels
    waiting = Array(repeating: Array(repeating: 0, count: lag), count: channels)
    offset = -20 * log10(fullScale)
  }

  /// Takes in the next `count` frames.
  mutating func add<S: Sample>(_ samples: UnsafePointer<S>, _ count: Int) {
    for channel in 0..<channels {
      let before = waiting[channel].count
      waiting[channel].append(contentsOf: repeatElement(0, count: count))
      waiting[channel].withUnsafeMutableBufferPointer { buffer in
        if channels == 1 {
          for index in 0..<count { buffer[before + index] = samples[index].number }
          return
        }
        var place = channel
        for index in before..<before + count {
          buffer[index] = samples[place].number
          place += channels
        }
      }
    }
    frames += count
    closeBins(until: frames)
  }

  /// Closes the last bin, however short.
  mutating func finish() {
    guard waiting[0].count > lag else { return }
    measure(waiting[0].count - lag, at: lag)
    bins += 1
    for channel in 0..<channels { waiting[channel].removeFirst(waiting[channel].count - lag) }
  }

  /// The first frame of a bin: `FrameClock.frame(at:)` of its time.
  private func start(of bin: Int) -> Int { (bin * Self.bin * rate + 500) / 1000 }

  private mutating func closeBins(until end: Int) {
    var place = lag
    while start(of: bins + 1) <= end {
      let length = start(of: bins + 1) - start(of: bins)
      measure(length, at: place)
      place += length
      bins += 1
    }
    guard place > lag else { return }
    for channel in 0..<channels { waiting[channel].removeFirst(place - lag) }
  }

  private mutating func measure(_ length: Int, at place: Int) {
    for channel in 0..<channels {
      let (whole, band) = waiting[channel].withUnsafeBufferPointer {
        $0.baseAddress.map { energies($0 + place, length, lag: lag) } ?? (0, 0)
      }
      rows.append(max(Self.silence, decibels(whole) + offset))
      rows.append(max(Self.silence, decibels(band) + offset))
    }
  }
}

/// The mean square of `count` samples less their mean, and of their differences over `lag`.
private func energies(_ samples: UnsafePointer<Float>, _ count: Int, lag: Int) -> (Float, Float) {
  typealias Lane = SIMD8<Float>
  var (sum, square, band) = (Lane.zero, Lane.zero, Lane.zero)
  let (here, before) = (UnsafeRawPointer(samples), UnsafeRawPointer(samples - lag))
  var index = 0
  while index + 8 <= count {
    let x = here.loadUnaligned(fromByteOffset: index * 4, as: Lane.self)
    let y = x - before.loadUnaligned(fromByteOffset: index * 4, as: Lane.self)
    sum += x
    square += x * x
    band += y * y
    index += 8
  }
  var (total, squares, differences) = (sum.sum(), square.sum(), band.sum())
  while index < count {
    let (x, y) = (samples[index], samples[index] - samples[index - lag])
    total += x
    squares += x * x
    differences += y * y
    index += 1
  }
  let scale = 1 / Float(count)
  let mean = total * scale
  return (max(0, squares * scale - mean * mean), differences * scale)
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
