import Foundation

/// Makes a sound louder without letting it pass full scale: gain, and a limiter that looks ahead.
///
/// The limiter turns the gain down for blocks whose peak would pass the ceiling, some milliseconds
/// before and after, and in between it follows a straight line, so nothing clicks and nothing is
/// clipped. With a gain of 1 or less samples are only scaled.
struct Loudness: Equatable, Sendable {
  /// The most that a sample may reach: −0.3 dB.
  static let ceiling: Float = 0.966
  /// Frames in a block.
  private static let block = 64

  let gain: Float
  /// The gain at the start of each block; nil where the limiter has nothing to do.
  private let curve: [Float]?

  init(decibels: Double, of sound: ClipSound) {
    let gain = Float(pow(10, decibels / 20))
    self.gain = gain
    guard gain > 1 else {
      curve = nil
      return
    }
    let peaks = Self.peaks(of: sound)
    guard peaks.contains(where: { $0 * gain > Self.ceiling }) else {
      curve = nil
      return
    }
    let wished = peaks.map { $0 * gain > Self.ceiling ? Self.ceiling / $0 : gain }
    // Down within 5 ms before a peak, up again within 80 ms behind it.
    let seconds = Double(Self.block) / Double(max(sound.rate, 1))
    curve = Self.eased(wished, down: Float(seconds / 0.005), up: Float(seconds / 0.08), gain: gain)
  }

  private static func peaks(of sound: ClipSound) -> [Float] {
    let width = block * max(sound.channels, 1)
    return sound.samples.withUnsafeBufferPointer { samples in
      stride(from: 0, to: samples.count, by: width).map { start in
        var peak: Float = 0
        for index in start..<min(start + width, samples.count) {
          peak = max(peak, abs(samples[index]))
        }
        return peak
      }
    }
  }

  /// The highest curve under `wished` that falls and rises no faster than given, in gains a block.
  private static func eased(_ wished: [Float], down: Float, up: Float, gain: Float) -> [Float] {
    guard !wished.isEmpty else { return [] }
    var curve = wished
    // A block's end is the next one's start: both must stay under what the block bears.
    for index in stride(from: curve.count - 1, to: 0, by: -1) {
      curve[index] = min(wished[index], wished[index - 1])
    }
    for index in 1..<max(curve.count, 1) where curve[index] > curve[index - 1] + up * gain {
      curve[index] = curve[index - 1] + up * gain
    }
    for index in stride(from: curve.count - 2, through: 0, by: -1)
    where curve[index] > curve[index + 1] + down * gain {
      curve[index] = curve[index + 1] + down * gain
    }
    return curve
  }

  /// The gain for a frame of the sound.
  func gain(at frame: Int) -> Float {
    guard let curve, frame >= 0 else { return gain }
    let index = frame / Self.block
    guard index < curve.count else { return gain }
    let next = index + 1 < curve.count ? curve[index + 1] : curve[index]
    let part = Float(frame % Self.block) / Float(Self.block)
    return curve[index] + (next - curve[index]) * part
  }

  /// Whether samples pass unchanged.
  var isPlain: Bool { gain == 1 }
}
