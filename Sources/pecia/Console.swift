import ArgumentParser
import Foundation
import PeciaCore

/// Prints a message for the user on standard error; results go to standard output.
func report(_ message: String) { report(message.printable, terminator: "\n") }

func report(_ message: String, terminator: String) {
  // Where nobody can hear it, the work goes on.
  try? FileHandle.standardError.write(contentsOf: Data("\(message)\(terminator)".utf8))
}

/// Refuses what is no language code: `English`.
func checkLanguage(_ code: String?) throws {
  guard let code, code.wholeMatch(of: /[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*/) == nil else { return }
  throw ValidationError("‘\(code)’ is no language code; write one such as en, de or pt-BR")
}

/// How many there are, with the noun in the right number: `1 clip`, `3 clips`.
func count(_ things: some Collection, _ noun: String) -> String { count(things.count, noun) }

func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
