import Foundation
import PeciaCore
import PeciaStore
import Support
import Testing

/// Real processes on a disk that takes no more, and where nothing may be written.
@Suite struct HardLifeCommandTests {
  let project: SplitProject

  init() throws { project = try SplitProject("--copies", "12") }

  private func lease(as worker: String) throws -> String {
    let claimed = try BuiltTool.run("claim", project.path, "--as", worker, "--json")
    return String(try #require(claimed.output.firstMatch(of: /"lease":"([^"]+)"/)).1)
  }

  private func expectSentence(_ result: BuiltTool.Result, _ comment: String) {
    #expect(result.status == 2, "\(comment): \(result)")
    #expect(result.errors.hasPrefix("pecia: "), "\(comment): \(result.errors)")
    #expect(result.errors.count(where: \.isNewline) == 1, "\(comment): \(result.errors)")
  }

  @Test
  func `where files may not grow, what was acknowledged is there and the rest can be handed in`()
    throws
  {
    // A file of a process under this limit ends like a disk that is full: in the middle of a write.
    var acknowledged: [String] = []
    var refused: [(lease: String, text: String)] = []
    let sizes = [1, 8, 20, 40, 64, 80, 120, 200, 300, 400, 500, 2_000]
    for (number, blocks) in sizes.enumerated() {
      let token = try lease(as: "w\(number)")
      let text = "The text of worker \(number)."
      let result = try BuiltTool.run(
        ["submit", project.path, token], input: text,
        under: "trap '' XFSZ; ulimit -f \(blocks); exec \"$@\"")
      if result.status == 0 {
        acknowledged.append(text)
      } else {
        expectSentence(result, "\(blocks) blocks")
        refused.append((token, text))
      }
    }
    #expect(!acknowledged.isEmpty && !refused.isEmpty)
    let texts = { try project.store().submissions(of: "tone").map(\.text) }
    #expect(try Set(texts()).isSuperset(of: acknowledged))
    #expect(try project.store().examine(at: .now) == ProjectStore.Examination())
    // With room again, each of them goes through, once.
    for (token, text) in refused {
      #expect(try BuiltTool.run("submit", project.path, token, input: text).status == 0)
    }
    #expect(try texts().sorted() == (acknowledged + refused.map(\.text)).sorted())
  }

  /// Root may write anywhere: as root, the tool runs as nobody.
  private static let withoutRights: String? =
    if geteuid() != 0 {
      "exec \"$@\""
    } else {
      "exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\""
    }

  /// Whether a user without rights can start the built tool at all.
  private static var canRunWithoutRights: Bool {
    (try? BuiltTool.run(["--version"], under: withoutRights).status) == 0
  }

  @Test(.enabled(if: canRunWithoutRights, "the built tool lies where only root may read"))
  func `a project that may not be written is refused with a sentence and left as it is`() throws {
    let token = try lease(as: "ana")
    let file = "\(project.path)/project.sqlite"
    let before = try Data(contentsOf: URL(filePath: file))
    let files = FileManager.default
    try files.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
    try files.setAttributes([.posixPermissions: 0o555], ofItemAtPath: project.path)
    defer { try? files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.path) }
    for arguments in [
      ["claim", project.path, "--as", "bo"], ["submit", project.path, token],
      ["draft", project.path, token], ["renew", project.path, token],
      ["release", project.path, token], ["forget", project.path, "ana"],
      ["project", project.path, "pause"], ["project", project.path, "set", "--copies", "3"],
      ["doctor", project.path],
    ] {
      let result = try BuiltTool.run(arguments, input: "Hello.", under: Self.withoutRights)
      expectSentence(result, "\(arguments)")
      #expect(result.errors.contains("may not be written"), "\(arguments): \(result.errors)")
    }
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
    try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: project.path)
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    #expect(try BuiltTool.run("submit", project.path, token, input: "Hello.").status == 0)
  }

  @Test func `a project put back from yesterday keeps the texts of leases it does not know`() throws
  {
    let old = project.folder("yesterday")
    try FileManager.default.copyItem(atPath: project.path, toPath: old)
    let token = try lease(as: "ana")
    for _ in 0..<2 {
      let late = try BuiltTool.run("submit", old, token, input: "Typed today.")
      expectSentence(late, "strange lease")
      #expect(late.errors.contains("the text is kept"))
    }
    let doctor = try BuiltTool.run("doctor", old)
    #expect(doctor.output.contains("a text came in for the unknown lease \(token): Typed today."))
    #expect(try BuiltTool.run("claim", old, "--as", "ana").status == 0)
  }

  @Test func `the history is shown for people and for programs`() throws {
    let token = try lease(as: "ana")
    #expect(try BuiltTool.run("submit", project.path, token, input: "Hello.").status == 0)
    for name in ["tone/1", "ana"] {
      let page = try BuiltTool.run("project", project.path, "history", name)
      #expect(page.output.contains("tone/1  ana: handed in, after "), "\(page)")
      #expect(page.output.contains("‘Hello.’"))
      let json = try BuiltTool.run("project", project.path, "history", name, "--json")
      #expect(
        json.output.hasPrefix(#"{"history":[{"clip":"tone/1","worker":"ana","what":"submitted","#),
        "\(json)")
    }
    #expect(try BuiltTool.run("project", project.path, "history").output.contains("handed in"))
    #expect(try BuiltTool.run("project", project.path, "history", "eve").status == 2)
    #expect(try BuiltTool.run("project", project.path, "history", "tone/99").status == 2)
  }
}
