import Foundation
import Support
import Testing

/// The soak of `pecia-bench queue`, in a short form; `--soak` alone runs it at full length.
@Suite struct QueueSoakTests {
  @Test func `sixteen processes, some killed, lose nothing and hold nothing twice`() throws {
    let folder = try TemporaryFolder()
    let soak = Process()
    soak.executableURL = try BuiltTool.url(of: "pecia-bench")
    soak.arguments = ["queue", "--soak", "--operations", "400", "--folder", folder.url.path]
    let output = Pipe()
    soak.standardOutput = output
    try soak.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    soak.waitUntilExit()
    #expect(soak.terminationStatus == 0, "\(said)")
    #expect(said.contains("nothing was lost, nothing held twice, all counts add up"))
  }
}
