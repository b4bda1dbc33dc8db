/// What the header of a WAV, RF64, W64, AIFF, CAF or AU file says of the length of its samples.
struct StatedData: Equatable {
  /// Where the samples begin.
  var offset: Int
  /// How many bytes of samples the header states; nil where it leaves that open.
  var stated: Int?
  /// How many there can be at most.
  var available: Int
  /// Where a 32-bit size stands that may be put right, for plain WAV.
  var sizeOffset: Int?
  /// What is to stand in place of the size of a CAF that is cut off: libsndfile refuses it else.
  var trueSize: FileWindow.Patch?

  /// How much of what is stated is there, from 0 to 1; nil where all is, or nothing is stated.
  var share: Double? {
    guard let stated, stated > available else { return nil }
    return Double(available) / Double(stated)
  }

  /// Nil for other files, and where no samples are announced.
  init?(in file: inout FileBytes) {
    let (form, kind) = (file.name(0), file.name(8))
    switch form {
    case "RIFF" where kind == "WAVE", "RF64" where kind == "WAVE":
      self.init(riff: &file, isWide: form == "RF64")
    case "riff": self.init(wave64: &file)
    case "FORM" where kind.hasPrefix("AIF"):
      self.init(chunks: &file, from: 12, named: "SSND", sizeLength: 4, skipping: 8)
    case "caff": self.init(chunks: &file, from: 8, named: "data", sizeLength: 8, skipping: 4)
    case ".snd":
      guard let offset = file.number(4, 4, bigEndian: true),
        let size = file.number(8, 4, bigEndian: true), offset <= file.count
      else { return nil }
      self.init(
        offset: offset, stated: size == 0xFFFF_FFFF ? nil : size, available: file.count - offset)
    default: return nil
    }
  }

  private init(offset: Int, stated: Int?, available: Int) {
    (self.offset, self.stated, self.available) = (offset, stated, available)
  }

  private init?(riff file: inout FileBytes, isWide: Bool) {
    var offset = 12
    var wideSize: Int?
    while let size = file.number(offset + 4, 4) {
      let name = file.name(offset)
      if name == "ds64" { wideSize = file.number(offset + 16, 8) }
      if name == "data" {
        // Programs that write into a pipe cannot go back, and leave a size near 2 or 4 GiB.
        let stated = isWide && size == 0xFFFF_FFFF ? wideSize : size >= 0x7FFF_0000 ? nil : size
        self.init(offset: offset + 8, stated: stated, available: file.count - offset - 8)
        if !isWide, size >= 0x7FFF_0000, size <= available { self.stated = size }
        sizeOffset = isWide ? nil : offset + 4
        return
      }
      offset += 8 + size + size % 2
    }
    return nil
  }

  private init?(wave64 file: inout FileBytes) {
    var offset = 40
    while let size = file.number(offset + 16, 8), size >= 24 {
      if file.name(offset) == "data" {
        self.init(
          offset: offset + 24, stated: size - 24, available: file.count - offset - 24)
        return
      }
      let (next, isTooFar) = offset.addingReportingOverflow((size + 7) / 8 * 8)
      guard !isTooFar else { return nil }
      offset = next
    }
    return nil
  }

  private init?(
    chunks file: inout FileBytes, from start: Int, named wanted: String, sizeLength: Int,
    skipping header: Int
  ) {
    var offset = start
    while let size = file.number(offset + 4, sizeLength, bigEndian: true) {
      let body = offset + 4 + sizeLength
      if file.name(offset) == wanted {
        self.init(
          offset: body + header, stated: max(0, size - header),
          available: max(0, file.count - body - header))
        if sizeLength == 8, share != nil {
          let bytes = (0..<8).map {
            UInt8(truncatingIfNeeded: (available + header) >> (56 - 8 * $0))
          }
          trueSize = FileWindow.Patch(offset: offset + 4, bytes: bytes)
        }
        return
      }
      let (next, isTooFar) = body.addingReportingOverflow(
        sizeLength == 4 ? size + size % 2 : size)
      guard !isTooFar else { return nil }
      offset = next
    }
    return nil
  }
}
