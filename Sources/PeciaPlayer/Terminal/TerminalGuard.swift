import Foundation

/// A small shell that outlives a player killed outright, and gives the terminal back for it.
///
/// It waits on a pipe whose other end only the player holds. A player that ends in good order says
/// so first; if the pipe ends without a word, the guard leaves the player's screen, and restores
/// the terminal's mode if that is still the player's.
final class TerminalGuard {
  private let process = Process()
  private let pipe = Pipe()

  private static let script = """
    exec 3>&1
    trap '' HUP INT TERM TTOU TTIN
    if read -r word; then exit 0; fi
    printf '\\033[?2004l\\033[<u\\033[0m\\033[?25h\\033[?1049l' 
    if [ "$(stty -g <&3)" = "$2" ]; then stty "$1" <&3; fi
    """

  /// - Returns: nil where no guard can be started; the player works without one.
  init?(saved: termios, raw: termios) {
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", Self.script, "pecia-guard", Self.text(of: saved), Self.text(of: raw),
    ]
    process.standardInput = pipe
    process.standardOutput = FileHandle.standardOutput
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    // The player alone holds the pipe: what it starts later must not keep it open.
    _ = fcntl(pipe.fileHandleForWriting.fileDescriptor, F_SETFD, FD_CLOEXEC)
  }

  /// Tells the guard that all is well.
  func dismiss() {
    // A guard that is gone needs no word.
    try? pipe.fileHandleForWriting.write(contentsOf: Data("done\n".utf8))
    try? pipe.fileHandleForWriting.close()
  }

  /// A terminal's state as `stty -g` writes and reads it.
  private static func text(of state: termios) -> String {
    let flags = [state.c_iflag, state.c_oflag, state.c_cflag, state.c_lflag]
    let signs = withUnsafeBytes(of: state.c_cc) { Array($0) }
    return (flags.map { String($0, radix: 16) } + signs.map { String($0, radix: 16) })
      .joined(separator: ":")
  }
}
