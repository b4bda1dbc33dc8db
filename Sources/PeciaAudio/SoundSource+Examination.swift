import CSndfile
import Foundation

extension SoundSource {
  /// Looks at the file `path`: its form, its claims, and what contradicts them.
  ///
  /// - Throws: `AudioError` where it is no sound, or claims what no recording has.
  public init(examining path: String) throws {
    let size = try Self.size(of: path)
    let beginning = try Self.bytes(of: path, 0..<min(size, 4096))
    // Before any decoder sees it: that of MP3 would print its own remarks.
    if let refusal = Self.refusal(of: path, beginning: beginning) { throw refusal }
    let whole = Part(range: nil)
    let first: SoundFile
    do {
      first = try SoundReader.open(
        SoundSource(
          path: path, format: SoundFormat(rate: 1, channels: 1, depth: .coded), parts: [whole],
          seeksExactly: false), part: 0)
    } catch {
      throw AudioError.needsConversion(path: path)
    }
    let format = SoundFormat(first.info)
    self.init(path: path, format: format, parts: [whole], seeksExactly: format.depth != .coded)
    if first.info.frames >= 0, first.info.frames < 1 << 48 {
      declaredFrames = Int(first.info.frames)
    }
    try checkBounds()
  }

  private static func size(of path: String) throws -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw AudioError.unreadable(path: path, reason: lastSystemError().lowercased())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw AudioError.unreadable(
        path: path, reason: isFolder ? "it is a folder" : "it is no regular file")
    }
    guard status.st_size > 0 else {
      throw AudioError.unreadable(path: path, reason: "the file is empty")
    }
    return Int(status.st_size)
  }

  /// Some bytes of a file; fewer where it ends.
  static func bytes(of path: String, _ range: Range<Int>) throws -> [UInt8] {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw AudioError.unreadable(path: path, reason: lastSystemError().lowercased())
    }
    defer { close(descriptor) }
    return [UInt8](unsafeUninitializedCapacity: range.count) {
      $1 = max(0, pread(descriptor, $0.baseAddress, range.count, off_t(range.lowerBound)))
    }
  }

  /// What the file is, where it is certainly no sound.
  private static func refusal(of path: String, beginning: [UInt8]) -> AudioError? {
    func begins(_ text: String) -> Bool { beginning.starts(with: Array(text.utf8)) }
    let reason: String? =
      if beginning.starts(with: [0x89, 0x50, 0x4E, 0x47]) || begins("GIF8")
        || beginning.starts(with: [0xFF, 0xD8, 0xFF])
      {
        "it is a picture"
      } else if begins("%PDF") {
        "it is a PDF document"
      } else if beginning.allSatisfy({ $0 >= 32 || (9...13).contains($0) }) {
        "it is text"
      } else {
        nil
      }
    return reason.map { .unreadable(path: path, reason: $0) }
  }

  private func checkBounds() throws {
    guard SoundFormat.rateBounds.contains(format.rate) else {
      throw AudioError.outOfBounds(path: path, what: "\(format.rate) frames a second")
    }
    guard SoundFormat.channelBounds.contains(format.channels) else {
      throw AudioError.outOfBounds(path: path, what: "\(format.channels) channels")
    }
  }
}
