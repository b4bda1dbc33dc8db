import Foundation
import PeciaCore
import PeciaStore
import Support
import Testing

@Suite struct CoordinationTests {
  let project: SplitProject

  init() throws { project = try SplitProject() }

  private func run(_ arguments: String...) throws -> BuiltTool.Result {
    try BuiltTool.run(["project", project.path] + arguments)
  }

  @Test func `a paused project gives nothing and takes texts`() throws {
    #expect(try run("pause").status == 0)
    #expect(try BuiltTool.run("claim", project.path, "--as", "ana").status == 3)
    #expect(try run("resume").status == 0)
    #expect(try BuiltTool.run("claim", project.path, "--as", "ana").status == 0)
  }

  @Test func `settings, languages and priorities are set`() throws {
    #expect(try run("set", "--copies", "2", "--language", "cy", "--apart", "strict").status == 0)
    #expect(try run("set", "--recording", "tone", "--priority", "5").status == 0)
    let store = try project.store()
    #expect(try store.settings().copies == 2 && store.settings().apart == .strict)
    #expect(try store.recordings().map(\.language) == ["cy"])
    #expect(try run("set", "--style", "no-such-guide").status == 2)
    #expect(try run("set").status == 64)
    #expect(try run("set", "--recording", "none", "--priority", "1").status == 2)
  }

  @Test func `clips are accepted and opened again`() throws {
    let bad = try run("accept", "tone/1", "--text", "Hello\u{7}.")
    #expect(bad.status == 0 && bad.errors.contains("characters."), "\(bad)")
    #expect(try run("accept", "tone/1", "--text", "").status == 64)
    #expect(try run("accept", "tone/1", "--text", "Hello.").status == 0)
    let store = try project.store()
    #expect(try store.accepted(of: "tone") == [1: "Hello."])
    #expect(try store.states(of: "tone", at: .now)[1] == .agreed)
    #expect(try run("reopen", "tone/1").status == 0)
    #expect(try store.states(of: "tone", at: .now)[1] == .open)
    #expect(try run("reopen", "tone/99").status == 2)
  }

  @Test func `a recording is removed and can come back cut otherwise`() throws {
    #expect(try run("remove", "tone").status == 0)
    #expect(try project.store().recordings().isEmpty)
    let again = try BuiltTool.run(
      "split", project.folder("tone.wav"), "--into", project.path, "--target", "10")
    #expect(again.status == 0, "\(again)")
    #expect(try project.store().recordings().map(\.name) == ["tone"])
  }

  @Test func `the doctor finds what is damaged and mends the manifest`() throws {
    #expect(try BuiltTool.run("doctor", project.path).status == 0)
    let manifest = project.path + "/manifest.csv"
    try Data("x".utf8).write(to: URL(filePath: manifest))
    let mended = try BuiltTool.run("doctor", project.path)
    #expect(mended.status == 0 && mended.output.contains("mended: manifest.csv"), "\(mended)")
    #expect(
      try String(contentsOfFile: manifest, encoding: .utf8)
        .hasPrefix("clip,recording,start,end,file,speech,sha256\r\n1,tone,0.000,"))
    let clip = try #require(try project.store().clips(of: "tone").first)
    try Data("x".utf8).write(to: URL(filePath: project.path + "/" + clip.file))
    let found = try BuiltTool.run("doctor", project.path)
    #expect(found.status == 1 && found.output.contains(clip.file), "\(found)")
  }

  @Test func `a forgotten name stands nowhere in the project`() throws {
    let name = "Zebedee Quux"
    let project = try SplitProject("--target", "10")
    let lease = try #require(
      try BuiltTool.run("claim", project.path, "--as", name, "--json").output
        .firstMatch(of: /"lease":"([^"]+)"/)
    ).1
    _ = try BuiltTool.run("submit", project.path, String(lease), input: "kept text")
    // A draft, a pack that is out, and a table stand under the name as well.
    let other = try #require(
      try BuiltTool.run("claim", project.path, "--as", name, "--json").output
        .firstMatch(of: /"lease":"([^"]+)"/)
    ).1
    _ = try BuiltTool.run("draft", project.path, String(other), input: "kept draft")
    let pack = try project.pack(name, count: 1)
    let worked = try BuiltTool.run(
      "transcribe", pack, "--as", name, "--with", "echo from the pack")
    #expect(worked.status == 0, "\(worked)")
    let table = try project.folder.write(
      "recording,clip,worker,text\ntone,2,\(name),from the table\n", to: "texts.csv")
    #expect(try BuiltTool.run("collect", project.path, table).status == 0)
    #expect(try BuiltTool.run("forget", project.path, name).status == 0)
    // The pack comes in late, and brings its texts and not its name.
    #expect(try BuiltTool.run("collect", project.path, pack).status == 0)
    #expect(try BuiltTool.run("forget", project.path, name).status == 2)
    let files = try #require(FileManager.default.enumerator(atPath: project.path))
    for case let file as String in files {
      let bytes = try? Data(contentsOf: URL(filePath: project.path + "/" + file))
      #expect(bytes?.range(of: Data(name.utf8)) == nil, "\(file)")
    }
    let texts = try project.store().submissions(of: "tone")
    #expect(Set(texts.map(\.text)).isSuperset(of: ["kept text", "from the pack\n"]))
    #expect(Set(texts.map(\.worker)).count == 1)
    let merged = project.folder("talk.json")
    #expect(try BuiltTool.run("merge", project.path, "-o", merged).status == 0)
    #expect(try String(contentsOfFile: merged, encoding: .utf8).contains(name) == false)
    let history = try BuiltTool.run("project", project.path, "history", texts[0].worker)
    #expect(history.output.contains("handed in") && !history.output.contains(name), "\(history)")
  }
}
