import Foundation

/// Another program that plays what it is given: found in `PATH`, fed through a short pipe.
struct PipeOutput: SoundOutput {
  private let process: Process
  private let pipe: Pipe
  private let name: String
  /// Frames a second, and samples a frame.
  private let rate: Int
  private let channels: Int
  /// When it was given samples last; nil before the first.
  private var last: ContinuousClock.Instant?
  /// `F_SETPIPE_SZ` of Linux, which its headers hide.
  private let setPipeSize: CInt = 1031

  /// The programs that are tried, best first.
  static let players = ["pw-cat", "paplay", "aplay", "ffplay", "play"]

  /// What `name` must be told to play raw 16-bit samples from standard input with little delay.
  static func arguments(of name: String, rate: Int, channels: Int) -> [String] {
    let (rate, channels) = ("\(rate)", "\(channels)")
    switch name {
    case "pw-cat":
      return [
        "--playback", "--format", "s16", "--rate", rate, "--channels", channels, "--latency",
        "60ms",
        "-",
      ]
    case "paplay":
      return [
        "--raw", "--format=s16le", "--rate=\(rate)", "--channels=\(channels)",
        // With less it runs dry, and puts silence in, whenever the machine is busy.
        "--latency-msec=60", "--client-name=pecia",
      ]
    case "aplay":
      return [
        "-q", "-t", "raw", "-f", "S16_LE", "-r", rate, "-c", channels, "--buffer-time=40000", "-",
      ]
    case "ffplay":
      return [
        "-nodisp", "-autoexit", "-loglevel", "quiet", "-fflags", "nobuffer",
        // Else it waits for some seconds of sound before it lets the first of it be heard.
        "-probesize", "32", "-analyzeduration", "0", "-f", "s16le",
        "-ar", rate, "-ch_layout", channels == "1" ? "mono" : "stereo", "-i", "pipe:0",
      ]
    default:
      return [
        "-q", "--buffer", "1024", "-t", "raw", "-e", "signed-integer", "-b", "16", "-r", rate,
        "-c", channels, "-",
      ]
    }
  }

  /// Milliseconds of silence that go before sound, at the start and after a gap.
  ///
  /// What listens to the monitor of one of PulseAudio's sinks lacks up to half the latency of what
  /// comes first, and less of it after a gap (the sink itself plays it): silence is lost instead.
  /// PulseAudio waits for more than this before it begins, so nothing is heard later for it.
  static func lead(of name: String, atStart: Bool) -> Int {
    name == "paplay" ? atStart ? 40 : 20 : 0
  }

  /// Where `name` stands in the folders of `path`; nil where it is in none.
  static func program(_ name: String, path: String) -> URL? {
    path.split(separator: ":").map { URL(filePath: String($0)).appending(path: name) }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  /// What else the `pw-cat` at `program` must be told to take samples without a header; nil where
  /// it cannot take them.
  ///
  /// Before 1.2 that is what `-` means by itself; early ones read files alone.
  static func rawOptions(ofPipeWire program: URL) -> [String]? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = program
    process.arguments = ["--help"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    guard (try? process.run()) != nil else { return nil }
    let bytes = (try? pipe.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    let help = String(decoding: bytes, as: UTF8.self)
    if help.contains("--raw") { return ["--raw"] }
    return help.contains("<file>|-") ? [] : nil
  }

  init(program: URL, rate: Int, channels: Int) throws {
    name = program.lastPathComponent
    (self.rate, self.channels) = (rate, channels)
    guard let raw = name == "pw-cat" ? Self.rawOptions(ofPipeWire: program) : [] else {
      throw OutputError.gone(player: name)
    }
    process = Process()
    pipe = Pipe()
    process.executableURL = program
    process.arguments = raw + Self.arguments(of: name, rate: rate, channels: channels)
    process.standardInput = pipe
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { throw OutputError.gone(player: name) }
    #if os(Linux)
      // As short as the system allows: what waits in the pipe is heard after a pause.
      _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, setPipeSize, CInt(4096))
    #endif
  }

  mutating func write(_ samples: [Float]) throws {
    guard process.isRunning else { throw OutputError.gone(player: name) }
    let now = ContinuousClock.now
    if last.map({ $0.duration(to: now) > .milliseconds(100) }) ?? true {
      let silence = rate * Self.lead(of: name, atStart: last == nil) / 1000 * channels
      try send([Float](repeating: 0, count: silence).pcm16)
    }
    last = now
    try send(samples.pcm16)
  }

  private func send(_ data: Data) throws {
    let descriptor = pipe.fileHandleForWriting.fileDescriptor
    let whole = data.withUnsafeBytes { bytes -> Bool in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.write(
          descriptor, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }
    if !whole { throw OutputError.gone(player: name) }
  }

  mutating func close() {
    try? pipe.fileHandleForWriting.close()
    if process.isRunning { process.terminate() }
  }
}
