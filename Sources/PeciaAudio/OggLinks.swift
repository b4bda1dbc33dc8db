/// The streams that stand one behind the other in an Ogg file.
struct OggLinks: Equatable {
  struct Link: Equatable {
    var range: Range<Int>
    /// What its first packet begins with, from its second byte on (`vorbis`, `FLAC`).
    var coder: String
    /// Whether it ends with the page that says so.
    var isClosed = false
    /// The frames that it states it holds, where it is FLAC and does.
    var frames: Int?
  }
  var links: [Link] = []
  /// Pages that their numbers say are missing.
  var missingPages = 0
  /// Whether several streams are woven into each other.
  var isWoven = false
  /// Bytes at the end that are no whole page.
  var rest = 0

  /// Nil where the file does not begin with an Ogg page.
  init?(in file: inout FileBytes) {
    guard file.name(0) == "OggS" else { return nil }
    var offset = 0
    var numbers: [Int: Int] = [:]
    var isBeginning = true
    while offset + 27 <= file.count {
      guard file.name(offset) == "OggS", let flags = file.number(offset + 5, 1),
        let serial = file.number(offset + 14, 4), let number = file.number(offset + 18, 4),
        let segments = file.number(offset + 26, 1)
      else {
        offset += 1
        continue
      }
      let length = 27 + segments + file.bytes(offset + 27, segments).reduce(0) { $0 + Int($1) }
      guard offset + length <= file.count else { break }
      if flags & 2 != 0 {
        if isBeginning, !links.isEmpty {
          isWoven = true
        } else {
          let packet = file.bytes(offset + 27 + segments, 8)
          links.append(
            Link(
              range: offset..<offset, coder: String(decoding: packet, as: UTF8.self),
              frames: Self.flacFrames(in: &file, at: offset + 27 + segments)))
        }
        isBeginning = true
      } else {
        isBeginning = false
      }
      if let last = numbers[serial], flags & 2 == 0 { missingPages += max(0, number - last - 1) }
      numbers[serial] = number
      offset += length
      if let last = links.indices.last {
        links[last].range = links[last].range.lowerBound..<offset
        links[last].isClosed = flags & 4 != 0
      }
    }
    rest = file.count - (links.last?.range.upperBound ?? 0)
  }

  /// The frames that an Ogg FLAC's first packet states, the last 36 bits of eight bytes; nil where
  /// it is none, or was written without a way back.
  private static func flacFrames(in file: inout FileBytes, at packet: Int) -> Int? {
    guard file.name(packet + 1) == "FLAC", file.name(packet + 9) == "fLaC",
      let number = file.number(packet + 27, 8, bigEndian: true)
    else { return nil }
    let frames = number & 0xF_FFFF_FFFF
    return frames > 0 ? frames : nil
  }
}
