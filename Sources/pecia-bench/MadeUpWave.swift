import Foundation
import PeciaCore

/// A WAV of 16 kHz, 16 bits, one channel: bursts that stand for words, pauses, and a bed of noise.
///
/// It is written bit by bit: a program that is measured begins with the memory of the one that
/// starts it.
struct MadeUpWave {
  private static let rate = 16_000

  var seconds: Int
  var seed: UInt64 = 1274

  func write(to file: URL) throws {
    try header.write(to: file)
    let handle = try FileHandle(forWritingTo: file)
    defer { try? handle.close() }
    try handle.seekToEnd()
    var random = SplitMix64(seed: seed)
    var rest = seconds * Self.rate
    while rest > 0 {
      var samples: [Int16] = []
      while samples.count < min(rest, 60 * Self.rate) { Self.addWord(to: &samples, &random) }
      samples.removeLast(max(0, samples.count - rest))
      rest -= samples.count
      try samples.withUnsafeBytes { try handle.write(contentsOf: Data($0)) }
    }
  }

  /// A word and the pause behind it.
  private static func addWord(to samples: inout [Int16], _ random: inout SplitMix64) {
    let word = Int.random(in: rate / 8...rate / 2, using: &random)
    let isLong = Int.random(in: 0..<5, using: &random) == 0
    let pause = Int.random(in: isLong ? rate / 4...rate : rate / 30...rate / 8, using: &random)
    let pitch = Double.random(in: 0.04...0.09, using: &random)
    for index in 0..<word + pause {
      let time = Double(index) * pitch
      let tone =
        index < word ? 3_000 * sin(time) + 1_500 * sin(4.1 * time) + 700 * sin(13.3 * time) : 0
      samples.append(Int16(tone) + Int16.random(in: -150...150, using: &random))
    }
  }

  private var header: Data {
    func bytes(_ value: Int, _ count: Int) -> Data {
      Data((0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) })
    }
    let (size, rate) = (seconds * Self.rate * 2, Self.rate)
    var header = Data("RIFF".utf8) + bytes(36 + size, 4) + Data("WAVEfmt ".utf8) + bytes(16, 4)
    header += bytes(1, 2) + bytes(1, 2) + bytes(rate, 4) + bytes(2 * rate, 4) + bytes(2, 2)
    return header + bytes(16, 2) + Data("data".utf8) + bytes(size, 4)
  }
}
