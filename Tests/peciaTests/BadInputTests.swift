import Foundation
import Support
import Testing

/// Rubbish gets one clear sentence, the right exit code, and leaves nothing half-written.
@Suite struct BadInputTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  // MARK: Recordings

  enum NoRecording: String, CaseIterable {
    case missing, folder, empty, text, header, picture
  }

  @Test(arguments: NoRecording.allCases)
  func `what is no recording is refused, and no project begins`(_ kind: NoRecording) throws {
    let path = folder("bad.wav")
    switch kind {
    case .missing: break
    case .folder:
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    case .empty: try write([], to: "bad.wav")
    case .text: try folder.write("Once upon a time there was a recording.\n", to: "bad.wav")
    case .header: try write(try bytes(of: "lighthouse.flac").prefix(40), to: "bad.wav")
    case .picture:
      try write(
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + Data(count: 2000), to: "bad.wav")
    }
    try expectRefusal("split", path, "--into", folder("project"), naming: "bad.wav")
    #expect(!exists("project"))
  }

  @Test func `a recording that breaks off is said to do so`() throws {
    try write(try bytes(of: "lighthouse.flac").prefix(400_000), to: "cut.flac")
    let split = try BuiltTool.run("split", folder("cut.flac"), "--into", folder("project"))
    #expect(split.errors.contains("cut.flac"), "\(split.errors)")
    #expect(split.status == 2 ? !exists("project") : split.status <= 1)
  }

  @Test func `one bad recording among good ones leaves a project as it was`() throws {
    try makeProject()
    let before = try BuiltTool.run("status", folder("project"), "--json").output
    try folder.write("no sound", to: "bad.wav")
    try expectRefusal("split", folder("bad.wav"), "--into", folder("project"), naming: "bad.wav")
    #expect(try BuiltTool.run("status", folder("project"), "--json").output == before)
  }

  // MARK: Projects

  enum NoProject: String, CaseIterable { case missing, emptyFolder, file, rubbish }

  static let verbs = [
    ["status"], ["check"], ["claim", "--as", "ana"], ["submit", "token"], ["draft", "token"],
    ["renew", "token"], ["release", "token"], ["merge", "-o", "-"],
    ["transcribe", "--as", "ana", "--with", "echo Hello."],
  ]

  @Test(arguments: NoProject.allCases, verbs)
  func `what is no project is refused, and stays as it is`(_ kind: NoProject, _ verb: [String])
    throws
  {
    let path = folder("job")
    switch kind {
    case .missing: break
    case .emptyFolder:
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    case .file: try folder.write("not a folder", to: "job")
    case .rubbish:
      try folder.write(String(repeating: "rubbish ", count: 1000), to: "job/project.sqlite")
    }
    let before = FileManager.default.subpaths(atPath: path)
    try expectRefusal([verb[0], path] + verb.dropFirst(), naming: "job")
    #expect(FileManager.default.subpaths(atPath: path) == before)
  }

  @Test(arguments: ["submit", "draft", "renew", "release"])
  func `an unknown lease is named`(_ verb: String) throws {
    try makeProject()
    try expectRefusal(
      verb, folder("project"), "no-such-lease", input: "Hello.", naming: "no-such-lease")
  }

  // MARK: Style guides

  @Test func `a broken guide is named with its line, and no project begins`() throws {
    try folder.write("name: broken\nrules:\n  - id: one\n    check: [\n", to: "broken.yml")
    try folder.write("Hello.\n", to: "text.txt")
    try expectRefusal(
      "lint", folder("text.txt"), "--style", folder("broken.yml"), naming: "broken.yml:")
    try expectRefusal(
      "split", Sample.file("lighthouse.flac"), "--into", folder("project"), "--style",
      folder("broken.yml"), naming: "broken.yml:")
    #expect(!exists("project"))
  }

  @Test func `a guide that does not exist is named`() throws {
    try folder.write("Hello.\n", to: "text.txt")
    try expectRefusal(
      "lint", folder("text.txt"), "--style", "no-such-guide", naming: "no-such-guide")
  }

  // MARK: Texts

  @Test func `a text that is not UTF-8 is refused, and the lease still holds`() throws {
    try makeProject()
    let lease = try claim()
    try write(Data("Caf".utf8) + [0xE9, 0x0A], to: "latin.txt")
    try expectRefusal("submit", folder("project"), lease, folder("latin.txt"), naming: "latin.txt")
    try expectRefusal("lint", folder("latin.txt"), "--style", "plain", naming: "latin.txt")
    let submit = try BuiltTool.run("submit", folder("project"), lease, input: "Ruth: hello\n")
    #expect(submit.status == 0, "\(submit.errors)")
  }

  @Test func `ten megabytes of text are refused in a sentence`() throws {
    try makeProject()
    let lease = try claim()
    try folder.write(String(repeating: "word ", count: 2_000_000), to: "long.txt")
    let submit = try BuiltTool.run("submit", folder("project"), lease, folder("long.txt"))
    #expect((1...2).contains(submit.status))
    #expect(submit.errors.count + submit.output.count < 2000)
    let status = try BuiltTool.run("status", folder("project"), "--json").output
    #expect(status.contains("\"submitted\":0"), "\(status)")
  }

  // MARK: Results

  @Test(arguments: ["merged.srt", "merged.vtt", "merged.txt", "merged.json"])
  func `a result that cannot be written is named`(_ name: String) throws {
    try makeProject()
    try expectRefusal("merge", folder("project"), "-o", folder("none/\(name)"), naming: name)
  }

  @Test func `an ending that names no form is said, and nothing is written`() throws {
    try makeProject()
    let merge = try BuiltTool.run("merge", folder("project"), "-o", folder("merged.docx"))
    #expect(merge.status == 2 && merge.errors.contains("docx"), "\(merge.errors)")
    #expect(!exists("merged.docx"))
  }

  @Test(
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [["lint", "-", "--style", "clean-verbatim"], ["style", "list"]])
  func `results that a full disk swallows are no success`(_ arguments: [String]) throws {
    let errors = try folder.write("", to: "errors")
    let process = try BuiltTool.start(
      arguments, input: "Um, yes.\n",
      output: try FileHandle(forWritingTo: URL(filePath: "/dev/full")),
      errors: try FileHandle(forWritingTo: URL(filePath: errors)))
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 2)
    #expect(try folder.read("errors").hasPrefix("pecia: cannot write ‘standard output’"))
  }

  // MARK: Helpers

  /// `project`, with one short recording in one clip, under the guide `plain`.
  private func makeProject() throws {
    // 16 kHz, 16 bit, mono: two seconds of a low tone.
    let samples = (0..<32_000).map { Int16(8000 * sin(Double($0) * 0.05)) }
    var wav = Data("RIFF".utf8) + little(UInt32(36 + 64_000)) + Data("WAVEfmt ".utf8)
    wav += little(UInt32(16)) + little(UInt16(1)) + little(UInt16(1)) + little(UInt32(16_000))
    wav += little(UInt32(32_000)) + little(UInt16(2)) + little(UInt16(16))
    wav += Data("data".utf8) + little(UInt32(64_000))
    for sample in samples { wav += little(UInt16(bitPattern: sample)) }
    try write(wav, to: "tone.wav")
    let split = try BuiltTool.run(
      "split", folder("tone.wav"), "--into", folder("project"), "--style", "plain")
    #expect(split.status == 0, "\(split.errors)")
  }

  private func claim() throws -> String {
    struct Claim: Decodable { var lease: String }
    let claim = try BuiltTool.run("claim", folder("project"), "--as", "ana", "--json")
    return try JSONDecoder().decode(Claim.self, from: Data(claim.output.utf8)).lease
  }

  private func little<Number: FixedWidthInteger>(_ number: Number) -> Data {
    withUnsafeBytes(of: number.littleEndian) { Data($0) }
  }

  private func bytes(of sample: String) throws -> Data {
    try Data(contentsOf: URL(filePath: Sample.file(sample)))
  }

  private func write(_ bytes: some Sequence<UInt8>, to name: String) throws {
    try Data(bytes).write(to: folder.url.appending(path: name))
  }

  private func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder(name))
  }

  private func expectRefusal(
    _ arguments: String..., input: String? = nil, naming name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expectRefusal(arguments, input: input, naming: name, sourceLocation: sourceLocation)
  }

  /// Exit code 2, nothing on standard output, and one sentence on standard error.
  private func expectRefusal(
    _ arguments: [String], input: String? = nil, naming name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try BuiltTool.run(arguments, input: input)
    #expect(result.status == 2, "\(result.errors)", sourceLocation: sourceLocation)
    #expect(result.output == "", sourceLocation: sourceLocation)
    let lines = result.errors.split(separator: "\n")
    #expect(
      lines.count == 1 && lines.allSatisfy { $0.hasPrefix("pecia: ") && $0.contains(name) },
      "\(result.errors)", sourceLocation: sourceLocation)
  }
}
