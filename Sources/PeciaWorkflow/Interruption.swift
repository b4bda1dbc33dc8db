import Foundation
import Synchronization

/// Whether the user has asked the program to stop (Ctrl-C, SIGTERM).
///
/// A handler only notes it, so that the program can put its things in order before it ends;
/// commands that it starts get the system's own behaviour.
enum Interruption {
  private static let flag = Atomic<Bool>(false)

  static var happened: Bool { flag.load(ordering: .relaxed) }

  static func watch() {
    var watched = sigset_t()
    sigemptyset(&watched)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      signal(number) { _ in Interruption.flag.store(true, ordering: .relaxed) }
      sigaddset(&watched, number)
    }
    pthread_sigmask(SIG_UNBLOCK, &watched, nil)
  }

  /// Does `work`, which is cancelled when the user asks the program to stop.
  ///
  /// - Throws: what `work` throws.
  static func cancelling<Value: Sendable>(
    _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value {
    watch()
    let task = Task { try await work() }
    // On a queue of its own: the tasks' threads may all be busy.
    let timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "interruption"))
    timer.schedule(deadline: .now(), repeating: .milliseconds(50))
    timer.setEventHandler { if happened { task.cancel() } }
    timer.resume()
    defer { timer.cancel() }
    return try await task.value
  }
}
