import CSndfile
import Foundation

extension SoundSource {
  /// Looks at the file `path`: its form, its claims, and what contradicts them.
  ///
  /// - Parameters:
  ///   - path: the file that is read.
  ///   - original: the file that it was converted from, which messages name; nil for none.
  /// - Throws: `AudioError`: `.needsConversion` where only another program may read it, others
  ///   where it is no sound or claims what no recording has.
  public init(examining path: String, convertedFrom original: String? = nil) throws {
    let name = original ?? path
    var file = try FileBytes(path: path)
    if let reason = Self.refusal(of: file.bytes(0, 4096)) {
      throw AudioError.unreadable(path: name, reason: reason)
    }
    let (parts, findings) = try Self.parts(of: &file, name)
    var formats: [SoundFormat] = []
    var frames: Int? = 0
    for part in parts {
      do {
        let sound = try SoundReader.open(path, part)
        formats.append(SoundFormat(sound.info))
        let count = Int(exactly: sound.info.frames) ?? .max
        // Beyond 2^48 it is libsndfile's way to say that it does not know.
        frames = frames.flatMap { (0..<1 << 48).contains(count) ? $0 + count : nil }
      } catch {
        guard !["RIFF", "FORM", "fLaC", "OggS"].contains(file.name(0)) else { throw error }
        throw AudioError.needsConversion(path: name)
      }
    }
    guard let format = formats.first else { throw AudioError.needsConversion(path: name) }
    guard formats.allSatisfy({ $0 == format }) else {
      throw AudioError.unreadable(
        path: name, reason: "it changes its rate or its channels midway; convert it to a WAV first")
    }
    self.init(
      path: path, name: name, format: format, parts: parts, declaredFrames: frames,
      seeksExactly: format.depth != .coded && parts.count == 1)
    warnings = findings.warnings
    if let original {
      var file = try FileBytes(path: original)
      if let links = OggLinks(in: &file) {
        warnings += Self.warnings(of: links, name)
        let stated = links.links.compactMap(\.frames)
        if stated.count == links.links.count { declaredFrames = stated.reduce(0, +) }
      }
    }
    if let frames = findings.frames {
      (declaredFrames, tolerance) = (frames, findings.tolerance)
    } else if let share = findings.share, let frames {
      declaredFrames = Int(Double(frames) / share)
    }
    try checkBounds()
  }

  /// What was found beside libsndfile's own reading.
  private struct Findings {
    var frames: Int?
    var tolerance = 0
    /// How much of what the header states is there.
    var share: Double?
    var warnings: [String] = []
  }

  private static func parts(of file: inout FileBytes, _ name: String) throws -> ([Part], Findings) {
    if let links = OggLinks(in: &file) { return try parts(of: links, name) }
    if let data = StatedData(in: &file) { return parts(of: data, &file, name) }
    if !["fLaC", "RIFF"].contains(file.name(0)), let frames = MPEGFrames(in: &file),
      frames.count > 2
    {
      return parts(of: frames, name)
    }
    return ([Part(range: nil)], Findings())
  }

  private static func parts(of links: OggLinks, _ name: String) throws -> ([Part], Findings) {
    guard !links.links.contains(where: { $0.coder.dropFirst().hasPrefix("FLAC") }) else {
      throw AudioError.needsConversion(path: name)
    }
    let findings = Findings(warnings: warnings(of: links, name))
    guard links.links.count > 1, !links.isWoven else { return ([Part(range: nil)], findings) }
    return (links.links.map { Part(range: $0.range) }, findings)
  }

  /// What an Ogg lacks.
  private static func warnings(of links: OggLinks, _ name: String) -> [String] {
    var warnings: [String] = []
    if links.missingPages > 0 {
      warnings.append(
        "‘\(name)’ is damaged: \(links.missingPages) of its Ogg pages are missing")
    }
    if links.rest > 0 || links.links.last?.isClosed == false {
      let isStated = links.links.allSatisfy { $0.frames != nil }
      warnings.append(
        "‘\(name)’ ends without its last Ogg page: it was cut off"
          + (isStated ? "" : ", and does not say how many seconds are missing"))
    }
    return warnings
  }

