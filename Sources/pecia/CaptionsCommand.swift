import ArgumentParser
import Foundation
import PeciaCore
import PeciaWorkflow

struct CaptionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "captions",
    abstract: "Read captions or a timed transcript; convert, re-cut or check them.",
    discussion: """
      Reads \(readableForms); writes \(writableForms). The ending chooses the form, or --form.
      Profiles: \(profileNames). A profile of your own is a YAML file.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "Captions or a transcript; - is standard input.", completion: .file())
  var input: String
  @Option(
    name: .customShort("o"), parsing: .upToNextOption,
    help: ArgumentHelp("Files to write; - is standard output.", valueName: "out"),
    completion: .file())
  var outputs: [String] = []
  @Flag(help: "Say where the captions break the profile, and write nothing.")
  var check = false
  @Option(help: "Cut or check by this profile: a name, or a YAML file.")
  var profile: String?
  @Option(help: "How --check prints: text or json.")
  var format = Format.text
  @Option(help: "The form to write, where the ending cannot say (ebu-tt-d, audacity).")
  var form: String?
  @Option(help: "The form to read, where it does not show.")
  var from: String?
  @Option(help: "The character set to read, where it does not show (windows-1251).")
  var charset: String?
  @Option(help: "The language of the words (fr), where the file does not say.")
  var language: String?
  @Option(parsing: .unconditional, help: "Seconds to move all times by; may be negative.")
  var shift = 0.0
  @Option(help: "What to multiply all times by, before they are moved.")
  var scale = 1.0
  @Option(help: "Begin and end cues on whole frames of this rate (24, 29.97).")
  var fps: Double?
  @Flag(help: "Write the time of each word, in WebVTT and ASS.")
  var karaoke = false
  @Flag(help: "Begin the paragraphs of plain text and Markdown with their time.")
  var timestamps = false
  @Option(help: "The sound to play in an HTML transcript.", completion: .file())
  var sound: String?

  func validate() throws {
    if check, !outputs.isEmpty {
      throw ValidationError("--check writes nothing; leave out -o")
    }
    if !check, outputs.isEmpty {
      throw ValidationError("say what to write with -o, or check with --check")
    }
    guard (0.001...1000).contains(scale) else {
      throw ValidationError("--scale must lie between 0.001 and 1000")
    }
    guard (-1_000_000...1_000_000).contains(shift) else {
      throw ValidationError("--shift must lie within 1,000,000 seconds")
    }
    if let fps, !(1...1000).contains(fps) {
      throw ValidationError("--fps must lie between 1 and 1000")
    }
    if form == nil, let path = outputs.first(where: { !hasForm($0) }) {
      throw ValidationError("the ending of ‘\(path)’ names no form; name one with --form")
    }
    let places = Set(outputs)
    if places.count < outputs.count { throw ValidationError("-o names a file twice") }
  }

  func run() throws {
    var captions = try Captioning(reading: input, form: from, charset: charset)
    if let language { captions.setLanguage(language) }
    if scale != 1 || shift != 0 {
      captions.retime(scale: scale, shift: Timestamp(seconds: shift).milliseconds)
    }
    for notice in captions.notices { report(notice) }
    if check {
      try check(captions)
    } else {
      try write(captions)
    }
  }

  private func write(_ captions: Captioning) throws {
    let outputs = try outputs.map { try Captioning.Output(path: $0, form: form) }
    let losses = try captions.write(
      outputs,
      options: .init(
        profileNamed: profile, framesPerSecond: fps, karaoke: karaoke, timestamps: timestamps,
        sound: sound))
    for loss in losses { report(loss) }
  }

  private func check(_ captions: Captioning) throws {
    let found = try CaptionReport(
      checking: captions, file: input, against: profile ?? "netflix", framesPerSecond: fps)
    switch format {
    case .json: print(found.json.text)
    case .text:
      for line in found.lines { print("\(input): \(line)") }
      report("\(count(found.faults, "fault")) in \(count(found.cues, "cue"))")
    }
    if !found.faults.isEmpty { throw ExitCode(1) }
  }
}
