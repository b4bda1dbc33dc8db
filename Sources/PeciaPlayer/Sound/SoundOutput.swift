import Foundation

/// Where sound goes.
///
/// It is made, used and let go on the playback's own thread.
///
/// `write` takes 10 ms or so at a time and waits where the device asks for it; the thread itself
/// keeps real time, so an output never has to hold more than a few blocks.
protocol SoundOutput {
  /// Sends frames, interleaved.
  ///
  /// - Throws: `OutputError` where nothing can be heard any more.
  mutating func write(_ samples: [Float]) throws
  /// Ends in good order what was begun: a file's header, a player's process.
  mutating func close()
}

/// What a person may ask for by `--output`.
public enum OutputChoice: Equatable, Sendable {
  /// The best that is there.
  case automatic
  case none
  /// A WAV file of 16 bits, of what is heard while it plays.
  case file(path: String)

  /// Reads `auto`, `none` and `file:OUT.wav`; nil for anything else.
  public init?(_ text: String) {
    switch text {
    case "auto": self = .automatic
    case "none": self = .none
    case _ where text.hasPrefix("file:") && text.count > 5:
      self = .file(path: String(text.dropFirst(5)))
    default: return nil
    }
  }
}

/// Why no sound comes out.
enum OutputError: Error, Equatable, CustomStringConvertible {
  case gone(player: String)
  case unwritable(path: String, reason: String)
  case device(reason: String)

  var description: String {
    switch self {
    case .gone(let player): "‘\(player)’ has stopped taking sound"
    case .unwritable(let path, let reason): "cannot write ‘\(path)’: \(reason)"
    case .device(let reason): "the sound device does not play: \(reason)"
    }
  }
}

/// No sound, in real time.
struct SilentOutput: SoundOutput {
  mutating func write(_ samples: [Float]) {}
  mutating func close() {}
}

/// A WAV file of what was heard: PCM, 16 bits.
///
/// The header holds after every block.
struct FileOutput: SoundOutput {
  private let handle: FileHandle
  private let path: String
  private let rate: Int
  private let channels: Int
  private var bytes = 0

  init(path: String, rate: Int, channels: Int) throws(OutputError) {
    self.path = path
    self.rate = rate
    self.channels = channels
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else { throw .unwritable(path: path, reason: String(cString: strerror(errno))) }
    self.handle = handle
    do { try handle.write(contentsOf: header) } catch {
      throw .unwritable(path: path, reason: error.localizedDescription)
    }
  }

  mutating func write(_ samples: [Float]) throws {
    let data = samples.pcm16
    do {
      try handle.write(contentsOf: data)
      bytes += data.count
    } catch { throw OutputError.unwritable(path: path, reason: error.localizedDescription) }
  }

  mutating func close() {
    // A header that cannot be written leaves a file that most programs still read to its end.
    try? handle.seek(toOffset: 0)
    try? handle.write(contentsOf: header)
    _ = try? handle.seekToEnd()
  }

  private var header: Data {
    var data = Data("RIFF".utf8)
    func add(_ value: Int, _ count: Int) {
      for index in 0..<count { data.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
    add(36 + bytes, 4)
    data += Data("WAVEfmt ".utf8)
    add(16, 4)
    add(1, 2)
    add(channels, 2)
    add(rate, 4)
    add(rate * channels * 2, 4)
    add(channels * 2, 2)
    add(16, 2)
    data += Data("data".utf8)
    add(bytes, 4)
    return data
  }
}

extension [Float] {
  /// The samples as 16-bit integers, little end first.
  var pcm16: Data {
    var data = Data(capacity: count * 2)
    for sample in self {
      let scaled = (sample * 32_768).rounded()
      let value = Int16(Swift.min(Swift.max(scaled, -32_768), 32_767))
      data.append(UInt8(truncatingIfNeeded: value))
      data.append(UInt8(truncatingIfNeeded: value >> 8))
    }
    return data
  }
}
