/// The MPEG audio frames of a file, counted one by one: what an MP3 holds, whatever its tags say.
struct MPEGFrames: Equatable {
  /// Frames that carry sound.
  var count = 0
  var samplesPerFrame: Int
  var rate: Int
  /// Stretches of frames, parted where bytes between them would make a decoder give up.
  var ranges: [Range<Int>]
  /// A first frame without sound that states how many follow (`Xing`, `Info`, `VBRI`).
  var tag: (length: Int, frames: Int?)?
  /// Bytes between frames that belong to none.
  var junk = 0

  static func == (left: Self, right: Self) -> Bool {
    left.count == right.count && left.ranges == right.ranges
  }

  /// Counts; nil where no row of frames begins within `searching` bytes.
  init?(in file: inout FileBytes, searching: Int = 1 << 16) {
    var offset = Self.behindTag(in: &file)
    let limit = offset + searching
    while offset < limit, !Self.beginsRow(at: offset, in: &file) { offset += 1 }
    guard offset < limit, let first = Header(at: offset, in: &file) else { return nil }
    (samplesPerFrame, rate) = (first.samples, first.rate)
    ranges = [offset..<offset]
    if let frames = first.statedFrames(at: offset, in: &file) {
      tag = (first.length, frames >= 0 ? frames : nil)
      offset += first.length
    }
    var lost = 0
    while offset + 4 <= file.count {
      if let header = Header(at: offset, in: &file), header.fits(first),
        lost == 0 || Self.beginsRow(at: offset, in: &file)
      {
        guard offset + header.length <= file.count else { break }
        count += 1
        junk += lost
        if lost > 512 { ranges.append(offset..<offset) }
        lost = 0
        offset += header.length
        ranges[ranges.count - 1] = ranges[ranges.count - 1].lowerBound..<offset
      } else {
        offset += 1
        lost += 1
      }
    }
  }

  /// Where the sound begins behind an ID3 tag.
  private static func behindTag(in file: inout FileBytes) -> Int {
    let bytes = Array(file.bytes(0, 10))
    guard bytes.count == 10, bytes.starts(with: Array("ID3".utf8)) else { return 0 }
    let size = bytes[6...].reduce(0) { $0 << 7 | Int($1 & 127) }
    return min(file.count, size + (bytes[5] & 16 == 0 ? 10 : 20))
  }

  /// Whether three frames of one kind stand here in a row, or two and the file's end.
  private static func beginsRow(at offset: Int, in file: inout FileBytes) -> Bool {
    guard let first = Header(at: offset, in: &file) else { return false }
    var place = offset + first.length
    for index in 0..<2 {
      if place + 4 > file.count { return index > 0 }
      guard let next = Header(at: place, in: &file), next.fits(first) else { return false }
      place += next.length
    }
    return true
  }

  /// The four bytes that a frame begins with.
  private struct Header {
    var version: Int
    var layer: Int
    var rate: Int
    var samples: Int
    var isMono: Bool
    /// Bytes of the whole frame.
    var length: Int

    private static let rates = [44_100, 48_000, 32_000]
    /// Kilobits a second by index: layers I to III of MPEG-1, then layers I and others of MPEG-2.
    private static let bitrates = [
      [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
      [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
      [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
      [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
      [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    ]

    init?(at offset: Int, in file: inout FileBytes) {
      let bytes = Array(file.bytes(offset, 4))
      guard bytes.count == 4, bytes[0] == 0xFF, bytes[1] & 0xE0 == 0xE0 else { return nil }
      version = Int(bytes[1] >> 3 & 3)
      layer = 4 - Int(bytes[1] >> 1 & 3)
      let (bitrate, rateIndex) = (Int(bytes[2] >> 4), Int(bytes[2] >> 2 & 3))
      guard version != 1, layer < 4, (1..<15).contains(bitrate), rateIndex < 3 else { return nil }
      rate = Self.rates[rateIndex] / (version == 3 ? 1 : version == 2 ? 2 : 4)
      let row = version == 3 ? layer - 1 : layer == 1 ? 3 : 4
      let bits = Self.bitrates[row][bitrate] * 1000
      let padding = Int(bytes[2] >> 1 & 1)
      samples = layer == 1 ? 384 : layer == 3 && version != 3 ? 576 : 1152
      length =
        layer == 1 ? (12 * bits / rate + padding) * 4 : samples / 8 * bits / rate + padding
      isMono = bytes[3] >> 6 == 3
      guard length > 4 else { return nil }
    }

    func fits(_ other: Header) -> Bool {
      version == other.version && layer == other.layer && rate == other.rate
    }

    /// How many frames a tag in this frame states: -1 where it does not say, nil without a tag.
    func statedFrames(at offset: Int, in file: inout FileBytes) -> Int? {
      let place = offset + 4 + (version == 3 ? (isMono ? 17 : 32) : (isMono ? 9 : 17))
      if ["Xing", "Info"].contains(file.name(place)) {
        guard let flags = file.number(place + 4, 4, bigEndian: true), flags & 1 == 1 else {
          return -1
        }
        return file.number(place + 8, 4, bigEndian: true) ?? -1
      }
      guard file.name(offset + 36) == "VBRI" else { return nil }
      return file.number(offset + 36 + 14, 4, bigEndian: true) ?? -1
    }
  }
}
