import Foundation
import PeciaCore
import Support
import Testing

/// What `split --json` prints.
private struct Output: Decodable {
  struct Recording: Decodable {
    struct Clip: Decodable {
      var clip: Int
      var start: Double
      var end: Double
      var file: String
      var speech: Double
    }
    struct Gap: Decodable {
      var start: Double
      var end: Double
      var reason: String
    }
    var name: String
    var duration: Double
    var sampleRate: Int
    var channels: Int
    var clips: [Clip]
    var gaps: [Gap]
  }
  var project: String
  var recordings: [Recording]
}

/// A plain WAV of bursts and pauses, 8 kHz, 16 bits, one channel.
private func wave(seconds: Int, seed: UInt64 = 1) -> Data {
  var random = SplitMix64(seed: seed)
  var samples: [Int16] = []
  while samples.count < seconds * 8000 {
    let (word, pause) = (
      Int.random(in: 1500...4000, using: &random), Int.random(in: 400...6000, using: &random)
    )
    samples += (0..<word).map { Int16(8000 * sin(Double($0) * 0.6) + 3000 * sin(Double($0) * 1.7)) }
    samples += (0..<pause).map { _ in Int16.random(in: -20...20, using: &random) }
  }
  samples.removeLast(samples.count - seconds * 8000)
  func bytes(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(value >> (8 * $0) & 255) }
  }
  let size = samples.count * 2
  var file = Data("RIFF".utf8) + bytes(36 + size, 4) + Data("WAVEfmt ".utf8)
  file += bytes(16, 4) + bytes(1, 2) + bytes(1, 2) + bytes(8000, 4) + bytes(16_000, 4)
  file += bytes(2, 2) + bytes(16, 2) + Data("data".utf8) + bytes(size, 4)
  return file + Data(samples.flatMap { bytes(Int(UInt16(bitPattern: $0)), 2) })
}

/// Every file below `folder` with its contents, the database left out.
private func contents(of folder: URL) throws -> [String: Data] {
  var files: [String: Data] = [:]
  for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
    var isFolder: ObjCBool = false
    let path = folder.appending(path: name).path
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue,
      !name.hasPrefix("project.sqlite")
    else { continue }
    files[name] = try Data(contentsOf: URL(filePath: path))
  }
  return files
}

