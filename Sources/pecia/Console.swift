import Foundation

/// Prints a message for the user on standard error; results go to standard output.
func report(_ message: String) {
  FileHandle.standardError.write(Data("\(message)\n".utf8))
}

/// How many there are, with the noun in the right number: `1 clip`, `3 clips`.
func count(_ things: some Collection, _ noun: String) -> String { count(things.count, noun) }

func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }
