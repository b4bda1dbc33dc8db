import Foundation
import PeciaStore
import Support
import Testing

/// The player in a terminal of our own, worked with real keys.
@Suite(.serialized) struct PlayerTests {
  /// Three clips of tones, in a project of their own.
  private static func project(in folder: TemporaryFolder, seconds: Int = 75) throws -> String {
    let recording = folder("talk.wav")
    try Data(TestSound.wav(seconds: seconds)).write(to: URL(filePath: recording))
    let project = folder("job")
    let split = try BuiltTool.run("split", recording, "--into", project, "--skip-silence", "0")
    try #require(split.status == 0, "\(split.errors)")
    return project
  }

  private func texts(_ project: String, of recording: String = "talk") throws -> [String] {
    try ProjectStore(openingAt: URL(filePath: project)).submissions(of: recording).map(\.text)
  }

  @Test func `a worker goes through a project with real keys`() throws {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder)
    var pty = try Pty(["transcribe", project, "--as", "kim", "--output", "none"])
    try pty.wait(for: "talk/1 of")
    // Play, type, and be told of a slip.
    pty.send("\t")
    try pty.wait(for: "▶")
    pty.send("He is gonna sing.")
    try pty.wait(for: "F8 mends it")
    pty.send("\t")
    try pty.wait(for: "■")
    // It is refused, and said why.
    pty.send("\u{13}")
    try pty.wait(for: "not handed in")
    #expect(try texts(project) == [])
    // Mended with one key, it is taken, and the next clip is there.
    pty.send("\u{1B}[19~")
    try pty.wait(for: "going to sing.")
    pty.send("\u{13}")
    try pty.wait(for: "handed in")
    try pty.wait(for: "today 1 clip,")
    #expect(try texts(project) == ["He is going to sing."])
    // Another is given back in two keys.
    try pty.wait(for: "0 words")
    pty.send("\u{1B}r")
    try pty.wait(for: "Give this clip back")
    pty.send("1")
    try pty.wait(for: "given back")
    // A draft is there after leaving and coming back.
    try pty.wait(for: "0 words")
    pty.send("and half a sent")
    try pty.wait(for: "and half a sent")
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
    #expect(pty.isGivenBack)
    pty = try Pty(["transcribe", project, "--as", "kim", "--output", "none"])
    try pty.wait(for: "and half a sent")
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
    // How long it played stands in the history.
    let history = try ProjectStore(openingAt: URL(filePath: project))
      .history(of: .worker("kim"), at: Date())
    #expect(history.contains { $0.kind == "submitted" && $0.heard ?? 0 > 0 })
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGHUP, SIGSEGV])
  func `killed in the middle of a word, nothing that stood for a second is lost`(
    number: Int32
  ) throws {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder, seconds: 20)
    var pty = try Pty(["transcribe", project, "--as", "kim", "--output", "none"])
    try pty.wait(for: "talk/1 of")
    pty.send("an unfinished wo")
    let store = try ProjectStore(openingAt: URL(filePath: project))
    let begun = ContinuousClock.now
    while try store.leases(heldBy: "kim", at: Date()).first?.draft != "an unfinished wo" {
      try pty.look(milliseconds: 50)
      try #require(begun.duration(to: .now) < .seconds(20))
    }
    pty.kill(number)
    _ = try pty.status()
    #expect(pty.isGivenBack, "signal \(number)")
    pty = try Pty(["transcribe", project, "--as", "kim", "--output", "none"])
    try pty.wait(for: "an unfinished wo")
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
  }

  @Test func `what was heard is in the file, sample for sample`() throws {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder, seconds: 12)
    let file = folder("heard.wav")
    let pty = try Pty(["transcribe", project, "--as", "kim", "--output", "file:\(file)"])
    try pty.wait(for: "talk/1 of")
    pty.send("\t")
    try pty.wait(for: "▶ 0:02")
    pty.send("\t")
    try pty.wait(for: "■")
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
    let heard = TestSound.samples(ofWAV: try Data(contentsOf: URL(filePath: file)))
    let source = TestSound.samples(ofWAV: Data(TestSound.wav(seconds: 12)))
    #expect(heard.count > 2 * TestSound.rate && heard.count < 8 * TestSound.rate)
    // The last milliseconds fade; everything before is the clip itself.
    let whole = heard.count - TestSound.rate / 50
    #expect(Array(heard[..<whole]) == Array(source[..<whole]))
  }

  @Test func `a sound configuration that PortAudio dies of ends in a notice, not the player`()
    throws
  {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder, seconds: 12)
    let pty = try Pty(
      ["transcribe", project, "--as", "kim"],
      environment: [
        "ALSA_CONFIG_PATH": "/dev/null", "XDG_RUNTIME_DIR": folder("none"), "PATH": "/nonexistent",
        "PULSE_SERVER": "",
      ])
    try pty.wait(for: "talk/1 of")
    pty.send("\t")
    try pty.wait(for: "silently, in")
    try pty.wait(for: "▶ 0:01")
    // Esc and Ctrl-Q at once are two keys.
    pty.send("\u{1B}\u{11}")
    #expect(try pty.status() == 0)
  }

  @Test func `a reviewer decides what two workers dispute`() throws {
    let folder = try TemporaryFolder()
    let recording = folder("talk.wav")
    try Data(TestSound.wav(seconds: 12)).write(to: URL(filePath: recording))
    let project = folder("job")
    _ = try BuiltTool.run(
      "split", recording, "--into", project, "--copies", "2", "--style", "plain", "--skip-silence",
      "0")
    let store = try ProjectStore(openingAt: URL(filePath: project))
    for (worker, text) in [
      ("ada", "The lighthouse stood on the outer rock."),
      ("ben", "A lighthouse stood on the water clock."),
    ] {
      let lease = try #require(try store.claim(by: worker, at: Date()))
      let handedIn = try BuiltTool.run("submit", project, lease.token, input: text)
      try #require(handedIn.status == 0, "\(handedIn.errors)")
    }
    var pty = try Pty(["review", project, "--as", "rita", "--output", "none"], rows: 26)
    // Each place by itself: one worker's words here, the other's there.
    try pty.wait(for: "place 1 of 2")
    pty.send("\u{1B}1")
    try pty.wait(for: "‘The’ as ada has it")
    pty.send("\u{1B}.\u{1B}2")
    try pty.wait(for: "‘water clock.’ as ben has it")
    // What is half decided is there after leaving and coming back.
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
    pty = try Pty(["review", project, "--as", "rita", "--output", "none"], rows: 26)
    try pty.wait(for: "The lighthouse stood on the water clock.")
    // Played are the words with what is around them.
    pty.send("\u{1B}[15~")
    try pty.wait(for: "▶")
    pty.send("\u{1B}w")
    try pty.wait(for: "Why is it decided so")
    pty.send("heard it thrice\r\u{13}")
    try pty.wait(for: "nothing is left for rita")
    // It can still be taken back, and decided again.
    pty.send("\u{1B},")
    try pty.wait(for: "The lighthouse stood on the water clock.")
    #expect(try store.accepted(of: "talk") == [:])
    pty.send("\u{13}")
    try pty.wait(for: "nothing is left for rita")
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
    #expect(try store.accepted(of: "talk") == [1: "The lighthouse stood on the water clock."])
    #expect(try texts(project).count == 2)
  }

  @Test func `without a screen the player takes and gives lines`() throws {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder, seconds: 12)
    let result = try BuiltTool.run(
      "transcribe", project, "--as", "kim", "--plain", "--output", "none",
      input: "He is here.\n.l\n.no\n. \n.\n... and\n.5\n.0\n.q\n")
    #expect(result.status == 0)
    #expect(result.output.contains("there is no command ‘.no’"))
    let store = try ProjectStore(openingAt: URL(filePath: project))
    let drafts = try store.leases(heldBy: "kim", at: Date()).map(\.draft)
    #expect(drafts == ["He is here.\n. \n.\n... and\n.5"])
  }

  @Test func `a smaller terminal is drawn anew`() throws {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder, seconds: 12)
    let pty = try Pty(["transcribe", project, "--as", "kim", "--output", "none"])
    try pty.wait(for: "talk/1 of")
    pty.resize(columns: 60, rows: 16)
    pty.send("漢字 and é")
    try pty.wait(for: "漢字 and é")
    try pty.wait(for: "Ctrl-Q leave")
    #expect(pty.screen.rows.count == 16)
    pty.send("\u{11}")
    #expect(try pty.status() == 0)
  }

  @Test func `without a terminal it says what to do`() throws {
    let folder = try TemporaryFolder()
    let project = try Self.project(in: folder, seconds: 12)
    let result = try BuiltTool.run("transcribe", project, "--as", "kim")
    #expect(result.status == 2)
    #expect(result.errors.contains("the player needs a terminal"))
    #expect(try BuiltTool.run("transcribe", project, "--as", "kim", "--theme", "red").status == 64)
    let keys = try folder.write("play = Ctl-X\n", to: "keys")
    let bad = try BuiltTool.run("transcribe", project, "--as", "kim", "--keys", keys)
    #expect(bad.status == 2)
    #expect(bad.errors.contains("keys:1: ‘Ctl-X’ is no key"))
  }
}