  private static func parts(of data: StatedData, _ file: inout FileBytes, _ name: String)
    -> ([Part], Findings)
  {
    var findings = Findings(share: data.available > 0 ? data.share : nil)
    if data.stated == nil, data.sizeOffset != nil {
      findings.warnings.append(
        "‘\(name)’ does not say how long it is, as if written into a pipe: it was read to its end")
    }
    if let patch = data.trueSize, data.available > 0 {
      return ([Part(range: 0..<file.count, patches: [patch])], findings)
    }
    guard data.stated == 0, data.available > 0, let sizeOffset = data.sizeOffset,
      !holdsChunks(&file, from: data.offset)
    else { return ([Part(range: nil)], findings) }
    findings.warnings.append(
      "‘\(name)’ says that it is empty, as if its recorder was cut off: it was read to its end")
    func size(_ value: Int) -> [UInt8] {
      let value = UInt32(clamping: min(value, 0xFFFF_FFF0))
      return (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    return (
      [
        Part(
          range: 0..<file.count,
          patches: [
            .init(offset: 4, bytes: size(file.count - 8)),
            .init(offset: sizeOffset, bytes: size(data.available)),
          ])
      ], findings
    )
  }

  /// Whether the file goes on with well-formed chunks to its very end.
  private static func holdsChunks(_ file: inout FileBytes, from start: Int) -> Bool {
    var offset = start
    while offset + 8 <= file.count, let size = file.number(offset + 4, 4) {
      guard file.bytes(offset, 4).allSatisfy({ (32..<127).contains($0) }) else { return false }
      offset += 8 + size + size % 2
    }
    return offset >= file.count && offset <= file.count + 1
  }

  private static func parts(of frames: MPEGFrames, _ name: String) -> ([Part], Findings) {
    var findings = Findings()
    findings.frames = frames.count * frames.samplesPerFrame
    // A coder's delay and padding, and the frame that a decoder needs before it sounds.
    findings.tolerance = 4 * frames.samplesPerFrame
    var ranges = frames.ranges
    let isTrusted = frames.tag?.frames.map { abs($0 - frames.count) <= 1 } ?? false
    if let tag = frames.tag, let stated = tag.frames, abs(stated - frames.count) > 1 {
      // Believing a tag that states too few, libsndfile would stop there.
      ranges[0] = ranges[0].lowerBound + tag.length..<ranges[0].upperBound
      if stated > frames.count {
        findings.frames = stated * frames.samplesPerFrame
      }
    }
    if frames.junk > 0 {
      findings.warnings.append(
        "‘\(name)’ is damaged: \(frames.junk) bytes between its frames hold no sound")
    }
    // The tag speaks for the first stretch alone; of the others libsndfile guesses the length.
    let parts = ranges.enumerated().map { index, range in
      Part(range: range, stretch: isTrusted && index == 0 ? 1 : 16)
    }
    return (parts, findings)
  }

  /// What the file is, where it is certainly no sound.
  private static func refusal(of beginning: ArraySlice<UInt8>) -> String? {
    func begins(_ text: String) -> Bool { beginning.starts(with: Array(text.utf8)) }
    return
      if beginning.starts(with: [0x89, 0x50, 0x4E, 0x47]) || begins("GIF8")
      || beginning.starts(with: [0xFF, 0xD8, 0xFF, 0xE0])
    {
      "it is a picture"
    } else if begins("%PDF") {
      "it is a PDF document"
    } else if begins("SQLite format 3") {
      "it is a database"
    } else if beginning.allSatisfy({ $0 >= 32 || (9...13).contains($0) }) {
      "it is text"
    } else {
      nil
    }
  }

  private func checkBounds() throws {
    guard SoundFormat.rateBounds.contains(format.rate) else {
      throw AudioError.outOfBounds(path: name, what: "\(format.rate) frames a second")
    }
    guard SoundFormat.channelBounds.contains(format.channels) else {
      throw AudioError.outOfBounds(path: name, what: "\(format.channels) channels")
    }
  }
}
