import Foundation

/// A shell command that transcribes one clip.
struct WorkerCommand {
  /// What became of one run.
  enum Ending: Equatable {
    case printed(Data)
    /// It exited with this code, or was ended by a signal (128 and its number).
    case failed(status: Int32)
    case printedTooMuch
    /// The user stopped the program.
    case interrupted
  }

  var shell: String
  var environment: [String: String]
  /// The most bytes that it may print.
  var most: Int

  /// Runs the command by `sh -c`, with no input; its standard error goes where ours goes.
  ///
  /// `seconds`: the time between two calls of `tick`.
  ///
  /// `tick`: keeps the lease alive.
  func run(every seconds: Int, tick: () throws -> Void) throws -> Ending {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else {
      throw ProjectError.cannotRun(command: shell, reason: String(cString: strerror(errno)))
    }
    let (reading, writing) = (ends[0], ends[1])
    defer { close(reading) }
    let child = try spawn(reading: reading, writing: writing)
    do {
      let output = try read(reading, every: seconds, tick: tick)
      if output == nil || Interruption.happened { kill(-child, SIGTERM) }
      let status = wait(for: child)
      if Interruption.happened { return .interrupted }
      guard let output else { return .printedTooMuch }
      return status == 0 ? .printed(output) : .failed(status: status)
    } catch {
      kill(-child, SIGTERM)
      _ = wait(for: child)
      throw error
    }
  }

  /// Starts the shell in a process group of its own, so that it ends with all that it started.
  private func spawn(reading: Int32, writing: Int32) throws -> pid_t {
    defer { close(writing) }
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, writing, STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, reading)
    posix_spawn_file_actions_addclose(&actions, writing)
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A caller's blocked or ignored signals are not the command's.
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
      .map { name, value in strdup("\(name)=\(value)") }
    let arguments = ["sh", "-c", shell].map { (text: String) in strdup(text) }
    defer { for text in variables + arguments { free(text) } }
    var child: pid_t = 0
    let error = posix_spawn(
      &child, "/bin/sh", &actions, &attributes, arguments + [nil], variables + [nil])
    guard error == 0 else {
      throw ProjectError.cannotRun(command: shell, reason: String(cString: strerror(error)))
    }
    return child
  }

  /// Waits for the shell, and gives its exit code, or 128 and the number of the signal.
  private func wait(for child: pid_t) -> Int32 {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return signal == 0 ? (status >> 8) & 0xFF : 128 + signal
  }

  /// All that the command prints; nil when it is more than it may be.
  private func read(_ descriptor: Int32, every seconds: Int, tick: () throws -> Void) throws
    -> Data?
  {
    var output = Data()
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var last = ContinuousClock.now
    while output.count <= most {
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = poll(&waiting, 1, 250)
      if Interruption.happened { return output }
      if ContinuousClock.now - last > .seconds(seconds) {
        try tick()
        last = .now
      }
      guard ready > 0 else { continue }
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count == 0 { return output }
      if count > 0 { output.append(contentsOf: buffer[..<count]) }
    }
    return nil
  }
}
