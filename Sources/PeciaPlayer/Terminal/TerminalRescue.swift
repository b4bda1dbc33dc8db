import Foundation
import Synchronization

/// Gives the terminal back when the program ends by a fault.
///
/// The handler calls nothing but `write`, `tcsetattr`, `signal` and `raise`, as POSIX allows.
enum TerminalRescue {
  /// Undoes what a session asked of the terminal.
  static let leave: StaticString = "\u{1B}[?2004l\u{1B}[<u\u{1B}[0m\u{1B}[?25h\u{1B}[?1049l"

  /// The address of the terminal's saved state; 0 where nothing is to be given back.
  private static let saved = Atomic<UInt>(0)
  private static let faults = [SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS]

  static func arm(saved state: termios) {
    let copy = UnsafeMutablePointer<termios>.allocate(capacity: 1)
    copy.initialize(to: state)
    saved.store(UInt(bitPattern: copy), ordering: .sequentiallyConsistent)
    for fault in faults { signal(fault, giveBack) }
  }

  static func disarm() {
    for fault in faults { signal(fault, SIG_DFL) }
    let address = saved.exchange(0, ordering: .sequentiallyConsistent)
    UnsafeMutablePointer<termios>(bitPattern: address)?.deallocate()
  }

  fileprivate static func restore() {
    let address = saved.load(ordering: .sequentiallyConsistent)
    guard let state = UnsafeMutablePointer<termios>(bitPattern: address) else { return }
    _ = write(STDOUT_FILENO, leave.utf8Start, leave.utf8CodeUnitCount)
    _ = tcsetattr(STDIN_FILENO, TCSANOW, state)
  }
}

/// The handler of faults: gives the terminal back, and lets the fault end the program.
private func giveBack(_ number: CInt) {
  TerminalRescue.restore()
  signal(number, SIG_DFL)
  raise(number)
}
