import Foundation
import PeciaCore
import Support
import Testing

/// `pecia align` as its users run it, on the sample recording.
@Suite struct AlignTests {
  private static let samples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Samples")
  private let folder: TemporaryFolder
  /// Three seconds with two tones.
  private let sound: String

  init() throws {
    folder = try TemporaryFolder()
    let samples = (0..<48_000).flatMap { index in
      let isLoud = (8000..<20_000).contains(index) || (28_000..<42_000).contains(index)
      let value = Int16(isLoud ? 8000 * sin(Double(index) * 0.2) : Double(index % 7))
      return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    func bytes(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(value >> ($0 * 8) & 255) } }
    var wave = Data("RIFF".utf8 + bytes(36 + samples.count) + "WAVEfmt ".utf8 + bytes(16))
    wave += [1, 0, 1, 0] + bytes(16_000) + bytes(32_000) + [2, 0, 16, 0]
    wave += "data".utf8 + bytes(samples.count) + samples
    try wave.write(to: folder.url.appending(path: "tones.wav"))
    sound = folder("tones.wav")
  }

  private struct Spoken: Decodable {
    var word: String
    var start: Double
    var end: Double
  }

  /// What the sample's synthesiser said, and when.
  private func truth() throws -> [Spoken] {
    let file = Self.samples.appending(path: "lighthouse.words.json")
    return try JSONDecoder().decode([Spoken].self, from: Data(contentsOf: file))
  }

  private func transcript(_ name: String) throws -> Transcript {
    try Transcript(json: Data(folder.read(name).utf8))
  }

  @Test func `words stand where the synthesiser spoke`() throws {
    let truth = try truth()
    let text = try folder.write(truth.map(\.word).joined(separator: " "), to: "text.txt")
    let sample = Self.samples.appending(path: "lighthouse.flac").path
    let result = try BuiltTool.run("align", sample, text, "-o", folder("out.json"))
    #expect(result.status == 0, "\(result.errors)")
    let words = try transcript("out.json").words
    #expect(words.map(\.text) == truth.map(\.word))
    let errors = zip(words, truth).map { abs($0.range.lowerBound.seconds - $1.start) }.sorted()
    #expect(errors[errors.count / 2] <= 0.04, "median \(errors[errors.count / 2])")
  }

  @Test func `without a table of the language, broad classes of sound serve, and that is said`()
    throws
  {
    let truth = try truth()
    let text = try folder.write(truth.map(\.word).joined(separator: " "), to: "text.txt")
    let sample = Self.samples.appending(path: "lighthouse.flac").path
    let result = try BuiltTool.run(
      "align", sample, text, "-o", folder("out.json"), "--language", "xx")
    #expect(result.errors.contains("timed by pauses and broad classes of sounds"))
    let errors = zip(try transcript("out.json").words, truth)
      .map { abs($0.range.lowerBound.seconds - $1.start) }.sorted()
    #expect(errors[errors.count / 2] <= 0.08, "median \(errors[errors.count / 2])")
    #expect(errors[errors.count * 95 / 100] <= 0.3, "95th \(errors[errors.count * 95 / 100])")
  }

  @Test func `another script is timed by what its signs mostly stand for`() throws {
    let truth = try truth()
    let script = StringTransform("Latin-Devanagari")
    let words = truth.map { $0.word.applyingTransform(script, reverse: false) ?? "" }
    #expect(words.allSatisfy { word in !word.contains { ("a"..."z").contains($0) } })
    let text = try folder.write(words.joined(separator: " "), to: "text.txt")
    let sample = Self.samples.appending(path: "lighthouse.flac").path
    let result = try BuiltTool.run(
      "align", sample, text, "-o", folder("out.json"), "--language", "hi")
    #expect(result.errors.contains("timed by pauses and broad classes of sounds"))
    let errors = zip(try transcript("out.json").words, truth)
      .map { abs($0.range.lowerBound.seconds - $1.start) }.sorted()
    #expect(errors[errors.count / 2] <= 0.08, "median \(errors[errors.count / 2])")
    #expect(errors[errors.count * 95 / 100] <= 0.3, "95th \(errors[errors.count * 95 / 100])")
  }

  @Test func `a sound of another language is not taken for English, and that is said`() throws {
    let truth = try truth()
    // As another language would spell it: the letters stand for other sounds.
    let spelling = Dictionary(uniqueKeysWithValues: zip("aeioubdgkmnprstlv", "ioaeuptkgnmrbzdvl"))
    let strange = truth.map { String($0.word.lowercased().map { spelling[$0] ?? $0 }) }
    let text = try folder.write(strange.joined(separator: " "), to: "text.txt")
    let sample = Self.samples.appending(path: "lighthouse.flac").path
    let result = try BuiltTool.run(
      "align", sample, text, "-o", folder("out.json"), "--language", "en")
    #expect(result.errors.contains("since they do not sound like ‘en’"), "\(result.errors)")
    #expect(try transcript("out.json").words.map(\.text) == strange)
  }

  /// What a text does to a paragraph of its sound.
  enum Slip: CaseIterable { case skips, adds }

