import Foundation
import PeciaStore
import Support
import Testing

@Suite struct TranscribeWithTests {
  let project: ScratchProject

  init() throws { project = try ScratchProject(ProjectSettings(style: "plain")) }

  private func transcribe(_ command: String, as worker: String = "ana") throws
    -> BuiltTool.Result
  {
    try BuiltTool.run("transcribe", project.path, "--as", worker, "--with", command)
  }

  @Test func `what a command prints is the text, and it is told its clip`() throws {
    let done = try transcribe(
      #"echo "$PECIA_RECORDING/$PECIA_CLIP $PECIA_START-$PECIA_END $PECIA_WORKER $PECIA_LANGUAGE""#)
    #expect(done.status == 0, "\(done)")
    #expect(done.output == "6 clips handed in\n")
    let texts = try project.store.submissions(of: "talk").map(\.text)
    #expect(texts.first == "talk/1 0.000-20.000 ana en\n")
    #expect(texts.count == 6)
  }

  @Test func `exit 3 releases, other failures release and go on`() throws {
    let done = try transcribe(
      #"case $PECIA_CLIP in 2) exit 3;; 3) exit 5;; 4) kill -9 $$;; *) echo ok;; esac"#)
    #expect(done.status == 1)
    #expect(done.output.contains("3 clips handed in, 1 with nothing to transcribe, 2 failed"))
    #expect(done.output.contains("the command failed (exit 5): talk/3"))
    #expect(done.output.contains("(exit 137): talk/4"))
    #expect(try project.counts()[.open] == 3)
    #expect(try project.store.submissions(of: "talk").map(\.clip) == [1, 5, 6])
  }

  @Test(arguments: ["no-such-command-here", "exit 126"])
  func `a command that cannot be run ends it at once`(command: String) throws {
    let done = try transcribe(command)
    #expect(done.status == 1)
    #expect(try project.counts() == [.open: 6])
    #expect(try project.store.status(at: .now).workers.map(\.released) == [1])
  }

  @Test func `none is set aside by failing commands`() throws {
    for worker in ["ana", "bo", "cy"] { _ = try transcribe("exit 1", as: worker) }
    #expect(try project.counts() == [.open: 6])
    #expect(try transcribe("echo again", as: "ana").status == 0)
    #expect(try project.counts()[.open] == nil)
  }

  @Test func `text that is no UTF-8, and too much of it, is a failure`() throws {
    let done = try transcribe(
      #"case $PECIA_CLIP in 1) printf '\351';; 2) head -c 2000000 /dev/zero;; *) echo ok;; esac"#)
    #expect(done.status == 1)
    #expect(done.output.contains("4 clips handed in, 2 failed"))
  }

  @Test func `stopping gives the lease back`() throws {
    let out = try project.folder.write("", to: "out")
    let file = try FileHandle(forWritingTo: URL(filePath: out))
    let started = project.folder.url.appending(path: "started").path
    let process = try BuiltTool.start(
      ["transcribe", project.path, "--as", "ana", "--with", "touch \(started); sleep 60"],
      output: file, errors: file)
    while !FileManager.default.fileExists(atPath: started), process.isRunning { usleep(1000) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try project.counts() == [.open: 6])
  }

  @Test func `a refused text is a draft, and safe fixes are made when they are asked for`() throws {
    let strict = try ScratchProject(ProjectSettings(style: "clean-verbatim"), clips: 1)
    let run = { (options: [String]) in
      try BuiltTool.run(
        ["transcribe", strict.path, "--as", "ana", "--with", "echo I am ok."] + options)
    }
    let refused = try run([])
    #expect(refused.status == 1 && refused.output.contains("words.okay"), "\(refused)")
    #expect(try strict.counts() == [.open: 1])
    #expect(try run(["--fix"]).status == 0)
    #expect(try strict.store.submissions(of: "talk").map(\.text) == ["I am okay.\n"])
  }
}
