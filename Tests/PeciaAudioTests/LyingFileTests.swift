import CSndfile
import Foundation
import PeciaAudio
import PeciaCore
import Support
import Testing

/// Files whose headers do not tell the truth, and files that are damaged.
@Suite struct LyingFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// What a survey makes of a file that is `change`d after it was written.
  private func survey(
    _ name: String, format: Int, seconds: Double = 12, rate: Int = 16_000,
    _ change: (inout Data) -> Void
  ) throws -> Survey {
    let url = folder.url.appending(path: name)
    try TestSound(seconds: seconds, rate: rate).write(to: url.path, format: format)
    var data = try Data(contentsOf: url)
    change(&data)
    try data.write(to: url)
    return try SoundSource(examining: url.path).survey(CutSettings())
  }

  private static let wave = SF_FORMAT_WAV | SF_FORMAT_PCM_16

  @Test(arguments: [
    ("a.wav", SF_FORMAT_WAV | SF_FORMAT_PCM_16), ("a.rf64", SF_FORMAT_RF64 | SF_FORMAT_PCM_16),
    ("a.w64", SF_FORMAT_W64 | SF_FORMAT_PCM_16), ("a.caf", SF_FORMAT_CAF | SF_FORMAT_PCM_16),
    ("a.aiff", SF_FORMAT_AIFF | SF_FORMAT_PCM_16),
    ("a.au", SF_FORMAT_AU | SF_FORMAT_PCM_16), ("a.flac", SF_FORMAT_FLAC | SF_FORMAT_PCM_16),
  ])
  func `a file that is cut off gives what it holds, and says what is missing`(
    _ name: String, _ format: Int
  ) throws {
    let survey = try survey(name, format: format) { $0.removeLast($0.count / 2) }
    #expect((4_500...7_500).contains(survey.duration.milliseconds))
    let warning = try #require(survey.warnings.first)
    #expect(warning.contains("of 12.000 s are missing"))
    let missing = try #require(
      warning.split(separator: " ").compactMap { Double($0) }.first { $0 < 12 })
    #expect(abs(missing + survey.duration.seconds - 12) < 0.01)
    #expect(survey.plan.clips.last?.range.upperBound == survey.duration)
  }

  @Test func `a file that is cut off in its first samples is no recording`() {
    #expect(throws: AudioError.self) {
      try survey("a.au", format: SF_FORMAT_AU | SF_FORMAT_PCM_16) { $0.removeSubrange(30...) }
    }
  }

  @Test func `a cut Ogg FLAC lacks what its first packet states`() throws {
    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }
    // In the stream's block: 16 bits, one channel, 16,000 frames a second, 12 s of them.
    let parts: [[UInt8]] = [
      Array("OggS".utf8), [0, 2], zeros(20), [1, 51], [0x7F], Array("FLAC".utf8), [1, 0, 0, 1],
      Array("fLaC".utf8), [0, 0, 0, 34], zeros(10), [0x03, 0xE8, 0x00, 0xF0, 0, 2, 0xEE, 0],
      zeros(16),
    ]
    let page = Data(parts.flatMap { $0 })
    let (original, converted) = (folder("a.oga"), folder("a.w64"))
    try page.write(to: URL(filePath: original))
    try TestSound(seconds: 3).write(to: converted, format: SF_FORMAT_W64 | SF_FORMAT_PCM_16)
    let survey = try SoundSource(examining: converted, convertedFrom: original)
      .survey(CutSettings())
    #expect(survey.duration.milliseconds == 3_000)
    #expect(survey.warnings.first?.hasSuffix("it was cut off") == true)
    #expect(survey.warnings.last?.contains("9.000 s of 12.000 s are missing") == true)
  }

  @Test(arguments: [[UInt8](repeating: 0, count: 4), [UInt8](repeating: 255, count: 4)])
  func `a WAV without a length is read to its end`(_ size: [UInt8]) throws {
    let survey = try survey("a.wav", format: Self.wave) { $0.replaceSubrange(40..<44, with: size) }
    #expect(survey.duration.milliseconds == 12_000)
    #expect(survey.warnings.count == 1)
  }

  @Test(arguments: [
    SF_FORMAT_OGG | SF_FORMAT_VORBIS, SF_FORMAT_OGG | SF_FORMAT_OPUS,
  ])
  func `all links of a chained Ogg are read`(_ format: Int) throws {
    let survey = try survey("a.ogg", format: format) { $0 += $0 }
    #expect(survey.duration.milliseconds == 24_000)
    #expect(survey.warnings == [])
  }

  @Test func `a cut Ogg is read to its end, with a warning`() throws {
    let survey = try survey("a.ogg", format: SF_FORMAT_OGG | SF_FORMAT_VORBIS, seconds: 30) {
      $0.removeLast($0.count / 3)
    }
    #expect((5_000..<30_000).contains(survey.duration.milliseconds))
    #expect(survey.warnings.count == 1)
  }

  @Test func `what was converted from a cut Ogg is said to be cut`() throws {
    let ogg = folder.url.appending(path: "a.ogg")
    try TestSound(seconds: 12).write(to: ogg.path, format: SF_FORMAT_OGG | SF_FORMAT_VORBIS)
    try TestSound(seconds: 6).write(to: folder("a.wav"))
    func warnings() throws -> [String] {
      try SoundSource(examining: folder("a.wav"), convertedFrom: ogg.path).warnings
    }
    #expect(try warnings() == [])
    try Data(contentsOf: ogg).dropLast(9_000).write(to: ogg)
    #expect(try warnings().first?.contains("without its last Ogg page") == true)
  }

  @Test func `an MP3 is read to its end, whatever its tag says`() throws {
    var stated: UInt32 = 0
    let survey = try survey("a.mp3", format: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III) { data in
      guard
        let tag = data.firstRange(of: Data("Info".utf8)) ?? data.firstRange(of: Data("Xing".utf8))
      else { return }
      let place = tag.upperBound + 4
      stated = data[place..<place + 4].reduce(0) { $0 << 8 | UInt32($1) }
      let lie = stated * 3 / 4
      data.replaceSubrange(
        place..<place + 4, with: (0..<4).map { UInt8(truncatingIfNeeded: lie >> (24 - 8 * $0)) })
    }
    #expect(stated > 0)
    #expect(abs(survey.duration.milliseconds - 12_000) < 200)
  }

  @Test func `an MP3 that is cut off names the missing seconds`() throws {
    let survey = try survey("a.mp3", format: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III) {
      $0.removeLast($0.count / 2)
    }
    #expect((2_000...10_000).contains(survey.duration.milliseconds))
    #expect(survey.warnings.count == 1)
    let missing = try #require(
      survey.warnings.first?.split(separator: " ").compactMap { Double($0) }.first { $0 < 12 })
    #expect(abs(missing + survey.duration.seconds - 12) < 0.3)
  }

  @Test func `junk inside an MP3 loses nothing behind it`() throws {
    let survey = try survey("a.mp3", format: SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III) {
      let middle = $0.startIndex + $0.count / 2
      $0.replaceSubrange(middle..<middle, with: Data(count: 5_000))
    }
    #expect(abs(survey.duration.milliseconds - 12_000) < 300)
    #expect(survey.warnings.contains { $0.contains("bytes between its frames") })
  }

  @Test(arguments: [[0x55, 0x55, 0x55], [UInt8](repeating: 0, count: 30_000)])
  func `damage inside a FLAC is silent, and times behind it stay`(_ damage: [UInt8]) throws {
    let survey = try survey("a.flac", format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16, seconds: 40) {
      let middle = $0.startIndex + $0.count / 2
      $0.replaceSubrange(middle..<middle + damage.count, with: damage)
    }
    #expect(survey.duration.milliseconds == 40_000)
    let warning = try #require(survey.warnings.first)
    #expect(survey.warnings.count == 1)
    #expect(warning.contains("is damaged at"))
    let missing = try #require(
      warning.split(separator: ":").last?.split(separator: " ").compactMap { Double($0) }.first)
    #expect(missing > 0 && missing < 6)

    // But for the hole, which is silent, the clips hold the recording bit for bit.
    try TestSound(seconds: 40)
      .write(to: folder("whole.flac"), format: SF_FORMAT_FLAC | SF_FORMAT_PCM_16)
    let whole = try libsndfileReads(folder("whole.flac")).samples
    let range = Timestamp.zero..<survey.duration
    let format = try ClipFormat(of: survey.source, form: .wav)
    _ = try ClipWriter(of: survey, format: format)
      .write([.init(range: range, path: folder("clip.wav"))])
    let clip = try libsndfileReads(folder("clip.wav")).samples
    #expect(clip.count == whole.count)
    let differing = zip(clip, whole).enumerated().filter { $1.0 != $1.1 }.map(\.offset)
    let (first, last) = (try #require(differing.first), try #require(differing.last))
    #expect(Double(last - first + 1) / 16_000 <= missing + 0.001)
    #expect(clip[first...last].allSatisfy { $0 == 0 })
  }

  @Test func `rates that no recording has are refused`() throws {
    #expect(throws: AudioError.self) {
      try survey("a.wav", format: Self.wave) {
        $0.replaceSubrange(24..<28, with: [0, 0x94, 0x35, 0x77])
      }
    }
  }

  @Test func `numbers that are none do no harm`() throws {
    let survey = try survey("a.wav", format: SF_FORMAT_WAV | SF_FORMAT_FLOAT) {
      let place = $0.count / 2 / 4 * 4
      $0.replaceSubrange(place..<place + 8, with: [0, 0, 0xC0, 0x7F, 0, 0, 0x80, 0x7F])
    }
    #expect(survey.duration.milliseconds == 12_000)
    #expect(survey.plan.clips.count == 1)
  }

  @Test(arguments: ["", "just text\n", "<!DOCTYPE html><html></html>"])
  func `what is no sound is refused with its reason`(_ text: String) throws {
    try folder.write(text, to: "a.mp3")
    let error = #expect(throws: AudioError.self) { try SoundSource(examining: folder("a.mp3")) }
    #expect("\(error.map { "\($0)" } ?? "")".contains(text.isEmpty ? "empty" : "it is text"))
  }
}
