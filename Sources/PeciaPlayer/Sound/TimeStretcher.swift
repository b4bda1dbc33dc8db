/// Plays a sound slower or faster without changing its pitch.
///
/// Waveform similarity overlap-add: W. Verhelst and M. Roelands, “An overlap-add technique based
/// on waveform similarity (WSOLA) for high quality time-scale modification of speech”, 1993. The
/// output is made of windows of 32 ms at half their length apart; each is taken where the sound is
/// most like what would have followed the last one, at most 10 ms from where it should be. All
/// channels move together. At a speed of 1 frames pass unchanged, whatever came before.
struct TimeStretcher: Equatable, Sendable {
  let speed: Double
  private let rate: Int
  private let outputs: Int
  /// Frames from one window to the next in the output: half a window.
  private let hop: Int
  /// How far a window may be moved, in frames.
  private let reach: Int
  /// Rises from 0 to 1 over a hop.
  private let fade: [Float]
  /// Where the next window should be taken, in frames of the sound.
  private var target: Double
  /// What would follow the last window: to be faded into the next.
  private var tail: [Float] = []
  /// The frame that `tail` begins at.
  private var tailStart: Int

  init(speed: Double, at frame: Int, source: SoundSource) {
    self.speed = speed
    rate = source.rate
    outputs = source.outputs
    hop = max(rate * 16 / 1000, 16)
    reach = max(rate * 10 / 1000, 4)
    fade = Self.rise(hop)
    target = Double(frame)
    tailStart = frame
  }

  private static func rise(_ count: Int) -> [Float] {
    (0..<count).map { index in
      let part = (Float(index) + 0.5) / Float(count)
      return part * part * (3 - 2 * part)
    }
  }

  /// Appends the next stretch of output; gives how many frames of the sound it stands for.
  mutating func next(from source: SoundSource, into output: inout [Float]) -> Double {
    if speed == 1 {
      source.read(hop, from: tailStart, into: &output)
      tailStart += hop
      return Double(hop)
    }
    let start = bestStart(near: Int(target.rounded()), in: source)
    var window: [Float] = []
    window.reserveCapacity(2 * hop * outputs)
    source.read(2 * hop, from: start, into: &window)
    if tail.isEmpty {
      // The first window comes in whole: the beginning of a sound is not faded.
      output += window[..<(hop * outputs)]
    } else {
      for index in 0..<(hop * outputs) {
        let part = fade[index / outputs]
        output.append(tail[index] + (window[index] - tail[index]) * part)
      }
    }
    tail = Array(window[(hop * outputs)...])
    tailStart = start + hop
    let advance = Double(hop) * speed
    target += advance
    return advance
  }

  /// Where near `wished` the sound is most like `tail`.
  private func bestStart(near wished: Int, in source: SoundSource) -> Int {
    guard !tail.isEmpty else { return wished }
    // What follows by itself is the best of all, if it lies within reach.
    if abs(tailStart - wished) <= 1 { return tailStart }
    var around: [Float] = []
    around.reserveCapacity((hop + 2 * reach) * outputs)
    source.read(hop + 2 * reach, from: wished - reach, into: &around)
    let (pattern, field) = (mono(tail), mono(around))
    let coarse = max(rate / 8000, 1)
    var best = peak(pattern, field, over: stride(from: 0, through: 2 * reach, by: coarse), coarse)
    if coarse > 1 {
      let low = max(best - coarse + 1, 0)
      let high = min(best + coarse - 1, 2 * reach)
      best = peak(pattern, field, over: stride(from: low, through: high, by: 1), 1)
    }
    return wished - reach + best
  }

  private func mono(_ samples: [Float]) -> [Float] {
    guard outputs == 2 else { return samples }
    return stride(from: 0, to: samples.count - 1, by: 2).map { samples[$0] + samples[$0 + 1] }
  }

  /// The shift with the greatest normalised correlation, looking at every `step`th sample.
  private func peak(
    _ pattern: [Float], _ field: [Float], over shifts: StrideThrough<Int>, _ step: Int
  ) -> Int {
    var best = (shift: reach, score: -Float.infinity)
    pattern.withUnsafeBufferPointer { pattern in
      field.withUnsafeBufferPointer { field in
        for shift in shifts {
          var (product, energy): (Float, Float) = (0, 1e-9)
          var index = 0
          while index < pattern.count {
            let sample = field[shift + index]
            product += sample * pattern[index]
            energy += sample * sample
            index += step
          }
          // The middle is favoured by a hair, so that silence stays where it is.
          let away = Float(abs(shift - reach)) / Float(reach)
          let score = product / energy.squareRoot() - 1e-6 * away
          if score > best.score { best = (shift, score) }
        }
      }
    }
    return best.shift
  }
}
