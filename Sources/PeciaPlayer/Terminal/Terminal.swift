import Foundation
import Synchronization

/// The terminal, taken for the time of a session and given back as it was.
///
/// It is given back at the end, by signals that end a program, and by a crash; and by a small
/// guard process if the player is killed outright.
struct Terminal: ~Copyable {
  private var saved: termios
  private let input = STDIN_FILENO
  private let output = STDOUT_FILENO
  private let errors: QuietErrors
  private let guardian: TerminalGuard?

  /// Enters: the other screen, no line end of its own, pastes marked, keys told apart where the
  /// terminal can; and asks for the background and the key reports.
  private static let enter =
    "\u{1B}[?1049h\u{1B}[?2004h\u{1B}[>3u\u{1B}[?25l\u{1B}[2J\u{1B}[?u\u{1B}]11;?\u{7}"

  /// - Throws: `TerminalError.none` where input or output is no terminal.
  init(asksForBackground: Bool) throws(TerminalError) {
    var now = termios()
    guard isatty(input) == 1, isatty(output) == 1, tcgetattr(input, &now) == 0 else { throw .none }
    saved = now
    errors = QuietErrors()
    var raw = now
    cfmakeraw(&raw)
    guardian = TerminalGuard(saved: now, raw: raw)
    TerminalRescue.arm(saved: now)
    tcsetattr(input, TCSAFLUSH, &raw)
    write(asksForBackground ? Self.enter : String(Self.enter.dropLast(7)))
  }

  deinit {
    write(TerminalRescue.leave.description)
    // Answers to what was asked are still on their way: they are nobody's input.
    tcflush(input, TCIFLUSH)
    var saved = saved
    tcsetattr(input, TCSANOW, &saved)
    TerminalRescue.disarm()
    guardian?.dismiss()
    errors.restore()
  }

  /// Columns and rows; 80 by 24 where the terminal does not say.
  var size: (columns: Int, rows: Int) { terminalSize(of: output) }

  func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in
      var sent = 0
      while sent < bytes.count {
        let count = Foundation.write(
          output, bytes.baseAddress.map { $0 + sent }, bytes.count - sent)
        if count < 0 {
          if errno == EINTR { continue }
          guard errno == EAGAIN else { return }
          var wait = pollfd(fd: output, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, 1000)
          continue
        }
        sent += count
      }
    }
  }

  /// What can be read now, without waiting; nil where the terminal is gone.
  func read() -> [UInt8]? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = Foundation.read(input, &buffer, buffer.count)
    if count < 0 { return errno == EINTR || errno == EAGAIN ? [] : nil }
    return count == 0 ? nil : Array(buffer[..<count])
  }
}

/// Why there is no terminal to work in.
enum TerminalError: Error, CustomStringConvertible {
  case none

  var description: String {
    "the player needs a terminal for input and output; use ‘--plain’ for lines without a screen, "
      + "or ‘--with COMMAND’ for a program"
  }
}
