import Foundation
import PeciaAudio
import Support
import Testing

@Suite struct CaptionsTests {
  private static let talk = """
    1
    00:00:01,000 --> 00:00:03,000
    Hello there, this is a first cue.

    2
    00:00:03,200 --> 00:00:03,600
    And a second.

    """

  @Test func `captions are converted to several files at once`() throws {
    let folder = try TemporaryFolder()
    let input = try folder.write(Self.talk, to: "talk.srt")
    let result = try BuiltTool.run(
      "captions", input, "-o", folder("talk.vtt"), folder("talk.ttml"), "-o", folder("talk.sbv"))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    #expect(try folder.read("talk.vtt").contains("00:00:01.000 --> 00:00:03.000\nHello there"))
    #expect(try folder.read("talk.sbv").hasPrefix("0:00:01.000,0:00:03.000\nHello"))
    #expect(try folder.read("talk.ttml").contains("begin=\"00:00:03.200\""))
  }

  @Test func `standard input and output stand for files`() throws {
    let result = try BuiltTool.run(
      "captions", "-", "-o", "-", "--form", "json", "--shift", "-0.5", "--scale", "2",
      input: Self.talk)
    #expect(result.status == 0, "\(result.errors)")
    #expect(
      result.output == """
        {"format":"pecia-cues","version":1,"language":null,"cues":[{"id":"1","start":1.500,\
        "end":5.500,"text":"Hello there, this is a first cue.","speaker":null,"settings":null},\
        {"id":"2","start":5.900,"end":6.700,"text":"And a second.","speaker":null,\
        "settings":null}]}

        """)
  }

  @Test func `checking names every fault and ends with 1`() throws {
    let folder = try TemporaryFolder()
    let input = try folder.write(Self.talk, to: "talk.srt")
    let text = try BuiltTool.run("captions", "--check", input, "--profile", "netflix")
    #expect(text.status == 1)
    #expect(text.output.contains("cue 2, 0:03: shortest: stands for 0.400 s; at least 0.833 s"))
    let json = try BuiltTool.run(
      "captions", "--check", input, "--profile", "netflix", "--format", "json")
    #expect(json.status == 1)
    #expect(json.output.hasPrefix("{\"profile\":\"netflix\",\"cues\":2,\"faults\":[{\"cue\":1,"))
    #expect(
      json.output.contains(
        """
        {"cue":2,"line":null,"rule":"shortest","message":"stands for 0.400 s; at least 0.833 s",\
        "value":0.4,"limit":0.833,"start":3.200,"end":3.600}
        """))
  }

  @Test func `what was cut anew passes the check`() throws {
    let folder = try TemporaryFolder()
    let input = try folder.write(Self.talk, to: "talk.srt")
    let cut = try BuiltTool.run(
      "captions", input, "-o", folder("cut.vtt"), "--profile", "netflix", "--fps", "24")
    #expect(cut.status == 0, "\(cut.errors)")
    let check = try BuiltTool.run("captions", "--check", folder("cut.vtt"), "--fps", "24")
    #expect(check.status == 0, "\(check.output)")
  }

  @Test(arguments: [
    (["captions", "nowhere.srt", "-o", "x.vtt"], 2, "cannot read ‘nowhere.srt’"),
    (["captions", "talk.srt", "-o", "talk.docx"], 64, "--form"),
    (["captions", "talk.srt"], 64, "-o"),
    (["captions", "talk.srt", "--check", "-o", "x.vtt"], 64, "-o"),
    (["captions", "--check", "talk.srt", "--profile", "nobody"], 2, "no caption profile ‘nobody’"),
    (["captions", "talk.srt", "-o", "x.vtt", "--form", "word"], 2, "no form ‘word’"),
    (["captions", "empty.vtt", "-o", "x.srt"], 2, "empty.vtt:1: "),
    (["captions", "talk.txt", "-o", "x.srt"], 2, "--from"),
  ])
  func `what cannot be done is said in a sentence`(
    arguments: [String], status: Int32, message: String
  ) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.talk, to: "talk.srt")
    try folder.write("", to: "empty.vtt")
    try folder.write("Nothing but words.", to: "talk.txt")
    let result = try BuiltTool.run(arguments, folder: folder.url)
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(!FileManager.default.fileExists(atPath: folder("x.vtt")))
  }

  @Test func `a transcript whose times run backwards is said to`() throws {
    let folder = try TemporaryFolder()
    let words = [("One", 5.0), ("two.", 1.0)].map { text, start in
      "{\"text\":\"\(text)\",\"start\":\(start),\"end\":\(start + 0.5),"
        + "\"confidence\":null,\"speaker\":null,\"clips\":[],\"workers\":[]}"
    }
    let json =
      #"{"format":"pecia-transcript","version":1,"recording":{"name":"x","duration":9,"sha256":""},"language":"en","style":"plain","gaps":[],"disputes":[],"words":["#
      + words.joined(separator: ",") + "]}"
    let run = try BuiltTool.run(
      "captions", try folder.write(json, to: "back.json"), "-o", folder("out.txt"))
    #expect(run.status == 0 && run.errors.contains("run backwards: ‘two.’ at 1.000 s"), "\(run)")
  }

  @Test func `what a shift moves before the start is left out, and said`() throws {
    let folder = try TemporaryFolder()
    let cues = "1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n00:00:04,000 --> 00:00:07,000\ntwo\n"
    let run = try BuiltTool.run(
      "captions", try folder.write(cues, to: "in.srt"), "-o", "-", "--form", "srt", "--shift", "-5")
    #expect(run.output.hasPrefix("1\n00:00:00,000 --> 00:00:02,000\ntwo\n"), "\(run)")
    #expect(run.errors.contains("1 of the cues or words would end before the start"), "\(run)")
  }

  @Test(.enabled(if: chromium != nil, "Chromium is not on this machine"))
  func `a word that is clicked in the page moves the sound`() throws {
    let chromium = try #require(Self.chromium)
    let folder = try TemporaryFolder()
    try Self.silence(seconds: 6).write(to: URL(filePath: folder("talk.wav")))
    let input = try folder.write(Self.talk, to: "talk.srt")
    let made = try BuiltTool.run(
      "captions", input, "-o", folder("talk.html"), "--sound", folder("talk.wav"))
    #expect(made.status == 0, "\(made.errors)")
    let script = """
      <script>
      sound.addEventListener('loadedmetadata', () => {
        words[3].click();
        setTimeout(() => {
          const lit = document.querySelector('.now');
          const moved = Math.abs(sound.currentTime - Number(words[3].dataset.start)) < 0.5;
          search.value = 'first cue';
          search.dispatchEvent(new Event('input'));
          const found = document.querySelectorAll('.found').length;
          document.title = `${moved} ${lit === words[3]} ${found}`;
        }, 200);
      });
      </script>
      """
    let page = try folder.write(try folder.read("talk.html") + script, to: "clicked.html")
    let shown = try folder.write("", to: "shown.html")
    let process = Process()
    process.executableURL = URL(filePath: chromium)
    process.arguments = [
      "--headless=new", "--no-sandbox", "--disable-gpu", "--user-data-dir=\(folder("profile"))",
      "--autoplay-policy=no-user-gesture-required", "--virtual-time-budget=5000", "--dump-dom",
      "file://\(page)",
    ]
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: shown))
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(try folder.read("shown.html").contains("<title>true true 2</title>"))
  }

  @Test func `a page whose recording is gone plays what its clips hold`() throws {
    let folder = try TemporaryFolder()
    let wave = Data(TestSound.wav(seconds: 45))
    try wave.write(to: URL(filePath: folder("talk.wav")))
    let split = try BuiltTool.run(
      "split", folder("talk.wav"), "--into", folder("project"), "--skip-silence", "0")
    #expect(split.status == 0, "\(split.errors)")
    try FileManager.default.removeItem(atPath: folder("talk.wav"))
    let merged = try BuiltTool.run("merge", folder("project"), "-o", folder("talk.html"))
    #expect(merged.errors.contains("was joined from its clips"), "\(merged.errors)")
    #expect(try folder.read("talk.html").contains("src=\"talk.sound.flac\""))
    let sound = try readSound(folder("talk.sound.flac"))
    let heard = sound.samples.map { Int16($0 * 32_768) }
    #expect(heard == TestSound.samples(ofWAV: wave))
  }

  /// Where Chromium is, if this machine has it.
  private static let chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }

  /// A WAV file of silence: 8 bits, 8,000 frames a second.
  private static func silence(seconds: Int) -> Data {
    func little(_ value: Int, _ bytes: Int) -> [UInt8] {
      (0..<bytes).map { UInt8(value >> (8 * $0) & 0xFF) }
    }
    let size = seconds * 8000
    var data = Data("RIFF".utf8)
    data += little(36 + size, 4)
    data += Data("WAVEfmt ".utf8)
    data += little(16, 4) + little(1, 2) + little(1, 2) + little(8000, 4) + little(8000, 4)
    data += little(1, 2) + little(8, 2)
    data += Data("data".utf8)
    data += little(size, 4)
    return data + Data(repeating: 128, count: size)
  }
}
