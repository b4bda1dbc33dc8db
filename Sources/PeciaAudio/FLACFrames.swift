import Foundation

/// The whole frames of a FLAC file, found one by one: what it holds on both sides of damage.
///
/// A frame is whole where both its checksums are right (RFC 9639, section 9).
struct FLACFrames {
  /// Whole frames one behind the other.
  struct Row: Hashable {
    /// Where they stand in the file.
    var bytes: Range<Int>
    /// The sample frames they hold, on the clock of the undamaged recording.
    var frames: Range<Int>
  }
  private(set) var rows: [Row] = []
  private let streamInfo: [UInt8]

  /// How many sample frames the rows hold.
  var count: Int { rows.reduce(0) { $0 + $1.frames.count } }

  /// Nil for what is no FLAC file.
  init?(path: String) {
    guard let file = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped),
      file.count > 42, file.starts(with: Array("fLaC".utf8)), file[4] & 0x7F == 0
    else { return nil }
    streamInfo = Array(file[8..<42])
    let blockSize = Int(streamInfo[0]) << 8 | Int(streamInfo[1])
    rows = file.withUnsafeBytes { Self.rows(in: $0, blockSize: blockSize) }
  }

  /// A header that makes a file of its own of `row`.
  ///
  /// It states the frames up to the row's end on the old clock, because a decoder compares them
  /// with the numbers that the frames carry, and no checksum of the whole.
  func header(for row: Row) -> [UInt8] {
    var info = streamInfo
    let total = row.frames.upperBound
    info[13] = info[13] & 0xF0 | UInt8(truncatingIfNeeded: total >> 32 & 15)
    for index in 0..<4 { info[14 + index] = UInt8(truncatingIfNeeded: total >> (24 - 8 * index)) }
    for index in 18..<34 { info[index] = 0 }
    return Array("fLaC".utf8) + [0x80, 0, 0, 34] + info
  }

  private static func rows(in file: UnsafeRawBufferPointer, blockSize: Int) -> [Row] {
    var rows: [Row] = []
    var next = Header.next(in: file, from: 42)
    while let header = next {
      guard let end = header.end(in: file) else {
        next = Header.next(in: file, from: header.place + 2)
        continue
      }
      let start = header.isNumberedByFrame ? header.number * blockSize : header.number
      let frames = start..<start + header.samples
      if let last = rows.last, last.bytes.upperBound == header.place,
        last.frames.upperBound == start
      {
        rows[rows.count - 1].bytes = last.bytes.lowerBound..<end
        rows[rows.count - 1].frames = last.frames.lowerBound..<frames.upperBound
      } else if start >= rows.last?.frames.upperBound ?? 0 {
        rows.append(Row(bytes: header.place..<end, frames: frames))
      }
      next = Header.next(in: file, from: end)
    }
    return rows
  }
}

/// What a frame begins with.
private struct Header {
  /// The most bytes that a frame is sought over.
  private static let longest = 1 << 20

  var place: Int
  /// Of the frame or of its first sample.
  var number: Int
  var isNumberedByFrame: Bool
  /// Sample frames in it.
  var samples: Int

  /// The first header at `start` or behind it.
  static func next(in file: UnsafeRawBufferPointer, from start: Int) -> Header? {
    guard let base = file.baseAddress else { return nil }
    var place = start
    while place + 6 < file.count {
      guard let found = memchr(base + place, 0xFF, file.count - place) else { return nil }
      place = base.distance(to: UnsafeRawPointer(found))
      if let header = Header(in: file, at: place) { return header }
      place += 1
    }
    return nil
  }

  init?(in file: UnsafeRawBufferPointer, at place: Int) {
    guard place + 16 < file.count, file[place] == 0xFF, file[place + 1] & 0xFE == 0xF8,
      file[place + 3] & 1 == 0
    else { return nil }
    self.place = place
    isNumberedByFrame = file[place + 1] & 1 == 0
    let (sizeCode, rateCode) = (Int(file[place + 2] >> 4), Int(file[place + 2] & 15))
    var offset = place + 4
    let lead = file[offset]
    let more = max(0, (~lead).leadingZeroBitCount - 1)
    guard lead < 0x80 || (0xC0..<0xFF).contains(lead) else { return nil }
    number = Int(lead) & (0x7F >> (more == 0 ? 0 : more + 1))
    for _ in 0..<more {
      offset += 1
      guard file[offset] & 0xC0 == 0x80 else { return nil }
      number = number << 6 | Int(file[offset] & 0x3F)
    }
    offset += 1
    switch sizeCode {
    case 1: samples = 192
    case 2...5: samples = 576 << (sizeCode - 2)
    case 6:
      samples = Int(file[offset]) + 1
      offset += 1
    case 7:
      samples = (Int(file[offset]) << 8 | Int(file[offset + 1])) + 1
      offset += 2
    case 8...15: samples = 256 << (sizeCode - 8)
    default: return nil
    }
    offset += [12: 1, 13: 2, 14: 2][rateCode] ?? 0
    guard rateCode != 15, offset < file.count else { return nil }
    var check: UInt8 = 0
    for byte in file[place...offset] {
      check ^= byte
      for _ in 0..<8 { check = check << 1 ^ (check & 0x80 == 0 ? 0 : 0x07) }
    }
    guard check == 0 else { return nil }
  }

  /// Where the frame ends, if it is whole: at another header or at the file's end, with the right
  /// checksum before it.
  func end(in file: UnsafeRawBufferPointer) -> Int? {
    var check: UInt16 = 0
    var start = place
    while start < min(file.count, place + Self.longest) {
      let stop = Header.next(in: file, from: start + 1)?.place ?? file.count
      for byte in file[start..<stop] {
        check = check << 8 ^ Self.remainders[Int(check >> 8) ^ Int(byte)]
      }
      if check == 0 { return stop }
      start = stop
    }
    return nil
  }

  /// The checksum 0x8005 of each byte.
  private static let remainders: [UInt16] = (0..<256).map { byte in
    (0..<8).reduce(UInt16(byte) << 8) { check, _ in
      check << 1 ^ (check & 0x8000 == 0 ? 0 : 0x8005)
    }
  }
}
