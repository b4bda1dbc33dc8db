import CSndfile
import Foundation

/// A file that libsndfile writes into memory, so that it reaches the disk whole or not at all.
final class MemoryFile {
  private(set) var bytes: [UInt8] = []
  fileprivate var position = 0

  init(reserving capacity: Int) { bytes.reserveCapacity(capacity) }

  func seek(_ offset: Int, _ whence: CInt) -> Int {
    let base =
      switch whence {
      case SEEK_CUR: position
      case SEEK_END: bytes.count
      default: 0
      }
    position = max(0, base + offset)
    return position
  }

  func read(_ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    let got = max(0, min(count, bytes.count - position))
    bytes.withUnsafeBytes { source in
      guard got > 0, let base = source.baseAddress else { return }
      target.copyMemory(from: base + position, byteCount: got)
    }
    position += got
    return got
  }

  func write(_ source: UnsafeRawPointer, _ count: Int) -> Int {
    let source = UnsafeRawBufferPointer(start: source, count: count)
    if position > bytes.count { bytes += repeatElement(0, count: position - bytes.count) }
    let inside = min(count, bytes.count - position)
    if inside > 0 {
      bytes.withUnsafeMutableBytes { target in
        UnsafeMutableRawBufferPointer(rebasing: target[position..<position + inside])
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[..<inside]))
      }
    }
    bytes.append(contentsOf: source[inside...])
    position += count
    return count
  }

  /// Puts the bytes on the disk under a passing name, then in one step under `path`.
  func save(to path: String) throws {
    let part = path + ".part"
    do {
      try bytes.withUnsafeBytes { try write($0, to: part) }
      guard rename(part, path) == 0 else {
        throw AudioError.unwritable(path: path, reason: lastSystemError().lowercased())
      }
    } catch {
      unlink(part)
      throw error
    }
  }

  private func write(_ bytes: UnsafeRawBufferPointer, to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else {
      throw AudioError.unwritable(path: path, reason: lastSystemError().lowercased())
    }
    defer { close(descriptor) }
    var rest = bytes
    while !rest.isEmpty {
      let count = Foundation.write(descriptor, rest.baseAddress, rest.count)
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        throw AudioError.unwritable(path: path, reason: lastSystemError().lowercased())
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// What libsndfile calls; its last argument is an unretained `MemoryFile`.
  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(file($0)?.bytes.count ?? 0) },
      seek: { offset, whence, user in sf_count_t(file(user)?.seek(Int(offset), whence) ?? 0) },
      read: { bytes, count, user in
        guard let bytes else { return 0 }
        return sf_count_t(file(user)?.read(bytes, Int(count)) ?? 0)
      },
      write: { bytes, count, user in
        guard let bytes else { return 0 }
        return sf_count_t(file(user)?.write(bytes, Int(count)) ?? 0)
      },
      tell: { sf_count_t(file($0)?.position ?? 0) })
  }
}

private func file(_ user: UnsafeMutableRawPointer?) -> MemoryFile? {
  user.map { Unmanaged<MemoryFile>.fromOpaque($0).takeUnretainedValue() }
}
