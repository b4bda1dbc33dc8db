import Foundation

/// Standard error, kept from the terminal while a session lasts: libraries for sound talk there.
struct QuietErrors {
  private let saved: CInt?

  /// Quiet from now on, if standard error is a terminal.
  init() {
    guard isatty(STDERR_FILENO) == 1 else {
      saved = nil
      return
    }
    let copy = dup(STDERR_FILENO)
    let null = open("/dev/null", O_WRONLY)
    if copy >= 0, null >= 0 {
      dup2(null, STDERR_FILENO)
      close(null)
    }
    saved = copy >= 0 ? copy : nil
  }

  func restore() {
    guard let saved else { return }
    dup2(saved, STDERR_FILENO)
    close(saved)
  }
}
