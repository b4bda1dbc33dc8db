import ArgumentParser
import Foundation
import PeciaCore
import PeciaWorkflow

/// `pecia lint`: checks any text against a style guide.
struct Lint: AsyncParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, line, json }

  static let configuration = CommandConfiguration(
    abstract: "Check any text against a style guide.",
    discussion: """
      Exits with 1 where a finding of level error is left. A SubRip or WebVTT file is read as \
      captions, anything else as a whole transcript.
      """)
  @Argument(help: "Texts to check; - is standard input.", completion: .file())
  var files: [String]
  @Option(help: "A guide’s name or file; see pecia style list.") var style: String
  @Flag(help: "Make all safe fixes; a text from standard input is printed mended.") var fix = false
  @Flag(help: "With --fix: show what would change, and change nothing.") var dryRun = false
  @Flag(help: "Read the texts as clips, which may begin and end in mid-sentence.") var clip = false
  @Option(help: "How findings are shown: text, line or json.") var format = Format.text

  func validate() throws {
    if dryRun, !fix { throw ValidationError("--dry-run goes with --fix") }
    if files.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("standard input can be read once only")
    }
  }

  func run() async throws {
    var linter = try Linter(style: style)
    linter.readsClips = clip
    for note in linter.notes where format != .json { report("note: \(note)") }
    let texts = try files.map(readMarkedText)
    let linted = zip(files, texts).map { linter.lint($1.text, file: $0, fixing: fix) }
    for (old, new) in zip(texts, linted) where fix { try mend(old, new) }
    show(linted)
    if linted.contains(where: \.hasErrors) { throw ExitCode(1) }
  }

  /// Writes the mended text, or shows what would change; a byte-order mark stays.
  private func mend(_ old: (mark: String, text: String), _ new: LintedText) throws {
    guard let mended = new.fixed else { return }
    let (before, after) = (old.mark + old.text, old.mark + mended)
    if dryRun {
      write(unifiedDiff(from: before, to: after, file: new.file), toErrors: format == .json)
    } else if new.file == "-" {
      write(after, toErrors: format == .json)
    } else if !after.utf8.elementsEqual(before.utf8) {
      try writeFile(Data(after.utf8), to: new.file)
    }
  }

  private func show(_ texts: [LintedText]) {
    // Standard output holds one thing: the mended text, the diff, or the findings.
    let taken = fix && (dryRun || files.contains("-")) && format != .json
    let stream: Int32 = taken ? 2 : 1
    let colours =
      isatty(stream) == 1 && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    switch format {
    case .json: write(lintJSON(texts).text + "\n")
    case .line:
      for text in texts {
        write(text.findings.map { $0.line(in: text.file) + "\n" }.joined(), toErrors: taken)
      }
    case .text:
      for text in texts { write(text.report(colours: colours), toErrors: taken) }
      write(summary(of: texts), toErrors: true)
    }
  }

  private func summary(of texts: [LintedText]) -> String {
    let findings = texts.flatMap(\.findings)
    guard !findings.isEmpty, isatty(2) == 1 else { return "" }
    let errors = findings.count { $0.level == .error }
    return "\(count(findings.count, "finding")), \(count(errors, "error"))\n"
  }

  private func write(_ text: String, toErrors: Bool = false) {
    if toErrors { report(text, terminator: "") } else { print(text, terminator: "") }
  }
}
