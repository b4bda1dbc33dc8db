import Crypto
import Foundation

/// The sha256 of a file's bytes, in lower-case hexadecimal; reads in blocks.
///
/// - Throws: `AudioError.unreadable`, and `CancellationError` where the task is cancelled.
public func sha256(ofFile path: String) throws -> String {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else {
    throw AudioError.unreadable(path: path, reason: lastSystemError())
  }
  defer { close(descriptor) }
  var hash = SHA256()
  let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 64)
  defer { block.deallocate() }
  while true {
    let count = read(descriptor, block.baseAddress, block.count)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else {
      throw AudioError.unreadable(path: path, reason: lastSystemError())
    }
    guard count > 0 else { return hexadecimal(hash.finalize()) }
    hash.update(bufferPointer: UnsafeRawBufferPointer(rebasing: block[..<count]))
    try Task.checkCancellation()
  }
}

/// The sha256 of `bytes`, in lower-case hexadecimal.
func sha256(of bytes: UnsafeRawBufferPointer) -> String {
  var hash = SHA256()
  hash.update(bufferPointer: bytes)
  return hexadecimal(hash.finalize())
}

private func hexadecimal(_ digest: SHA256.Digest) -> String {
  let digits = Array("0123456789abcdef".utf8)
  return String(
    decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
}

/// What the system says of the call that has just failed.
func lastSystemError() -> String { String(cString: strerror(errno)) }
