import ArgumentParser
import Foundation
import PeciaWorkflow

@main
struct Pecia: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pecia",
    abstract: "Turn long recordings into transcripts with many hands.",
    discussion: """
      Cut recordings into short overlapping clips (split), let people type what they hear \
      (transcribe), and stitch their texts into one timestamped transcript (merge).

      Exit codes: 0 done · 1 done, with something to complain of · 2 could not be done · \
      3 nothing to claim · 64 wrong usage · 130 stopped by the user.
      """,
    version: peciaVersion,
    subcommands: [
      Align.self,
      CaptionsCommand.self,
      Check.self,
      Claim.self,
      Collect.self,
      DoctorCommand.self,
      Draft.self,
      Forget.self,
      Lint.self,
      Merge.self,
      PackCommand.self,
      ProbeSound.self,
      ProjectCommand.self,
      Release.self,
      Renew.self,
      Review.self,
      Score.self,
      Split.self,
      Status.self,
      Style.self,
      Submit.self,
      Transcribe.self,
      Vote.self,
    ])

  /// Runs the command; what could not be done is one sentence on standard error, and exit code 2.
  static func main() async {
    // A limit on file sizes is a write that fails, like a full disk.
    signal(SIGXFSZ, SIG_IGN)
    var failure: (any Error)?
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      failure = error
    }
    // What was printed goes out now: results that a full disk swallows are no success.
    if fflush(nil) != 0 {
      failure = FileError.unwritable(
        path: "standard output", reason: String(cString: strerror(errno)))
    }
    guard let failure else { return }
    // Wrong usage (64), `--help` (0) and chosen exit codes are the parser's to say.
    guard !(failure is ExitCode), exitCode(for: failure) == .failure else {
      exit(withError: failure)
    }
    report("pecia: \(sentence(for: failure))")
    exit(withError: ExitCode(2))
  }

  /// What went wrong, in one line.
  private static func sentence(for error: any Error) -> String {
    let text =
      switch error {
      case let error as CocoaError:
        [error.localizedDescription, error.filePath].compactMap { $0 }.joined(separator: " ")
      case let error as any CustomStringConvertible: error.description
      default: error.localizedDescription
      }
    return text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
