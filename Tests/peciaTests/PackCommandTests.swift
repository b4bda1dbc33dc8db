import Foundation
import PeciaCore
import PeciaStore
import Support
import Testing

/// A project of one recording with real sound, cut by the built tool.
struct SplitProject {
  let folder: TemporaryFolder
  var path: String { folder("project") }

  init(_ options: String...) throws {
    folder = try TemporaryFolder()
    // Sixty seconds of a tone with pauses: a WAV of 16 bits.
    let rate = 8_000
    var sound = Data()
    for frame in 0..<(60 * rate) {
      let loud = frame % (5 * rate) < 4 * rate
      let value = loud ? Int16(6000 * sin(Double(frame) * 0.3)) : Int16(frame % 3)
      withUnsafeBytes(of: value.littleEndian) { sound.append(contentsOf: $0) }
    }
    var file = Data()
    let number = { (value: Int, bytes: Int) in
      for byte in 0..<bytes { file.append(UInt8(value >> (8 * byte) & 255)) }
    }
    file.append(Data("RIFF".utf8))
    number(36 + sound.count, 4)
    file.append(Data("WAVEfmt ".utf8))
    for (value, bytes) in [(16, 4), (1, 2), (1, 2), (rate, 4), (2 * rate, 4), (2, 2), (16, 2)] {
      number(value, bytes)
    }
    file.append(Data("data".utf8))
    number(sound.count, 4)
    try (file + sound).write(to: folder.url.appending(path: "tone.wav"))
    let made = try BuiltTool.run(
      ["split", folder("tone.wav"), "--into", path, "--style", "plain"] + options)
    try #require(made.status == 0, "\(made.errors)")
  }

  func store() throws -> ProjectStore { try ProjectStore(openingAt: URL(filePath: path)) }

  func pack(_ worker: String = "kim", count: Int = 2, to name: String = "kim.pack") throws -> String
  {
    let made = try BuiltTool.run(
      "pack", path, "--as", worker, "--count", "\(count)", "-o", folder(name))
    try #require(made.status == 0, "\(made.errors)")
    return folder(name)
  }
}

@Suite struct PackCommandTests {
  let project: SplitProject

  init() throws { project = try SplitProject() }

  private func transcribe(_ pack: String, _ command: String) throws -> BuiltTool.Result {
    try BuiltTool.run("transcribe", pack, "--as", "kim", "--with", command)
  }

