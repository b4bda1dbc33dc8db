import Foundation
import Synchronization

/// A pipe that wakes the session: for signals, and for work that others have finished.
enum WakePipe {
  private static let signals = [SIGWINCH, SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGCONT]
  private static let writing = Atomic<CInt>(-1)

  /// Opens the pipe and watches the signals; gives the end to read from.
  static func open() -> CInt {
    var ends: [CInt] = [-1, -1]
    guard pipe(&ends) == 0 else { return -1 }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    writing.store(ends[1], ordering: .sequentiallyConsistent)
    signal(SIGPIPE, SIG_IGN)
    for number in signals { signal(number, wakeForSignal) }
    // Whoever started the player may have blocked some; the guard inherits what holds here.
    var all = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_UNBLOCK, &all, nil)
    return ends[0]
  }

  static func close(_ reading: CInt) {
    for number in signals { signal(number, SIG_DFL) }
    let end = writing.exchange(-1, ordering: .sequentiallyConsistent)
    if end >= 0 { Foundation.close(end) }
    Foundation.close(reading)
  }

  /// Writes one byte: a signal's number, or 0 for finished work.
  ///
  /// Safe in a signal handler.
  static func wake(_ byte: UInt8 = 0) {
    let end = writing.load(ordering: .sequentiallyConsistent)
    guard end >= 0 else { return }
    var byte = byte
    _ = write(end, &byte, 1)
  }
}

private func wakeForSignal(_ number: CInt) { WakePipe.wake(UInt8(truncatingIfNeeded: number)) }

/// Events from other threads, taken by the session when it wakes.
final class Mailbox: Sendable {
  private let events = Mutex<[Player.Event]>([])

  func post(_ event: Player.Event) {
    events.withLock { $0.append(event) }
    WakePipe.wake()
  }

  func take() -> [Player.Event] {
    events.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