@Suite struct SplitTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try wave(seconds: 65).write(to: folder.url.appending(path: "talk.wav"))
  }

  @discardableResult
  private func split(_ arguments: String..., into project: String = "job") throws
    -> BuiltTool.Result
  {
    try BuiltTool.run(["split", "--into", project] + arguments, folder: folder.url)
  }

  @Test func `clips are written, listed and queued`() throws {
    let result = try split("talk.wav", "--json")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    let output = try JSONDecoder().decode(Output.self, from: Data(result.output.utf8))
    let recording = try #require(output.recordings.first)
    #expect(recording.name == "talk")
    #expect(recording.duration == 65)
    #expect(recording.clips.count > 2)
    #expect(recording.clips.first?.file == "clips/talk/0001.flac")
    for (left, right) in zip(recording.clips, recording.clips.dropFirst()) {
      #expect(left.end - right.start >= 1.999)
      #expect(left.end - left.start <= 30)
    }
    let files = try contents(of: folder.url.appending(path: "job/clips"))
    #expect(Set(files.keys) == Set(recording.clips.map { $0.file.replacing("clips/", with: "") }))
  }

  @Test func `the same again changes nothing`() throws {
    let first = try split("talk.wav", "--json")
    let before = try contents(of: folder.url.appending(path: "job"))
    try FileManager.default.copyItem(
      atPath: folder("talk.wav"), toPath: folder("other name.wav"))
    #expect(try split("talk.wav", "--json").output == first.output)
    #expect(try split("other name.wav", "--json").output == first.output)
    #expect(try contents(of: folder.url.appending(path: "job")) == before)
  }

  @Test func `other cutting options for a recording that is there are refused`() throws {
    try split("talk.wav")
    let result = try split("talk.wav", "--target", "10")
    #expect(result.status == 2)
    #expect(result.errors.contains("set") && result.errors.contains("remove"))
  }

  @Test func `what a project keeps though other was wished is said`() throws {
    try split("talk.wav")
    let result = try split("talk.wav", "--copies", "3", "--language", "de")
    #expect(result.status == 0)
    #expect(result.errors.contains("set --copies 3"), "\(result.errors)")
    #expect(result.errors.contains("set --recording talk --language de"), "\(result.errors)")
  }

  @Test func `a target above the longest clip is said to move it`() throws {
    let result = try split("talk.wav", "--target", "40")
    #expect(
      result.status == 0 && result.errors.contains("clips may be up to 60.000 s"), "\(result)")
    #expect(
      try !split("talk.wav", "--target", "40", "--longest", "45", into: "other")
        .errors.contains("clips may be"))
  }

  @Test func `recordings of one name get names of their own`() throws {
    for (name, seed) in [("b/Talk.WAV", 2), ("c/talk.wav", 3)] {
      try folder.write("", to: name)
      try wave(seconds: 5, seed: UInt64(seed)).write(to: folder.url.appending(path: name))
    }
    let result = try split("talk.wav", "b/Talk.WAV", "c/talk.wav", "--json", "--jobs", "3")
    let output = try JSONDecoder().decode(Output.self, from: Data(result.output.utf8))
    #expect(output.recordings.map(\.name) == ["talk", "Talk-2", "talk-3"])
  }

  @Test func `jobs do not change the clips`() throws {
    try split("talk.wav", "--jobs", "1", into: "one")
    try split("talk.wav", "--jobs", "4", into: "four")
    #expect(
      try contents(of: folder.url.appending(path: "one"))
        == contents(of: folder.url.appending(path: "four")))
  }

  @Test(arguments: [
    ["--overlap", "10"], ["--target", "40", "--longest", "30"], ["--format", "aiff"],
    ["--copies", "0"], ["--target", "x"], ["--language", "English"], ["--language", "e"],
  ])
  func `wrong usage ends with 64`(_ arguments: [String]) throws {
    let result = try BuiltTool.run(
      ["split", "talk.wav", "--into", "job"] + arguments, folder: folder.url)
    #expect(result.status == 64)
    #expect(!FileManager.default.fileExists(atPath: folder("job")))
  }

  @Test func `what is no sound fails with a sentence, and the others are cut`() throws {
    try folder.write("This is no sound.\n", to: "text.wav")
    try folder.write("", to: "empty.wav")
    let result = try split("text.wav", "talk.wav", "empty.wav", "missing.wav")
    #expect(result.status == 2)
    #expect(result.errors.split(separator: "\n").count == 3)
    #expect(result.errors.contains("‘text.wav’ as sound: it is text"))
    #expect(result.output.hasPrefix("talk:"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `asked to stop, it says how to go on, and the next run does`(_ signal: CInt) throws {
    try wave(seconds: 1500, seed: 5).write(to: folder.url.appending(path: "long.wav"))
    try split("long.wav", into: "whole")
    let (output, errors) = (
      folder.url.appending(path: "out"), folder.url.appending(path: "errors")
    )
    for file in [output, errors] { try Data().write(to: file) }
    let process = try BuiltTool.start(
      ["split", "long.wav", "--into", "stopped"], folder: folder.url,
      output: try FileHandle(forWritingTo: output), errors: try FileHandle(forWritingTo: errors))
    // The first clip is there: about seventy are to come.
    while process.isRunning, access(folder("stopped/clips/long/0001.flac"), F_OK) != 0 {}
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    #expect(process.terminationStatus == 130)
    #expect(
      try String(contentsOf: errors, encoding: .utf8)
        == "pecia: stopped; the same command again goes on from here\n")
    #expect(try String(contentsOf: output, encoding: .utf8) == "")
    #expect(try split("long.wav", into: "stopped").status == 0)
    #expect(
      try contents(of: folder.url.appending(path: "stopped"))
        == contents(of: folder.url.appending(path: "whole")))
  }

  @Test func `a killed run is taken up by the next`() throws {
    try wave(seconds: 400, seed: 4).write(to: folder.url.appending(path: "long.wav"))
    try split("long.wav", into: "whole")
    let expected = try contents(of: folder.url.appending(path: "whole"))
    var random = SplitMix64(seed: 7)
    for round in 0..<4 {
      let output = folder.url.appending(path: "out")
      try Data().write(to: output)
      let process = try BuiltTool.start(
        ["split", "long.wav", "--into", "killed\(round)"], folder: folder.url,
        output: try FileHandle(forWritingTo: output), errors: try FileHandle(forWritingTo: output))
      // Killed as soon as some clips are there: how many differs from round to round.
      let wished = Int.random(in: 0...12, using: &random)
      let clips = folder("killed\(round)/clips/long")
      while process.isRunning,
        ((try? FileManager.default.contentsOfDirectory(atPath: clips))?.count ?? 0) < wished
      {}
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let second = try split("long.wav", into: "killed\(round)")
      #expect(second.status == 0, "\(second.errors)")
      #expect(try contents(of: folder.url.appending(path: "killed\(round)")) == expected)
    }
  }
}
