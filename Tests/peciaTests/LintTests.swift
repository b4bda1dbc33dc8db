import Foundation
import Support
import Testing

@Suite struct LintTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `findings are told with place, line and caret`() throws {
    let file = try folder.write("I was, um, going to to town.\n", to: "a.txt")
    let result = try BuiltTool.run("lint", file, "--style", "clean-verbatim")
    #expect(result.status == 1)
    #expect(
      result.output == """
        \(file):1:8: error: leave ‘um’ out [words.fillers]
            I was, um, going to to town.
                   ^~
        \(file):1:18: error: write ‘to’ once [words.repeated]
            I was, um, going to to town.
                             ^~~~~

        """)
    #expect(result.errors == "")
  }

  @Test func `one line a finding for programs`() throws {
    let file = try folder.write("We saw the 👩‍👩‍👧, um, there.\n", to: "a.txt")
    let result = try BuiltTool.run(
      "lint", file, "--style", "clean-verbatim", "--format", "line")
    #expect(result.output == "\(file):1:15:error:words.fillers:leave ‘um’ out\n")
    #expect(result.status == 1)
  }

  @Test func `JSON keeps the order of its keys and leaves none out`() throws {
    let result = try BuiltTool.run(
      "lint", "-", "--style", "clean-verbatim", "--format", "json", input: "I'm gonna go.")
    #expect(
      result.output == """
        {"files":[{"file":"-","findings":[{"rule":"words.slang","level":"error",\
        "message":"write ‘going to’","line":1,"column":5,"endLine":1,"endColumn":10,"offset":4,\
        "length":5,"text":"gonna","fix":"going to"}]}]}

        """)
    #expect(result.status == 1)
    #expect(result.errors == "")
  }

  @Test func `clean text and warnings end with 0`() throws {
    for text in ["Yes, we went.\n", "It was, like, big.\n", "", "\n"] {
      let result = try BuiltTool.run("lint", "-", "--style", "clean-verbatim", input: text)
      #expect(result.status == 0, "\(text)")
    }
    let piped = try BuiltTool.run(
      "lint", "-", "--style", "plain", "--format", "json", input: "any words\n")
    #expect(piped.output == "{\"files\":[{\"file\":\"-\",\"findings\":[]}]}\n")
  }

  @Test func `fixes are written, and a second run finds nothing to fix`() throws {
    let text = "Ana:  Um, I'm gonna go .\nAna: [Laughs] it was  w-w-well <2.5> done.\n"
    let file = try folder.write(text, to: "a.txt")
    let dry = try BuiltTool.run(
      "lint", file, "--style", "clean-verbatim", "--fix", "--dry-run")
    #expect(try folder.read("a.txt") == text)
    #expect(dry.output.contains("\n-Ana:  Um, I'm gonna go .\n"))
    #expect(dry.output.contains("\n+Ana: I'm going to go.\n"))
    let fixed = try BuiltTool.run("lint", file, "--style", "clean-verbatim", "--fix")
    // A tag is left for a person to mend.
    #expect(fixed.status == 1 && fixed.output.contains("a.txt:2:"), "\(fixed.output)")
    let mended = "Ana: I'm going to go.\nAna: [Laughs] it was well <2.5> done.\n"
    #expect(try folder.read("a.txt") == mended)
    try BuiltTool.run("lint", file, "--style", "clean-verbatim", "--fix")
    #expect(try folder.read("a.txt") == mended)
    let piped = try BuiltTool.run("lint", "-", "--style", "clean-verbatim", "--fix", input: text)
    #expect(piped.output == mended)
  }

  @Test func `a diff keeps bytes as they stand, and a letter composed anew is a change`() throws {
    let text = "I went  to the cafe\u{301}.\r\nSo we  left."
    let file = try folder.write(text, to: "b.txt")
    let dry = try BuiltTool.run("lint", file, "--style", "base", "--fix", "--dry-run")
    let diff = dry.output.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    let expected =
      "@@ -1,2 +1,2 @@\n-I went  to the cafe\u{301}.\r\n-So we  left.\n\\ No newline at end of file\n"
      + "+I went to the caf\u{E9}.\r\n+So we left.\n\\ No newline at end of file\n"
    #expect(diff.last.map { Array($0.utf8) } == Array(expected.utf8), "\(dry.output)")
    let composed = try folder.write("I went to the cafe\u{301}.\n", to: "c.txt")
    try BuiltTool.run("lint", composed, "--style", "base", "--fix")
    #expect(Array(try folder.read("c.txt").utf8) == Array("I went to the caf\u{E9}.\n".utf8))
  }

  @Test func `a byte-order mark stays where it was`() throws {
    let file = try folder.write("\u{FEFF}I went  home.\n", to: "d.txt")
    let dry = try BuiltTool.run("lint", file, "--style", "base", "--fix", "--dry-run")
    #expect(dry.output.hasSuffix("\n-\u{FEFF}I went  home.\n+\u{FEFF}I went home.\n"))
    try BuiltTool.run("lint", file, "--style", "base", "--fix")
    let bytes = try Data(contentsOf: URL(filePath: folder("d.txt")))
    #expect(Array(bytes) == [0xEF, 0xBB, 0xBF] + Array("I went home.\n".utf8))
  }

  @Test func `captions are read as captions`() throws {
    let file = try folder.write(
      "1\n00:00:01,000 --> 00:00:01,300\nI um went.\n\n2\n00:00:02,000 --> 00:00:04,000\nYes.\n",
      to: "a.srt")
    let result = try BuiltTool.run("lint", file, "--style", "captions", "--format", "line")
    #expect(result.output.contains("a.srt:2:1:error:timing.shortest:"))
    #expect(result.output.contains("a.srt:3:3:error:words.fillers:leave ‘um’ out"))
    #expect(result.output.split(separator: "\n").count { $0.contains(":error:") } == 2)
  }

  @Test func `a clip may begin and end in mid-sentence`() throws {
    let text = "and so we went to"
    let arguments = ["lint", "-", "--style", "clean-verbatim"]
    #expect(try BuiltTool.run(arguments, input: text).status == 1)
    #expect(try BuiltTool.run(arguments + ["--clip"], input: text).status == 0)
  }

  @Test func `several files keep their order`() throws {
    let first = try folder.write("Um.\n", to: "b.txt")
    let second = try folder.write("Uh.\n", to: "a.txt")
    let result = try BuiltTool.run(
      "lint", first, second, "--style", "clean-verbatim", "--format", "line")
    let files = result.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(files.map { URL(filePath: String($0)).lastPathComponent } == ["b.txt", "a.txt"])
  }

  @Test func `what cannot be done is one sentence`() throws {
    let latin = folder("latin.txt")
    try Data([0x61, 0x0A, 0xE9, 0x0A]).write(to: URL(filePath: latin))
    for (arguments, status, sentence) in [
      (["lint", latin, "--style", "plain"], 2, "is not UTF-8 text (line 2)"),
      (["lint", folder("none.txt"), "--style", "plain"], 2, "cannot read"),
      (["lint", latin, "--style", "plian"], 2, "no style guide is called ‘plian’"),
      (["lint", latin, "--style", "plain", "--dry-run"], 64, "--dry-run goes with --fix"),
      (["lint", latin], 64, "--style"),
      (["lint", latin, "--style", "plain", "--format", "xml"], 64, "xml"),
    ] as [([String], Int32, String)] {
      let result = try BuiltTool.run(arguments)
      #expect(result.status == status, "\(arguments)")
      #expect(result.errors.contains(sentence), "\(result.errors)")
      if status == 2 { #expect(result.errors.split(separator: "\n").count == 1) }
    }
  }
}
