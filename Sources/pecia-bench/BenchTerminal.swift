import ArgumentParser
import Foundation

/// A program in a terminal of 80 by 24, whose keys and answers are timed.
struct BenchTerminal {
  private let master: CInt
  private let process: pid_t
  private let started = ContinuousClock.now
  private var output: [UInt8] = []

  /// What a program took, all told.
  struct Use {
    /// Seconds of processor time.
    var cpu: Double
    /// Peak memory in MiB.
    var memory: Double
  }

  /// - Throws: `ValidationError` or `POSIXError` where there is no terminal, or no such program.
  init(_ arguments: [String]) throws {
    let (master, name) = try Self.open()
    self.master = master
    var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for file in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
      posix_spawn_file_actions_addopen(&actions, file, name, O_RDWR, 0)
    }
    var words = arguments.map { strdup($0) } + [nil]
    defer { words.forEach { free($0) } }
    var process = pid_t()
    let failure = posix_spawnp(&process, arguments[0], &actions, nil, &words, environ)
    guard failure == 0 else { throw POSIXError(POSIXErrorCode(rawValue: failure) ?? .ENOENT) }
    self.process = process
  }

  /// A new terminal's own end, and the name of the other one.
  private static func open() throws -> (master: CInt, name: String) {
    let failure = ValidationError("no terminal could be made")
    #if os(Linux)
      // `TIOCSPTLCK` and `TIOCGPTN`: what `unlockpt` and `ptsname` do, which headers hide.
      let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      let master = Foundation.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (locked, slave): (CInt, CInt) = (0, 0)
      guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, number, &slave) == 0
      else { throw failure }
      return (master, "/dev/pts/\(slave)")
    #else
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master)
      else { throw failure }
      return (master, String(cString: name))
    #endif
  }

  /// Reads what comes within `milliseconds`; false where nothing came.
  private mutating func read(within milliseconds: Int) -> Bool {
    var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, CInt(milliseconds)) > 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    return true
  }

  /// Milliseconds from the program's start until `text` has been written.
  mutating func wait(for text: String) throws -> Double {
    while !String(decoding: output, as: UTF8.self).contains(text) {
      _ = read(within: 100)
      guard Self.milliseconds(since: started) < 20_000 else {
        throw ValidationError("the player never showed ‘\(text)’")
      }
    }
    return Self.milliseconds(since: started)
  }

  /// Milliseconds from the writing of `keys` until something comes back.
  mutating func answer(to keys: String) throws -> Double {
    output = []
    let start = ContinuousClock.now
    send(keys)
    guard read(within: 5000) else { throw ValidationError("the player did not answer a key") }
    return Self.milliseconds(since: start)
  }

  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// Pastes a long text: what comes back is read between, so that neither side waits for the other.
  mutating func paste(_ text: String) {
    var rest = Array("\u{1B}[200~\(text)\u{1B}[201~".utf8)[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(1000))
      rest = rest.dropFirst(max(write(master, piece, piece.count), 0))
      _ = read(within: 1)
    }
  }

  /// Reads and forgets whatever comes for so long.
  mutating func settle(milliseconds: Int = 1000) {
    let start = ContinuousClock.now
    while Self.milliseconds(since: start) < Double(milliseconds) {
      _ = read(within: max(milliseconds - Int(Self.milliseconds(since: start)), 1))
      output = []
    }
  }

  /// Leaves the player, and says what it took.
  mutating func leave() throws -> Use {
    send("\u{11}")
    var status: CInt = 0
    var usage = rusage()
    while wait4(process, &status, WNOHANG, &usage) == 0 { _ = read(within: 20) }
    close(master)
    guard status == 0 else { throw ValidationError("the player ended with \(status)") }
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return Use(
      cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
      memory: Double(usage.ru_maxrss) / 1024)
  }

  private static func milliseconds(since start: ContinuousClock.Instant) -> Double {
    let time = start.duration(to: .now).components
    return Double(time.seconds) * 1000 + Double(time.attoseconds) / 1e15
  }
}