  @Test func `a pack is worked in and collected, twice without harm`() throws {
    let pack = try project.pack()
    let store = try project.store()
    #expect(try store.status(at: .now).workers.map(\.leased) == [2])
    let done = try transcribe(pack, #"test -s "$PECIA_AUDIO" && echo "text $PECIA_CLIP""#)
    #expect(done.status == 0 && done.output.hasPrefix("2 clips handed in"), "\(done)")
    for _ in 0..<2 {
      let collected = try BuiltTool.run("collect", project.path, pack)
      #expect(collected.status == 0, "\(collected)")
      #expect(collected.output.contains("2 taken, 0 refused, 0 kept as drafts"))
    }
    let texts = try store.submissions(of: "tone").map(\.text)
    #expect(texts == ["text 1\n", "text 3\n"])
  }

  @Test func `a half-done pack gives what is there, a draft too`() throws {
    let pack = try project.pack()
    let claimed = try BuiltTool.run("claim", pack, "--as", "kim", "--json")
    let lease = try #require(claimed.output.firstMatch(of: /"lease":"([^"]+)"/)).1
    #expect(try BuiltTool.run("draft", pack, String(lease), input: "half").status == 0)
    let collected = try BuiltTool.run("collect", project.path, pack, "--json")
    #expect(collected.status == 0)
    #expect(collected.output.hasPrefix(#"{"accepted":[],"refused":[],"drafts":[{"lease":""#))
    let status = try project.store().status(at: .now)
    #expect(status.workers.map(\.leased) == [2])
  }

  @Test func `a pack is its worker's`() throws {
    let pack = try project.pack()
    let other = try BuiltTool.run("claim", pack, "--as", "lee")
    #expect(other.status == 2 && other.errors.contains("kim"))
    let player = try BuiltTool.run(
      "transcribe", pack, "--as", "zoe", "--plain", "--output", "none", input: "Hello.\n")
    #expect(player.status == 2 && player.errors.contains("made for ‘kim’"), "\(player)")
  }

  @Test func `what a coordinator does is not done in a pack`() throws {
    let pack = try project.pack()
    for arguments in [
      ["project", pack, "set", "--copies", "2"], ["project", pack, "pause"],
      ["project", pack, "remove", "tone"], ["project", pack, "reopen", "tone/1"],
      ["project", pack, "accept", "tone/1", "--text", "x"], ["forget", pack, "kim"],
      ["check", pack, "--agree", "0.5"], ["collect", pack, pack],
      ["pack", pack, "--as", "kim", "--count", "1", "-o", project.folder("two.pack")],
    ] {
      let result = try BuiltTool.run(arguments)
      #expect(result.status == 2 && result.errors.contains("is a pack"), "\(arguments): \(result)")
    }
    #expect(try transcribe(pack, "echo hello").status == 0)
  }

  @Test func `an altered pack is not worked in`() throws {
    let pack = try project.pack()
    let whole = try Data(contentsOf: URL(filePath: pack))
    let name = try #require(whole.range(of: Data("tone-1.flac".utf8)))
    var altered = whole
    altered[name.lowerBound] = 0x62
    try altered.write(to: URL(filePath: pack))
    for arguments in [["claim", pack, "--as", "kim"], ["transcribe", pack, "--as", "kim"]] {
      let result = try BuiltTool.run(arguments)
      #expect(result.status == 2, "\(result)")
      #expect(result.errors.contains("it was altered since it was made"), "\(result)")
    }
  }

  @Test func `a damaged, altered, strange or foreign pack is refused and changes nothing`() throws {
    let pack = try project.pack()
    _ = try transcribe(pack, "echo hello there")
    let whole = try Data(contentsOf: URL(filePath: pack))
    var packs: [String: Data] = ["truncated": whole.dropLast(4096), "half": whole.prefix(9000)]
    let sound = try #require(whole.range(of: Data("fLaC".utf8)))
    for place in [0, 100, 1000] {
      var altered = whole
      altered[sound.lowerBound + place] ^= 0x41
      packs["altered-\(place)"] = altered
    }
    let text = try #require(whole.range(of: Data("hello there".utf8)))
    var altered = whole
    altered[text.lowerBound] = 0x4A
    packs["text"] = altered
    var newer = whole
    newer[63] = 99
    packs["newer"] = newer
    packs["garbage"] = Data("SQLite format 3\0".utf8) + Data(repeating: 7, count: 5000)
    for (name, bytes) in packs {
      let file = project.folder.url.appending(path: "\(name).pack")
      try bytes.write(to: file)
      let result = try BuiltTool.run("collect", project.path, file.path)
      #expect(result.status == 2, "\(name): \(result)")
      #expect(result.errors.hasPrefix("pecia: the pack ‘"), "\(name): \(result.errors)")
    }
    let foreign = try SplitProject("--language", "de")
    let result = try BuiltTool.run("collect", foreign.path, pack)
    #expect(result.status == 2 && result.errors.contains("another project"), "\(result)")
    #expect(try project.store().submissions(of: "tone").isEmpty)
  }

  @Test func `an older copy of the project keeps a pack's texts as drafts`() throws {
    let old = project.folder("old")
    try FileManager.default.copyItem(atPath: project.path, toPath: old)
    let pack = try project.pack()
    _ = try transcribe(pack, "echo hello")
    let collected = try BuiltTool.run("collect", old, pack)
    #expect(collected.status == 0 || collected.status == 1)
    #expect(collected.output.contains("0 taken, 0 refused, 2 kept as drafts"), "\(collected)")
    let claimed = try BuiltTool.run("claim", old, "--as", "kim", "--json")
    #expect(claimed.output.contains(#""draft":"hello\n""#), "\(claimed)")
  }

  @Test func `a table of texts is collected`() throws {
    let table = try project.folder.write(
      "recording,clip,worker,text\r\ntone,1,ana,\"Hello, \"\"you\"\".\nAgain.\"\r\ntone,2,bo,x\r\n",
      to: "texts.csv")
    for _ in 0..<2 { #expect(try BuiltTool.run("collect", project.path, table).status == 0) }
    let texts = try project.store().submissions(of: "tone")
    #expect(texts.map(\.text) == ["Hello, \"you\".\nAgain.", "x"])
    let wrong = try project.folder.write("recording,clip,worker,text\nother,1,ana,x\n", to: "w.csv")
    #expect(try BuiltTool.run("collect", project.path, wrong).status == 2)
  }

  @Test func `a pack in another form is smaller work of the same clips`() throws {
    let file = project.folder("small.pack")
    let made = try BuiltTool.run(
      "pack", project.path, "--as", "kim", "--count", "2", "-o", file, "--format", "ogg")
    #expect(made.status == 0, "\(made)")
    #expect(try transcribe(file, #"case $PECIA_AUDIO in *.ogg) echo ok;; esac"#).status == 0)
    #expect(try BuiltTool.run("collect", project.path, file).status == 0)
  }
}
