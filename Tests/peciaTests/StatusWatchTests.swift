import Foundation
import PeciaStore
import Support
import Testing

/// `status --watch` in a terminal of our own.
@Suite(.serialized) struct StatusWatchTests {
  @Test func `the page is drawn again, fits the terminal, and ends with Ctrl-C`() throws {
    let project = try ScratchProject(ProjectSettings(style: "plain"))
    let pty = try Pty(["status", project.path, "--watch"], columns: 100)
    try pty.wait(for: "0 of 6 done · 6 open")
    // What happens meanwhile is on the next page, and nothing of the old one stays.
    let lease = try #require(try project.store.claim(by: "ana", at: .now))
    try pty.wait(for: "0 of 6 done · 1 in work · 5 open")
    _ = try project.store.submit("x", lease: lease.token, findings: [], at: .now)
    try pty.wait(for: "workers: ana 1 in")
    #expect(!pty.screen.text.contains("leased"))
    for number in 0..<12 { try project.add("more-\(number)", clips: 1) }
    pty.resize(columns: 60, rows: 8)
    try pty.wait(for: "… 8 lines more")
    try pty.wait(for: "workers: ana 1 in")
    #expect(pty.screen.text.split(separator: "\n").allSatisfy { $0.count < 61 })
    pty.kill(SIGINT)
    #expect(try pty.status() == 130)
  }

  @Test func `without a terminal the pages stand one below the other`() throws {
    let project = try ScratchProject(ProjectSettings(style: "plain"))
    let result = try BuiltTool.run(
      ["status", project.path, "--watch"], under: "timeout -s INT 1 \"$@\"")
    #expect(result.output.contains("0 of 6 done"), "\(result)")
    #expect(!result.output.contains("\u{1B}"))
  }
}
