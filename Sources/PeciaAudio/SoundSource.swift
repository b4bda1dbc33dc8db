import CSndfile
import Foundation

/// A sound file that has been looked at: what it holds, and how to read all of it.
///
/// libsndfile is not believed where it is known to be wrong; see `SoundSource+Examination`.
public struct SoundSource: Hashable, Sendable {
  /// A part of the file that libsndfile reads at one go.
  struct Part: Hashable, Sendable {
    /// Bytes of the file; nil for the whole of it as it is.
    var range: Range<Int>?
    /// Bytes that stand before the range in place of the file's beginning.
    var header: [UInt8] = []
    var patches: [FileWindow.Patch] = []
    /// Frames before it that the file lacks; they are read as silence.
    var silence = 0
    /// How many times its length is claimed to libsndfile.
    var stretch = 1
  }

  public let path: String
  /// What messages call it.
  public let name: String
  public internal(set) var format: SoundFormat
  /// One behind the other they are the recording.
  var parts: [Part]
  /// What the file says, or what was counted in it; nil where it says nothing that can be believed.
  var declaredFrames: Int?
  /// How many frames fewer than declared are no loss: what a coder leaves out at the ends.
  var tolerance = 0
  /// Whether a seek lands exactly where it should, and costs less than reading on.
  var seeksExactly: Bool
  /// How long the recording probably is, in frames; nil where the file does not say.
  public var expectedFrames: Int? { declaredFrames }
  /// Whether reading may start anywhere at no cost.
  public var startsAnywhere: Bool { seeksExactly }
  /// What is wrong with the file, one sentence each.
  public internal(set) var warnings: [String] = []

  /// Opens it for reading from the start.
  func reader() throws -> SoundReader { try SoundReader(self) }
}

/// Reads a source's frames in order, across its parts.
struct SoundReader: ~Copyable {
  private let source: SoundSource
  private var part = 0
  private var file: SoundFile
  /// Frames of silence that come before the part goes on.
  private var silence: Int
  /// The frame that comes next, on the recording's clock.
  private(set) var position = 0

  init(_ source: SoundSource) throws {
    self.source = source
    file = try Self.open(source.path, source.parts[0])
    silence = source.parts[0].silence
  }

  static func open(_ path: String, _ part: SoundSource.Part) throws -> SoundFile {
    guard let range = part.range else { return try SoundFile(reading: path) }
    return try SoundFile(
      reading: FileWindow(
        path: path, header: part.header, range: range, patches: part.patches,
        stretch: part.stretch),
      of: path)
  }

  /// Fills `samples` with up to `frames` frames, interleaved; gives how many there were.
  ///
  /// Fewer than asked for only at the recording's end.
  mutating func read<S: Sample>(_ samples: UnsafeMutablePointer<S>, _ frames: Int) throws -> Int {
    var got = 0
    while got < frames {
      if silence > 0 {
        let count = min(silence, frames - got)
        (samples + got * source.format.channels)
          .update(repeating: .zero, count: count * source.format.channels)
        (silence, got) = (silence - count, got + count)
        continue
      }
      let count = S.read(file.handle, samples + got * source.format.channels, frames - got)
      if count > 0 {
        got += count
      } else if part + 1 < source.parts.count {
        part += 1
        file = try Self.open(source.path, source.parts[part])
        silence = source.parts[part].silence
      } else {
        break
      }
    }
    position += got
    return got
  }

  /// Goes on to the frame `target`, which does not lie behind; reads on where no seek is sure.
  mutating func skip(to target: Int) throws {
    precondition(target >= position, "a reader only goes forward")
    guard target > position else { return }
    if source.seeksExactly, sf_seek(file.handle, sf_count_t(target), SEEK_SET) == sf_count_t(target)
    {
      position = target
      return
    }
    let channels = source.format.channels
    try withUnsafeTemporaryAllocation(of: Float.self, capacity: 4096 * channels) { scratch in
      guard let base = scratch.baseAddress else { return }
      while position < target {
        try Task.checkCancellation()
        let got = try read(base, min(4096, target - position))
        guard got > 0 else { return }
      }
    }
  }
}
