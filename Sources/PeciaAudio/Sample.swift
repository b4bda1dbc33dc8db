import CSndfile

/// One number of a sound, as libsndfile hands it over.
protocol Sample: BitwiseCopyable, Sendable {
  static var zero: Self { get }
  /// What `number` is at full scale.
  static var fullScale: Float { get }
  var number: Float { get }
  /// The sample nearest to `amplitude`, where full scale is 1; beyond it, the bound.
  init(amplitude: Float)
  static func read(_ file: OpaquePointer, _ samples: UnsafeMutablePointer<Self>, _ frames: Int)
    -> Int
  static func write(_ file: OpaquePointer, _ samples: UnsafePointer<Self>, _ frames: Int) -> Int
}

extension Int16: Sample {
  static var fullScale: Float { 32_768 }
  var number: Float { Float(self) }
  init(amplitude: Float) {
    self = Int16(Swift.max(-32_768, Swift.min(32_767, (amplitude * 32_768).rounded())))
  }
  static func read(_ file: OpaquePointer, _ samples: UnsafeMutablePointer<Self>, _ frames: Int)
    -> Int
  { Int(sf_readf_short(file, samples, sf_count_t(frames))) }
  static func write(_ file: OpaquePointer, _ samples: UnsafePointer<Self>, _ frames: Int) -> Int {
    Int(sf_writef_short(file, samples, sf_count_t(frames)))
  }
}

extension Int32: Sample {
  static var fullScale: Float { 2_147_483_648 }
  var number: Float { Float(self) }
  init(amplitude: Float) {
    self = Int32(
      Swift.max(
        -2_147_483_648, Swift.min(2_147_483_647, (Double(amplitude) * 2_147_483_648).rounded())))
  }
  static func read(_ file: OpaquePointer, _ samples: UnsafeMutablePointer<Self>, _ frames: Int)
    -> Int
  { Int(sf_readf_int(file, samples, sf_count_t(frames))) }
  static func write(_ file: OpaquePointer, _ samples: UnsafePointer<Self>, _ frames: Int) -> Int {
    Int(sf_writef_int(file, samples, sf_count_t(frames)))
  }
}

extension Float: Sample {
  static var fullScale: Float { 1 }
  var number: Float { isFinite ? self : 0 }
  init(amplitude: Float) { self = amplitude }
  static func read(_ file: OpaquePointer, _ samples: UnsafeMutablePointer<Self>, _ frames: Int)
    -> Int
  { Int(sf_readf_float(file, samples, sf_count_t(frames))) }
  static func write(_ file: OpaquePointer, _ samples: UnsafePointer<Self>, _ frames: Int) -> Int {
    Int(sf_writef_float(file, samples, sf_count_t(frames)))
  }
}

extension Double: Sample {
  static var fullScale: Float { 1 }
  var number: Float {
    let value = Float(self)
    return value.isFinite ? value : 0
  }
  init(amplitude: Float) { self = Double(amplitude) }
  static func read(_ file: OpaquePointer, _ samples: UnsafeMutablePointer<Self>, _ frames: Int)
    -> Int
  { Int(sf_readf_double(file, samples, sf_count_t(frames))) }
  static func write(_ file: OpaquePointer, _ samples: UnsafePointer<Self>, _ frames: Int) -> Int {
    Int(sf_writef_double(file, samples, sf_count_t(frames)))
  }
}