  @Test(arguments: Slip.allCases)
  func `the thread is taken up again behind a paragraph that is skipped or added`(slip: Slip)
    throws
  {
    let truth = try truth()
    let slipped = 250..<350
    var places = Array(truth.indices)
    switch slip {
    case .skips: places.removeSubrange(slipped)
    case .adds: places.insert(contentsOf: slipped.reversed(), at: 150)
    }
    let text = try folder.write(places.map { truth[$0].word }.joined(separator: " "), to: "t.txt")
    let sample = Self.samples.appending(path: "lighthouse.flac").path
    let result = try BuiltTool.run("align", sample, text, "-o", folder("out.json"))
    #expect(result.status == 0, "\(result.errors)")
    let words = try transcript("out.json").words
    let isOff = zip(words, places).enumerated().filter { index, pair in
      let isAdded = slip == .adds && (150..<250).contains(index)
      return !isAdded && abs(pair.0.range.lowerBound.seconds - truth[pair.1].start) > 0.5
    }
    // Right behind a gap in the text, words may first fall into sound that the text leaves out.
    let most = slip == .skips ? 15 : 5
    #expect(isOff.count <= most, "\(isOff.map(\.offset))")
  }

  @Test func `an outside aligner is believed when its answer holds`() throws {
    let text = try folder.write("one two", to: "text.txt")
    let answer =
      #"{"words":[{"text":"One","start":1,"end":1.5},{"text":"two","start":2,"end":2.5}]}"#
    let command =
      "test \"$PECIA_LANGUAGE\" = en && test -s \"$PECIA_AUDIO\" && "
      + "test \"$(cat)\" = \"$(cat \"$PECIA_TEXT\")\" && echo '\(answer)'"
    let result = try BuiltTool.run(
      "align", sound, text, "-o", folder("out.json"), "--aligner", command)
    #expect(result.errors.isEmpty)
    #expect(try transcript("out.json").words.map(\.range.lowerBound.milliseconds) == [1000, 2000])
  }

  @Test(arguments: [
    ("exit 3", "failed with exit code 3"), ("echo hm", "did not answer with"),
    (#"echo '{"words":[]}'"#, "timed 0 words of 2"),
    (#"echo '{"words":[{"start":2,'"#, "did not answer with"),
    (#"echo '{"words":[{"start":NaN,"end":3},{"start":1,"end":2}]}'"#, "did not answer with"),
    ("yes", "answered with more than word times can be"),
    (#"echo '{"words":[{"start":2,"end":3},{"start":4,"end":1e300}]}'"#, "puts word 2, ‘two’"),
    (
      #"echo '{"words":[{"start":2,"end":3},{"start":1,"end":2}]}'"#,
      "lets time run backwards at word 2"
    ),
    (
      #"echo '{"words":[{"text":"x","start":2,"end":3},{"start":4,"end":5}]}'"#,
      "has ‘x’ for word 1"
    ),
  ])
  func `an outside aligner that fails is replaced, and that is said`(
    command: String, reason: String
  )
    throws
  {
    let text = try folder.write("one two", to: "text.txt")
    let result = try BuiltTool.run(
      "align", sound, text, "-o", folder("out.json"), "--aligner", command)
    #expect(result.status == 0)
    #expect(result.errors.contains(reason), "\(result.errors)")
    #expect(try transcript("out.json").words.count == 2)
  }

  @Test func `labels and marks, tags and dashes keep their place`() throws {
    let text = try folder.write("Ana: The — [door slams] <1.80>lamp", to: "text.txt")
    let result = try BuiltTool.run(
      "align", sound, text, "-o", folder("out.json"), "--language", "xx")
    #expect(result.errors.contains("broad classes of sounds"))
    let words = try transcript("out.json").words
    #expect(words.map(\.text) == ["Ana:", "The", "—", "[door", "slams]", "lamp"])
    #expect(words[0].range == words[1].range.lowerBound..<words[1].range.lowerBound)
  }

  @Test func `a text that its sound has no room for is doubted`() throws {
    let folder = try TemporaryFolder()
    try Data(TestSound.wav(seconds: 1)).write(to: folder.url.appending(path: "short.wav"))
    let text = try folder.write(String(repeating: "a lighthouse ", count: 60), to: "long.txt")
    let run = try BuiltTool.run("align", folder("short.wav"), text, "-o", folder("x.json"))
    #expect(run.status == 0)
    #expect(run.errors.contains("words found no time in"), "\(run.errors)")
  }

  @Test func `labels, which take no time, raise no doubt`() throws {
    let text = try folder.write(
      "Ana: The\nBo: lamp\nAna: —\nBo: —\nAna: [laughs]\n", to: "text.txt")
    let run = try BuiltTool.run("align", sound, text, "-o", folder("out.json"), "--language", "xx")
    #expect(run.status == 0 && !run.errors.contains("found no time"), "\(run.errors)")
  }

  @Test func `what is missing is said in one sentence`() throws {
    let text = try folder.write("one", to: "text.txt")
    let result = try BuiltTool.run("align", folder("no.flac"), text, "-o", folder("out.json"))
    #expect(result.status == 2)
    #expect(result.errors.split(separator: "\n").count == 1)
    #expect(!FileManager.default.fileExists(atPath: folder("out.json")))
  }
}
