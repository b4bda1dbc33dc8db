import ArgumentParser
import Foundation
import PeciaPlayer
import Synchronization

/// Draws a page over and over, until Ctrl-C; a terminal of another size gets it anew at once.
///
/// Where standard output is no terminal, the pages stand one below the other.
struct Watch {
  /// Seconds from one page to the next.
  var pause = 2
  /// The page for so many columns.
  var page: (_ columns: Int) throws -> String

  /// The end of a pipe that wakes the loop; −1 while nothing watches.
  private static let waking = Atomic<CInt>(-1)

  /// - Throws: `ExitCode` 130 when the user stops it, and what `page` throws.
  func run() throws {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { throw ExitCode(2) }
    Self.waking.store(ends[1], ordering: .sequentiallyConsistent)
    // Whoever started it may have blocked some.
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGWINCH, SIGINT, SIGTERM, SIGHUP] {
      signal(number) { Watch.wake(UInt8(truncatingIfNeeded: $0)) }
      sigaddset(&watched, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
    var isFirst = true
    while true {
      try draw(clearing: isFirst)
      isFirst = false
      var wait = pollfd(fd: ends[0], events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, CInt(pause * 1000)) > 0 else { continue }
      var number: UInt8 = 0
      guard read(ends[0], &number, 1) == 1 else { continue }
      guard CInt(number) == SIGWINCH else {
        if Self.isTerminal { print() }
        throw ExitCode(130)
      }
      isFirst = true
    }
  }

  /// Safe in a signal handler.
  private static func wake(_ number: UInt8) {
    var number = number
    _ = write(waking.load(ordering: .sequentiallyConsistent), &number, 1)
  }

  private func draw(clearing: Bool) throws {
    guard Self.isTerminal else {
      print(try page(80), terminator: "\n\n")
      fflush(nil)
      return
    }
    let size = terminalSize(of: STDOUT_FILENO)
    let lines = Self.fitted(try page(size.columns), to: size)
    // Each line takes the place of the old one, then what stood below goes: nothing flickers.
    print(clearing ? "\u{1B}[2J" : "", terminator: "\u{1B}[1;1H")
    print(lines.joined(separator: "\u{1B}[K\n"), terminator: "\u{1B}[K\u{1B}[J")
    fflush(nil)
  }

  /// The lines that a terminal holds: the first ones and the last two, and between them how many
  /// are left out.
  private static func fitted(_ page: String, to size: (columns: Int, rows: Int)) -> [String] {
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0.prefix(max(size.columns - 1, 1))) }
    guard lines.count > size.rows, size.rows > 3 else { return Array(lines.prefix(size.rows)) }
    let left = count(lines.count - size.rows + 1, "line")
    return lines.prefix(size.rows - 3) + ["… \(left) more"] + lines.suffix(2)
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
