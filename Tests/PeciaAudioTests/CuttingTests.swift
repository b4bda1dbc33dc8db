import CSndfile
import Foundation
import PeciaAudio
import PeciaCore
import Support
import Testing

/// Surveys, plans and writes; gives the survey and the clips' paths.
private func cut(
  _ path: String, into folder: TemporaryFolder, _ settings: CutSettings = CutSettings(),
  form: ClipForm = .wav, rate: Int? = nil, mono: Bool = false
) throws -> (survey: Survey, clips: [String]) {
  let source = try SoundSource(examining: path)
  let survey = try source.survey(settings)
  let writer = ClipWriter(
    of: survey, format: try ClipFormat(of: source, form: form, rate: rate, mono: mono))
  let orders = survey.plan.clips.enumerated().map {
    ClipWriter.Order(range: $1.range, path: folder("\($0 + 1).\(writer.format.form.rawValue)"))
  }
  _ = try writer.write(orders)
  return (survey, orders.map(\.path))
}

/// The clips one behind the other, each without what its left neighbour has already given.
private func joined(_ survey: Survey, _ clips: [String]) throws -> [Int32] {
  let clock = FrameClock(rate: survey.format.rate)
  var samples: [Int32] = []
  for (clip, path) in zip(survey.plan.clips, clips) {
    let start = clock.frame(at: clip.range.lowerBound) * survey.format.channels
    samples += try libsndfileReads(path).samples[max(0, samples.count - start)...]
  }
  return samples
}

@Suite struct CuttingTests {
  @Test(arguments: [
    (SF_FORMAT_WAV | SF_FORMAT_PCM_16, 16_000, ClipForm.flac),
    (SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 11_025, .flac),
    (SF_FORMAT_WAV | SF_FORMAT_PCM_U8, 11_025, .wav),
    (SF_FORMAT_WAV | SF_FORMAT_PCM_24, 22_050, .flac),
    (SF_FORMAT_WAV | SF_FORMAT_PCM_24, 22_050, .wav),
    (SF_FORMAT_WAV | SF_FORMAT_FLOAT, 16_000, .wav),
    (SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 8_000, .wav),
    (SF_FORMAT_WAV | SF_FORMAT_ULAW, 8_000, .wav),
    (SF_FORMAT_WAV | SF_FORMAT_ALAW, 8_000, .flac),
    (SF_FORMAT_AIFF | SF_FORMAT_PCM_16, 16_000, .wav),
    (SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 16_000, .flac),
    (SF_FORMAT_CAF | SF_FORMAT_PCM_32, 16_000, .wav),
  ])
  func `clips less their overlaps are the recording`(
    _ format: Int, _ rate: Int, _ form: ClipForm
  ) throws {
    let folder = try TemporaryFolder()
    let path = folder("talk")
    try TestSound(seconds: 47.0123, rate: rate).write(to: path, format: format)
    let (survey, clips) = try cut(path, into: folder, form: form)
    #expect(clips.count > 1)
    #expect(try joined(survey, clips) == libsndfileReads(path).samples)
  }

  @Test func `FLAC clips state their true length`() throws {
    let folder = try TemporaryFolder()
    try TestSound(seconds: 33).write(to: folder("talk.wav"))
    let (survey, clips) = try cut(folder("talk.wav"), into: folder, form: .flac)
    for (clip, path) in zip(survey.plan.clips, clips) {
      let read = try libsndfileReads(path)
      #expect(Int(read.info.frames) == read.samples.count)
      #expect(read.samples.count == clip.range.milliseconds * 16)
      let bytes = try Data(contentsOf: URL(filePath: path))
      #expect(bytes[26..<42].contains { $0 != 0 }, "no MD5 in the header")
    }
  }

  @Test func `two channels that are alike take the room of one`() throws {
    let folder = try TemporaryFolder()
    var talk = TestSound(seconds: 40)
    try talk.write(to: folder("one.wav"))
    (talk.channels, talk.samples) = (2, talk.samples.flatMap { [$0, $0] })
    try talk.write(to: folder("two.wav"))
    func size(_ name: String) throws -> Int {
      let clips = try TemporaryFolder()
      return try cut(folder(name), into: clips, form: .flac).clips
        .reduce(0) { try $0 + Data(contentsOf: URL(filePath: $1)).count }
    }
    #expect(try Double(size("two.wav")) < 1.1 * Double(size("one.wav")))
  }

  @Test(arguments: [ClipForm.ogg, .opus, .mp3], [8_000, 22_050, 44_100])
  func `lossy clips open and are as long as planned`(_ form: ClipForm, _ rate: Int) throws {
    let folder = try TemporaryFolder()
    try TestSound(seconds: 25, rate: rate).write(to: folder("talk.wav"))
    let (survey, clips) = try cut(folder("talk.wav"), into: folder, form: form)
    for (clip, path) in zip(survey.plan.clips, clips) {
      let read = try libsndfileReads(path)
      let seconds = Double(read.samples.count) / Double(read.info.samplerate)
      let tolerance = form == .mp3 ? 0.2 : 0.002
      #expect(abs(seconds - Double(clip.range.milliseconds) / 1000) < tolerance)
    }
  }

  @Test func `a file's digest is its sha256`() throws {
    let folder = try TemporaryFolder()
    try folder.write("abc", to: "abc")
    #expect(
      try sha256(ofFile: folder("abc"))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test func `sound is read as it is, and in one channel at another rate`() throws {
    let folder = try TemporaryFolder()
    let made = TestSound(seconds: 3, rate: 44_100).on(channel: 1, of: 2)
    try made.write(to: folder("a.wav"), format: SF_FORMAT_WAV | SF_FORMAT_FLOAT)
    let sound = try readSound(folder("a.wav"))
    #expect(sound.samples == made.samples)
    let part = try readSound(
      folder("a.wav"), range: Timestamp(milliseconds: 1000)..<Timestamp(milliseconds: 1500))
    #expect(part.samples == Array(made.samples[88_200..<132_300]))
    let mono = sound.mono(at: 16_000)
    #expect(mono.count == 48_000)
    func power(_ samples: [Float]) -> Float {
      samples.reduce(0) { $0 + $1 * $1 } / Float(samples.count)
    }
    #expect(abs(power(mono) / power(sound.mono(at: 44_100)) - 1) < 0.02)
  }
}
