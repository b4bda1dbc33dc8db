import ArgumentParser
import PeciaWorkflow

struct Align: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Time the words of a text that is already there.",
    discussion: """
      TEXT is plain text; each piece between blanks becomes one timed word. A time mark such as \
      <12.48>, seconds from the start, says when the word behind it is said. The ending of OUT \
      chooses the form, or --form; x.json is a transcript.

      An outside aligner gets the words on standard input, one a line, and PECIA_AUDIO, PECIA_TEXT \
      and PECIA_LANGUAGE in its environment; it answers with {"words":[{"text","start","end"}]}, \
      in seconds. Where it fails, the times are pecia's own.
      """)

  @Argument(help: "The sound.", completion: .file()) var recording: String
  @Argument(help: "What is said in it; - is standard input.", completion: .file())
  var text: String
  @Option(
    name: .customShort("o"), parsing: .upToNextOption,
    help: ArgumentHelp("Files to write; - is standard output.", valueName: "out"),
    completion: .file())
  var outputs: [String]
  @Option(help: "The language of the words; those without a table are timed more roughly.")
  var language = "en"
  @Option(help: "Cut captions by this profile: a name, or a YAML file.")
  var profile: String?
  @Option(help: "The form to write, where the ending cannot say (ebu-tt-d, audacity).")
  var form: String?
  @Option(
    help: ArgumentHelp("A command that times the words in pecia's place.", valueName: "command"))
  var aligner: String?

  func validate() throws {
    try checkLanguage(language)
    if form == nil, let path = outputs.first(where: { !hasForm($0) }) {
      throw ValidationError("the ending of ‘\(path)’ names no form; name one with --form")
    }
  }

  func run() throws {
    let outputs = try outputs.map { try Captioning.Output(path: $0, form: form) }
    let options = try Captioning.Options(profileNamed: profile)
    let aligned = try Aligning(
      recording: recording, text: text, language: language, command: aligner)
    let losses = try aligned.write(outputs, options: options)
    for notice in aligned.notices + losses { report(notice) }
  }
}
