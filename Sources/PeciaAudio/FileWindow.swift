import CSndfile
import Foundation

/// A stretch of a file that libsndfile reads as if it were the whole, with some bytes put right.
///
/// It hides what libsndfile would believe and should not: a tag that lies about the length, a data
/// size of 0, the links before and behind in a chained Ogg.
final class FileWindow {
  /// Bytes that stand at `offset` of the window in place of the file's own.
  struct Patch: Hashable, Sendable {
    var offset: Int
    var bytes: [UInt8]
  }

  private let descriptor: CInt
  /// What is read before the range, as if it stood in the file.
  private let header: [UInt8]
  private let range: Range<Int>
  private let patches: [Patch]
  /// What is claimed of the length.
  ///
  /// An MP3's is stretched: libsndfile guesses from it how many frames there are, and stops reading
  /// there; the true end is where no bytes come.
  fileprivate let length: Int
  fileprivate var position = 0

  /// - Throws: `AudioError.unreadable` where the file does not open.
  init(
    path: String, header: [UInt8], range: Range<Int>, patches: [Patch], stretch: Int
  ) throws {
    length = header.count + range.count * stretch
    descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else {
      throw AudioError.unreadable(path: path, reason: lastSystemError())
    }
    self.header = header
    self.range = range
    self.patches = patches
  }
  deinit { close(descriptor) }

  func seek(_ offset: Int, _ whence: CInt) -> Int {
    let base =
      switch whence {
      case SEEK_CUR: position
      case SEEK_END: length
      default: 0
      }
    position = min(max(base + offset, 0), length)
    return position
  }

  func read(_ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    if position < header.count {
      let (start, got) = (position, min(count, header.count - position))
      header.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(start: bytes, count: got)
          .copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + got]))
      }
      position += got
      return got + (got < count ? read(bytes + got, count - got) : 0)
    }
    let place = position - header.count
    guard place <= range.count else { return nothing(bytes, min(count, length - position)) }
    let wished = min(count, range.count - place)
    guard wished > 0 else { return 0 }
    let got = max(0, pread(descriptor, bytes, wished, off_t(range.lowerBound + place)))
    for patch in patches {
      for (index, byte) in patch.bytes.enumerated() {
        let place = patch.offset + index - position
        if (0..<got).contains(place) {
          bytes.storeBytes(of: byte, toByteOffset: place, as: UInt8.self)
        }
      }
    }
    position += got
    return got
  }

  /// Zeros for whoever looks into the stretched end, as for a tag there; whoever reads on from the
  /// last byte does not come here, and finds the end.
  private func nothing(_ bytes: UnsafeMutableRawPointer, _ count: Int) -> Int {
    let count = max(0, count)
    bytes.initializeMemory(as: UInt8.self, repeating: 0, count: count)
    position += count
    return count
  }

  /// What libsndfile calls; its last argument is an unretained `FileWindow`.
  static var callbacks: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(window($0)?.length ?? 0) },
      seek: { offset, whence, user in sf_count_t(window(user)?.seek(Int(offset), whence) ?? 0) },
      read: { bytes, count, user in
        guard let bytes else { return 0 }
        return sf_count_t(window(user)?.read(bytes, Int(count)) ?? 0)
      },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(window($0)?.position ?? 0) })
  }
}

private func window(_ user: UnsafeMutableRawPointer?) -> FileWindow? {
  user.map { Unmanaged<FileWindow>.fromOpaque($0).takeUnretainedValue() }
}
