import Foundation

/// PortAudio made ready ahead: to find the devices takes longer than a key may take to be heard.
struct PortAudioAhead {
  private let library: UnsafeMutableRawPointer

  /// - Returns: nil where there is no PortAudio.
  init?(names: [String] = PortAudio.names) {
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else { return nil }
    guard let initialise = dlsym(library, "Pa_Initialize"),
      unsafeBitCast(initialise, to: PortAudio.Simple.self)() == 0
    else {
      dlclose(library)
      return nil
    }
    self.library = library
  }

  func close() {
    // PortAudio counts: each beginning has its end.
    if let terminate = dlsym(library, "Pa_Terminate") {
      _ = unsafeBitCast(terminate, to: PortAudio.Simple.self)()
    }
    dlclose(library)
  }
}

/// PortAudio, loaded while the program runs: it need not be there, neither to build nor to run.
///
/// The blocking interface is used: `write` returns when the device has room.
struct PortAudio: SoundOutput {
  fileprivate typealias Simple = @convention(c) () -> CInt
  private typealias OfStream = @convention(c) (OpaquePointer?) -> CInt
  private typealias Write =
    @convention(c) (OpaquePointer?, UnsafeRawPointer?, CUnsignedLong) -> CInt
  private typealias Open =
    @convention(c) (
      UnsafeMutablePointer<OpaquePointer?>?, UnsafeRawPointer?, UnsafeRawPointer?, Double,
      CUnsignedLong, CUnsignedLong, UnsafeRawPointer?, UnsafeMutableRawPointer?
    ) -> CInt

  /// `PaStreamParameters`.
  private struct Parameters {
    var device: CInt
    var channels: CInt
    /// 1 is 32-bit float.
    var format: CUnsignedLong = 1
    /// Seconds.
    var latency: Double
    var specific: UnsafeMutableRawPointer?
  }

  /// The names that the library goes by.
  static let names = [
    "libportaudio.so.2", "libportaudio.so", "libportaudio.2.dylib", "libportaudio.dylib",
  ]
  /// Whether the library can be loaded.
  static var isInstalled: Bool {
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_LAZY) }).first else { return false }
    dlclose(library)
    return true
  }

  /// `paOutputUnderflowed`: there was silence in between, which is no fault of what comes.
  private static let underflowed: CInt = -9980

  private let library: UnsafeMutableRawPointer
  private let stream: OpaquePointer
  private let channels: Int
  private let write: Write

  /// Opens the standard device.
  ///
  /// - Returns: nil where there is no PortAudio, or no device that it can open.
  init?(rate: Int, channels: Int, names: [String] = PortAudio.names) {
    guard let library = names.lazy.compactMap({ dlopen($0, RTLD_NOW) }).first else { return nil }
    func symbol<T>(_ name: String, as type: T.Type) -> T? {
      dlsym(library, name).map { unsafeBitCast($0, to: type) }
    }
    guard let initialise = symbol("Pa_Initialize", as: Simple.self),
      let terminate = symbol("Pa_Terminate", as: Simple.self),
      let device = symbol("Pa_GetDefaultOutputDevice", as: Simple.self),
      let open = symbol("Pa_OpenStream", as: Open.self),
      let start = symbol("Pa_StartStream", as: OfStream.self),
      let write = symbol("Pa_WriteStream", as: Write.self), initialise() == 0
    else {
      dlclose(library)
      return nil
    }
    var stream: OpaquePointer?
    let number = device()
    var parameters = Parameters(device: number, channels: CInt(channels), latency: 0.02)
    guard number >= 0, open(&stream, nil, &parameters, Double(rate), 256, 0, nil, nil) == 0,
      let stream, start(stream) == 0
    else {
      _ = terminate()
      dlclose(library)
      return nil
    }
    self.library = library
    self.stream = stream
    self.channels = channels
    self.write = write
  }

  mutating func write(_ samples: [Float]) throws {
    let status = samples.withUnsafeBytes {
      write(stream, $0.baseAddress, CUnsignedLong(samples.count / channels))
    }
    guard status == 0 || status == Self.underflowed else {
      throw OutputError.device(reason: "PortAudio says \(status)")
    }
  }

  mutating func close() {
    for name in ["Pa_AbortStream", "Pa_CloseStream"] {
      if let symbol = dlsym(library, name) {
        _ = unsafeBitCast(symbol, to: OfStream.self)(stream)
      }
    }
    if let symbol = dlsym(library, "Pa_Terminate") {
      _ = unsafeBitCast(symbol, to: Simple.self)()
    }
    dlclose(library)
  }
}
