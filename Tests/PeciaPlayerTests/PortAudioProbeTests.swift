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

  /// A folder of programs, each a script of the shell.
  private func players(_ scripts: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (program, script) in scripts {
      let file = try folder.write("#!/bin/sh\n\(script)\n", to: program)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    }
    return folder
  }

  private func finder(_ folder: TemporaryFolder) -> OutputFinder {
    var finder = OutputFinder(
      .automatic, probe: PortAudioProbe(command: []),
      environment: ["PATH": folder.url.path])
    finder.hasDevice = true
    finder.hasPipeWire = true
    return finder
  }

  @Test(arguments: [
    ("-a, --raw", ["--raw"]), ("pw-cat [options] [<file>|-]", []),
    ("pw-cat [options] <file>", nil),
  ])
  func `a pw-cat is told what its release needs`(help: String, told: [String]?) throws {
    let folder = try players(["pw-cat": "echo '\(help)'"])
    #expect(PipeOutput.rawOptions(ofPipeWire: folder.url.appending(path: "pw-cat")) == told)
  }

  @Test func `pw-cat is left alone where PipeWire does not run`() throws {
    let folder = try players(["pw-cat": "echo ' --raw'", "paplay": "exec cat >/dev/null"])
    var finder = finder(folder)
    finder.hasPipeWire = false
    var found = try finder.output(rate: 8000, channels: 1, without: ["PortAudio"])
    #expect(found.name == "paplay")
    found.output.close()
  }
}
