import Foundation

/// Log energies in 26 mel bands, each 10 ms; eight frames are worked on side by side.
struct MelSpectra {
  static let bands = 26
  private typealias Lanes = SIMD8<Float>
  private static let size = 512
  /// How far the floor of a band lies under its loud frames: 30 dB, as a natural logarithm.
  private static let depth: Float = 3 * 2.302585

  var frames: Int
  /// Frame by frame.
  var energies: [Float]

  init(of samples: [Float]) {
    let (hop, window) = (SpeechFeatures.hop, SpeechFeatures.window)
    frames = max((samples.count - window) / hop + 1, 1)
    var energies = [Float](repeating: 0, count: frames * Self.bands)
    let tables = Tables()
    var real = [Lanes](repeating: .zero, count: Self.size / 2)
    var imaginary = real
    var power = [Lanes](repeating: .zero, count: Self.size / 2 + 1)
    for first in stride(from: 0, to: frames, by: 8) {
      tables.load(samples, from: first, frames: frames, into: &real, &imaginary)
      tables.transform(&real, &imaginary)
      tables.powers(of: real, imaginary, into: &power)
      for band in 0..<Self.bands {
        var sum = Lanes.zero
        let filter = tables.filters[band]
        for (offset, weight) in filter.weights.enumerated() {
          sum += power[filter.first + offset] * weight
        }
        for lane in 0..<min(8, frames - first) {
          energies[(first + lane) * Self.bands + band] = log(sum[lane] + 1e-8)
        }
      }
    }
    self.energies = energies
    raiseFloor()
  }

  /// Adds to each band a steady sound 30 dB under the band's loud frames.
  ///
  /// A pause in a studio and one in a hall become alike, and so do digital silence and a quiet room.
  private mutating func raiseFloor() {
    for band in 0..<Self.bands {
      let sorted = (0..<frames).map { energies[$0 * Self.bands + band] }.sorted()
      let floor = exp(sorted[(frames - 1) * 95 / 100] - Self.depth)
      for place in stride(from: band, to: energies.count, by: Self.bands) {
        energies[place] = log(exp(energies[place]) + floor)
      }
    }
  }

  /// The first 13 cepstra of each frame: the orthonormal cosine transform of the energies.
  func cepstra() -> [Float] {
    let (count, bands) = (SpeechFeatures.cepstra, Self.bands)
    var cosines = [Float](repeating: 0, count: bands * count)
    for band in 0..<bands {
      for index in 0..<count {
        let angle = Double.pi * Double(index) * (Double(band) + 0.5) / Double(bands)
        let norm = (index == 0 ? 1 : 2) / Double(bands)
        cosines[band * count + index] = Float(cos(angle) * norm.squareRoot())
      }
    }
    var cepstra = [Float](repeating: 0, count: frames * count)
    cepstra.withUnsafeMutableBufferPointer { cepstra in
      energies.withUnsafeBufferPointer { energies in
        cosines.withUnsafeBufferPointer { cosines in
          for frame in 0..<frames {
            for band in 0..<bands {
              let energy = energies[frame * bands + band]
              for index in 0..<count {
                cepstra[frame * count + index] += energy * cosines[band * count + index]
              }
            }
          }
        }
      }
    }
    return cepstra
  }
}

extension MelSpectra {
  /// What every frame needs: window, twiddle factors, filters.
  private struct Tables {
    struct Filter {
      var first: Int
      var weights: [Float]
    }
    let hamming: [Float]
    /// e^(−2πik/512).
    let cosine: [Float]
    let sine: [Float]
    let reversed: [Int]
    let filters: [Filter]

    init() {
      let (size, window) = (MelSpectra.size, SpeechFeatures.window)
      hamming = (0..<window).map {
        Float(0.54 - 0.46 * cos(2 * Double.pi * Double($0) / Double(window - 1)))
      }
      cosine = (0..<size / 2).map { Float(cos(2 * Double.pi * Double($0) / Double(size))) }
      sine = (0..<size / 2).map { Float(-sin(2 * Double.pi * Double($0) / Double(size))) }
      let half = size / 2
      let bits = half.trailingZeroBitCount
      reversed = (0..<half).map { index in
        (0..<bits).reduce(0) { $0 | (index >> $1 & 1) << (bits - 1 - $1) }
      }
      filters = Self.triangles()
    }

