import Foundation

/// A file's bytes, read in blocks where they are asked for.
struct FileBytes: ~Copyable {
  let count: Int
  private let descriptor: CInt
  private var block: [UInt8] = []
  private var start = 0

  /// - Throws: `AudioError.unreadable` where it is no file with something in it.
  init(path: String) throws {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw AudioError.unreadable(path: path, reason: lastSystemError().lowercased())
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw AudioError.unreadable(path: path, reason: "it is no regular file")
    }
    guard status.st_size > 0 else {
      close(descriptor)
      throw AudioError.unreadable(path: path, reason: "the file is empty")
    }
    count = Int(status.st_size)
  }
  deinit { close(descriptor) }

  /// The bytes from `offset` on; fewer than `length` at the file's end.
  mutating func bytes(_ offset: Int, _ length: Int) -> ArraySlice<UInt8> {
    guard offset >= 0, offset < count else { return [] }
    if offset < start || offset + length > start + block.count {
      start = offset
      block = [UInt8](unsafeUninitializedCapacity: max(length, 1 << 16)) { [descriptor] in
        $1 = max(0, pread(descriptor, $0.baseAddress, $0.count, off_t(offset)))
      }
    }
    return block[(offset - start)..<min(block.count, offset - start + length)]
  }

  /// An unsigned number of `length` bytes, least first or most first; nil beyond the end.
  mutating func number(_ offset: Int, _ length: Int, bigEndian: Bool = false) -> Int? {
    let bytes = bytes(offset, length)
    guard bytes.count == length else { return nil }
    let value = (bigEndian ? Array(bytes) : bytes.reversed()).reduce(UInt64(0)) {
      $0 << 8 | UInt64($1)
    }
    return Int(exactly: value)
  }

  /// Four characters that name a chunk.
  mutating func name(_ offset: Int) -> String {
    String(decoding: bytes(offset, 4), as: UTF8.self)
  }
}
