import Foundation

/// Sound that tests make: bursts of a tone that rises, with pauses between them.
enum TestSound {
  static let rate = 16_000

  static func wav(seconds: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ value: Int, _ count: Int) {
      for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
    }
    let size = seconds * rate * 2
    bytes += Array("RIFF".utf8)
    add(36 + size, 4)
    bytes += Array("WAVEfmt ".utf8)
    add(16, 4)
    add(1, 2)
    add(1, 2)
    add(rate, 4)
    add(rate * 2, 4)
    add(2, 2)
    add(16, 2)
    bytes += Array("data".utf8)
    add(size, 4)
    for frame in 0..<(seconds * rate) {
      let time = Double(frame) / Double(rate)
      let burst = time.truncatingRemainder(dividingBy: 2.5) < 2 ? 0.3 : 0.001
      let value = burst * sin(2 * .pi * (180 + 5 * time) * time)
      add(Int((value * 32_767).rounded()), 2)
    }
    return bytes
  }

  /// The samples of a WAV file with a header of 44 bytes.
  static func samples(ofWAV data: Data) -> [Int16] {
    let bytes = Array(data.dropFirst(44))
    return stride(from: 0, to: bytes.count - 1, by: 2).map {
      Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
  }
}