    /// Triangles of equal width on the mel scale from 100 to 7,600 Hz.
    private static func triangles() -> [Filter] {
      func mel(_ hertz: Double) -> Double { 2595 * log10(1 + hertz / 700) }
      func hertz(_ mel: Double) -> Double { 700 * (pow(10, mel / 2595) - 1) }
      let step = (mel(7600) - mel(100)) / Double(MelSpectra.bands + 1)
      return (0..<MelSpectra.bands).map { band in
        let edges = (0...2).map { hertz(mel(100) + Double(band + $0) * step) }
        let weights = (0...MelSpectra.size / 2).map { bin -> Float in
          let place = Double(bin) * Double(SpeechFeatures.rate) / Double(MelSpectra.size)
          let rising = (place - edges[0]) / (edges[1] - edges[0])
          let falling = (edges[2] - place) / (edges[2] - edges[1])
          return Float(max(0, min(rising, falling)))
        }
        let first = weights.firstIndex { $0 > 0 } ?? 0
        let last = weights.lastIndex { $0 > 0 } ?? 0
        return Filter(first: first, weights: Array(weights[first...last]))
      }
    }

    /// Eight windowed frames; even samples become real parts and odd ones imaginary parts, in
    /// the order that the transform wants.
    func load(
      _ samples: [Float], from first: Int, frames: Int, into real: inout [Lanes],
      _ imaginary: inout [Lanes]
    ) {
      let (hop, window) = (SpeechFeatures.hop, SpeechFeatures.window)
      samples.withUnsafeBufferPointer { samples in
        for index in 0..<MelSpectra.size / 2 {
          var parts = (Lanes.zero, Lanes.zero)
          if index * 2 < window {
            for lane in 0..<min(8, frames - first) {
              let place = (first + lane) * hop + index * 2
              guard place + 1 < samples.count else { break }
              let before = place > 0 ? samples[place - 1] : samples[place]
              parts.0[lane] = samples[place] - 0.97 * before
              parts.1[lane] = samples[place + 1] - 0.97 * samples[place]
            }
            parts.0 *= hamming[index * 2]
            parts.1 *= hamming[index * 2 + 1]
          }
          real[reversed[index]] = parts.0
          imaginary[reversed[index]] = parts.1
        }
      }
    }

    /// The Fourier transform of 256 complex numbers in place, by decimation in time.
    func transform(_ real: inout [Lanes], _ imaginary: inout [Lanes]) {
      let count = MelSpectra.size / 2
      real.withUnsafeMutableBufferPointer { real in
        imaginary.withUnsafeMutableBufferPointer { imaginary in
          var half = 1
          while half < count {
            let stride = count / half
            for offset in 0..<half {
              let (c, s) = (cosine[offset * stride], sine[offset * stride])
              var even = offset
              while even < count {
                let odd = even + half
                let re = real[odd] * c - imaginary[odd] * s
                let im = real[odd] * s + imaginary[odd] * c
                (real[odd], imaginary[odd]) = (real[even] - re, imaginary[even] - im)
                real[even] += re
                imaginary[even] += im
                even += half * 2
              }
            }
            half *= 2
          }
        }
      }
    }

    /// The power spectrum of the 512 real numbers that were packed into 256 complex ones.
    func powers(of real: [Lanes], _ imaginary: [Lanes], into power: inout [Lanes]) {
      let half = MelSpectra.size / 2
      for bin in 0...half {
        let (near, far) = (bin % half, (half - bin) % half)
        let evenRe = (real[near] + real[far]) * 0.5
        let evenIm = (imaginary[near] - imaginary[far]) * 0.5
        let oddRe = (imaginary[near] + imaginary[far]) * 0.5
        let oddIm = (real[far] - real[near]) * 0.5
        let (c, s) = bin < half ? (cosine[bin], sine[bin]) : (-1, 0)
        let re = evenRe + oddRe * c - oddIm * s
        let im = evenIm + oddRe * s + oddIm * c
        power[bin] = re * re + im * im
      }
    }
  }
}
