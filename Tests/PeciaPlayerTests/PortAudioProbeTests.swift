import Foundation
import Support
import Testing

@testable import PeciaPlayer

@Suite struct PortAudioProbeTests {
  @Test(arguments: [
    (["/bin/sh", "-c", "exit 0"], true), (["/bin/sh", "-c", "exit 1"], false),
    (["/bin/sh", "-c", "kill -KILL $$"], false), (["/bin/sh", "-c", "kill -SEGV $$"], false),
    (["/nonexistent/pecia"], false), ([], true),
  ])
  func `PortAudio is used where a process of its own outlives it`(
    command: [String], survives: Bool
  ) {
    #expect(PortAudioProbe(command: command).succeeds() == survives)
  }

  @Test func `a PortAudio that hangs is not waited for`() {
    let probe = PortAudioProbe(command: ["/bin/sh", "-c", "exec cat /dev/zero"], patience: 0.05)
    #expect(!probe.succeeds())
  }

  @Test func `what cannot begin is passed over, and the next that plays is taken`() throws {
    let finder = OutputFinder(
      .automatic, probe: PortAudioProbe(command: []), environment: ["PATH": "/nonexistent"])
    var silent = finder
    silent.hasDevice = true
    let found = try silent.output(rate: 8000, channels: 1, without: ["PortAudio"])
    #expect(found.name == "silent")
    #expect(found.notice == "PortAudio cannot play here; playing silently, in real time")
  }

  @Test(arguments: [("echo '  -a, --raw'", "pw-cat"), ("echo '  --rate'", "paplay")])
  func `a pw-cat that cannot take bare samples is passed over`(help: String, name: String) throws {
    let folder = try TemporaryFolder()
    for (program, script) in [("pw-cat", help), ("paplay", "exec cat >/dev/null")] {
      let file = try folder.write("#!/bin/sh\n\(script)\n", to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    var finder = OutputFinder(
      .automatic, probe: PortAudioProbe(command: []),
      environment: ["PATH": URL(filePath: folder("pw-cat")).deletingLastPathComponent().path])
    finder.hasDevice = true
    var found = try finder.output(rate: 8000, channels: 1, without: ["PortAudio"])
    #expect(found.name == name)
    found.output.close()
  }
}
