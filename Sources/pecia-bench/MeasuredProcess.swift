import Foundation

/// A program that was run to its end, and what it took; its own children are part of it.
struct MeasuredProcess {
  var status: Int32
  /// Seconds of processor time, user and system.
  var cpu: Double
  var wall: Double
  /// Peak memory of the largest process, in MiB.
  var memory: Double

  /// Runs a program that is sought on the PATH; its output is thrown away.
  ///
  /// - Throws: `POSIXError` where it cannot be started.
  init(_ arguments: [String]) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    var words = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    let start = ContinuousClock.now
    var process = pid_t()
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOENT) }
    var usage = rusage()
    status = 0
    while wait4(process, &status, 0, &usage) < 0 && errno == EINTR {}
    let time = ContinuousClock.now - start
    wall = Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpu = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    memory = Double(usage.ru_maxrss) / 1024
  }
}
