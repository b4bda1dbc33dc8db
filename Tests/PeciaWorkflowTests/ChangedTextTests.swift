import Foundation
import PeciaWorkflow
import Support
import Testing

@Suite struct ChangedTextTests {
  @Test func `a changed text is held against its sound like one that is handed in`() throws {
    let folder = try TemporaryFolder()
    let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Samples/lighthouse.flac").path
    let split = try BuiltTool.run("split", sample, "--into", folder("project"), "--style", "plain")
    #expect(split.status == 0, "\(split.errors)")
    let desk = try PlayerDesk(opening: folder("project"), worker: "kim")
    let task = try #require(try desk.next(at: Date(), excluding: []))
    let other = "The committee met again in the small room, and nobody spoke of the roof."
    #expect(try desk.handIn(other, of: task, at: Date()).doubt != nil)
    #expect(try desk.change(other + " It rained.", of: task, at: Date()).doubt != nil)
  }
}
