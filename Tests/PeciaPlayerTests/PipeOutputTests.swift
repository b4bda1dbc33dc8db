import Foundation
import Support
import Testing

@testable import PeciaPlayer

@Suite struct PipeOutputTests {
  /// What a program of this name is sent for a hundredth of a second of sound.
  private func sent(to name: String) throws -> Data {
    let folder = try TemporaryFolder()
    let heard = folder("heard")
    try #require(mkfifo(heard, 0o600) == 0)
    // The player's end is no reason to drop what it was sent.
    let program = try folder.write("#!/bin/sh\ntrap '' TERM\nexec cat > '\(heard)'\n", to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: program)
    var output = try PipeOutput(program: URL(filePath: program), rate: 8000, channels: 1)
    try output.write([Float](repeating: 0.5, count: 80))
    output.close()
    return try #require(try FileHandle(forReadingFrom: URL(filePath: heard)).readToEnd())
  }

  @Test func `silence goes before the clip where a player swallows the first of its sound`() throws
  {
    let clip = [Float](repeating: 0.5, count: 80).pcm16
    #expect(try sent(to: "paplay") == Data(count: 640) + clip)
    #expect(try sent(to: "aplay") == clip)
  }
}
