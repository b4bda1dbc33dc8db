import Foundation
import PeciaStore
import Support
import Testing

@Suite struct QueueCommandTests {
  let project: ScratchProject

  init() throws { project = try ScratchProject(ProjectSettings(style: "plain")) }

  private func claim(as worker: String = "ana") throws -> [String: Any] {
    let claimed = try BuiltTool.run("claim", project.path, "--as", worker, "--json")
    #expect(claimed.status == 0, "\(claimed.errors)")
    return try #require(
      JSONSerialization.jsonObject(with: Data(claimed.output.utf8)) as? [String: Any])
  }

  @Test func `claim prints its keys in order`() throws {
    let claimed = try BuiltTool.run("claim", project.path, "--as", "ana", "--json")
    let keys = claimed.output.matches(of: /"([a-z]+)":/).map { String($0.1) }
    #expect(
      keys == [
        "lease", "clip", "recording", "start", "end", "audio", "expires", "language", "style",
        "draft",
      ])
    #expect(claimed.output.contains("\"start\":0.000,\"end\":20.000,\"audio\":\"/"))
    #expect(claimed.output.contains(/"expires":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"/))
  }

  @Test func `a text is handed in from a file and from standard input, once`() throws {
    let file = try project.folder.write("Hello  there.\n", to: "text.txt")
    let lease = try #require(try claim()["lease"] as? String)
    #expect(try BuiltTool.run("submit", project.path, lease, file).status == 0)
    #expect(try BuiltTool.run("submit", project.path, lease, input: "Hello  there.\n").status == 0)
    #expect(try project.store.submissions(of: "talk").map(\.text) == ["Hello  there.\n"])
    let other = try BuiltTool.run("submit", project.path, lease, "--json", input: "Other.")
    #expect(other.status == 1)
    #expect(other.output.hasPrefix(#"{"accepted":[],"refused":[],"drafts":[{"lease":""#))
  }

  @Test func `a guide judges no words of another language than its own`() throws {
    let project = try ScratchProject()
    try project.store.setLanguage("de", of: "talk")
    func handIn(_ text: String) throws -> BuiltTool.Result {
      let claimed = try BuiltTool.run("claim", project.path, "--as", "ana", "--json")
      let lease = try #require(claimed.output.firstMatch(of: /"lease":"([^"]+)"/)?.1)
      return try BuiltTool.run("submit", project.path, String(lease), input: text)
    }
    let refused = try handIn("Er (ging.")
    #expect(refused.status == 1 && refused.output.contains("balance.brackets"), "\(refused)")
    #expect(!refused.output.contains("fillers"))
    let text = "Er ging nach Hause. „Was hat die die Tür geöffnet?“, fragte er um 18 Uhr."
    #expect(try handIn(text).status == 0)
    let ours = "name: ours\nextends: clean-verbatim\n"
    try Data(ours.utf8).write(to: project.store.folder.appending(path: "style.yml"))
    #expect(try handIn("Er ging.").status == 1)
  }

  @Test func `a draft is found again after a release`() throws {
    let lease = try #require(try claim()["lease"] as? String)
    #expect(try BuiltTool.run("draft", project.path, lease, input: "Hel").status == 0)
    #expect(try BuiltTool.run("renew", project.path, lease).status == 0)
    #expect(try BuiltTool.run("release", project.path, lease).status == 0)
    #expect(try project.store.lease(lease)?.draft == "Hel")
    #expect(
      try BuiltTool.run("release", project.path, lease, "--reason", "bored").status == 64)
  }

  @Test func `nothing to claim is exit 3`() throws {
    for _ in 0..<6 { _ = try claim() }
    let none = try BuiltTool.run("claim", project.path, "--as", "ana", "--json")
    #expect(none.status == 3 && none.output.isEmpty && !none.errors.isEmpty)
  }

  @Test func `bad input is one sentence and exit 2`() throws {
    let lease = try #require(try claim()["lease"] as? String)
    let notText = project.folder.url.appending(path: "latin")
    try Data([0x48, 0xE9, 0x0A]).write(to: notText)
    let long = try project.folder.write(String(repeating: "a", count: 10_000_000), to: "long")
    let text = try project.folder.write("x", to: "x")
    let wrong = [
      ["submit", project.path, "0-aaaa", text], ["submit", project.path, lease, notText.path],
      ["submit", project.path, lease, long], ["submit", project.path, lease, "/no/such/file"],
      ["submit", project.path, lease, "/"], ["claim", "/no/such/project", "--as", "ana"],
      ["claim", project.folder.url.path, "--as", "ana"], ["claim", project.path, "--as", ""],
      ["status", text],
    ]
    for arguments in wrong {
      let result = try BuiltTool.run(arguments)
      #expect(result.status == 2, "\(arguments): \(result)")
      #expect(result.errors.hasPrefix("pecia: "), "\(arguments)")
      #expect(result.errors.count(where: \.isNewline) == 1, "\(arguments): \(result.errors)")
    }
    #expect(try project.store.submissions(of: "talk").isEmpty)
  }

  @Test func `status adds up`() throws {
    _ = try claim()
    let status = try BuiltTool.run("status", project.path, "--json")
    #expect(
      status.output.contains(
        #""clips":6,"open":5,"leased":1,"submitted":0,"agreed":0,"disputed":0,"setAside":0}],"#))
    #expect(
      status.output.contains(
        #""workers":[{"worker":"ana","submissions":0,"leased":1,"released":0}]"#))
    let page = try BuiltTool.run("status", project.path)
    #expect(page.output.contains("0 of 6 done · 1 in work · 5 open"))
  }
}
