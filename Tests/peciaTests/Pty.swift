import Foundation
import Support

/// A program in a terminal of our own: keys go in, a screen comes out.
final class Pty {
  private let master: CInt
  private let process: Process
  private(set) var screen: TestScreen
  /// Everything that was written to the terminal.
  private(set) var output = ""
  private var pending: [UInt8] = []
  private let slave: FileHandle

  enum Failure: Error, CustomStringConvertible {
    case noTerminal
    case never(text: String, screen: String)
    case stillRunning(screen: String)

    var description: String {
      switch self {
      case .noTerminal: "no terminal could be made"
      case .never(let text, let screen): "‘\(text)’ never came; the screen is\n\(screen)"
      case .stillRunning(let screen): "the program did not end; the screen is\n\(screen)"
      }
    }
  }

  init(
    _ arguments: [String], columns: Int = 80, rows: Int = 24, environment: [String: String] = [:]
  ) throws {
    let (master, name) = try Self.open()
    self.master = master
    let end = Foundation.open(name, O_RDWR | O_NOCTTY)
    guard end >= 0 else {
      close(master)
      throw Failure.noTerminal
    }
    _ = fcntl(master, F_SETFD, FD_CLOEXEC)
    _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    slave = FileHandle(fileDescriptor: end, closeOnDealloc: true)
    screen = TestScreen(columns: columns, rows: rows)
    process = Process()
    process.executableURL = try BuiltTool.url()
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["TERM": "xterm-256color", "NO_COLOR": "", "XDG_CONFIG_HOME": "/nonexistent"]
    ) { $1 }.merging(environment) { $1 }
    process.standardInput = slave
    process.standardOutput = slave
    process.standardError = FileHandle.nullDevice
    setSize(columns, rows)
    try process.run()
  }

  /// A new terminal's own end, and the name of the other one.
  private static func open() throws -> (master: CInt, name: String) {
    #if os(Linux)
      // `TIOCSPTLCK` and `TIOCGPTN`: what `unlockpt` and `ptsname` do.
      let (unlock, number): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
      let master = Foundation.open("/dev/ptmx", O_RDWR | O_NOCTTY)
      var (locked, slave): (CInt, CInt) = (0, 0)
      guard master >= 0, ioctl(master, unlock, &locked) == 0, ioctl(master, number, &slave) == 0
      else { throw Failure.noTerminal }
      return (master, "/dev/pts/\(slave)")
    #else
      let master = posix_openpt(O_RDWR | O_NOCTTY)
      guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master)
      else { throw Failure.noTerminal }
      return (master, String(cString: name))
    #endif
  }

  deinit {
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    close(master)
  }

  private func setSize(_ columns: Int, _ rows: Int) {
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  func resize(columns: Int, rows: Int) {
    screen = TestScreen(columns: columns, rows: rows)
    setSize(columns, rows)
    Foundation.kill(process.processIdentifier, SIGWINCH)
  }

  func send(_ keys: String) {
    let bytes = Array(keys.utf8)
    _ = write(master, bytes, bytes.count)
  }

  func kill(_ number: CInt) { Foundation.kill(process.processIdentifier, number) }

  /// Reads what comes within `milliseconds`; false where nothing came.
  @discardableResult
  func look(milliseconds: CInt) throws -> Bool {
    var wait = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0, wait.revents & Int16(POLLIN) != 0 else { return false }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &buffer, buffer.count)
    guard count > 0 else { return false }
    pending += buffer[..<count]
    // A character that is cut in half waits for its rest.
    var whole = pending.count
    while whole > 0, pending.count - whole < 4,
      String(validating: pending[..<whole], as: UTF8.self) == nil
    { whole -= 1 }
    let text = String(decoding: pending[..<whole], as: UTF8.self)
    pending.removeFirst(whole)
    output += text
    screen.write(text)
    return true
  }

  /// Reads until `text` is on the screen.
  func wait(for text: String, seconds: Int = 40) throws {
    let begun = ContinuousClock.now
    while !screen.text.contains(text) {
      try look(milliseconds: 100)
      guard begun.duration(to: .now) < .seconds(seconds) else {
        throw Failure.never(text: text, screen: screen.text)
      }
    }
  }

  /// Waits for the program's end, and gives its status; a signal's number plus 128.
  func status() throws -> Int32 {
    let begun = ContinuousClock.now
    while process.isRunning {
      try look(milliseconds: 50)
      guard begun.duration(to: .now) < .seconds(30) else {
        throw Failure.stillRunning(screen: screen.text)
      }
    }
    // What gives the terminal back may come a moment after the program's own end.
    while !isGivenBack, begun.duration(to: .now) < .seconds(30) { try look(milliseconds: 100) }
    process.waitUntilExit()
    return process.terminationReason == .exit
      ? process.terminationStatus : 128 + process.terminationStatus
  }

  /// Whether the terminal is as it was: the first screen, the cursor, echo and line by line.
  var isGivenBack: Bool {
    var state = termios()
    guard tcgetattr(master, &state) == 0 else { return false }
    let flags = state.c_lflag & tcflag_t(ECHO | ICANON | ISIG)
    return flags == tcflag_t(ECHO | ICANON | ISIG) && !screen.isOther && screen.showsCursor
      && !screen.marksPastes
  }
}

/// As much of a terminal as the player needs, with wide characters and modes.
struct TestScreen {
  private(set) var rows: [[Character?]]
  private let columns: Int
  private var row = 0
  private var column = 0
  private(set) var isOther = false
  private(set) var showsCursor = true
  private(set) var marksPastes = false

  init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  var text: String {
    rows.map { row in String(row.compactMap { $0 }) }.joined(separator: "\n")
  }

  mutating func write(_ output: String) {
    var rest = Substring(output)
    while let character = rest.popFirst() {
      switch character {
      case "\u{1B}": escape(&rest)
      case "\r": column = 0
      case "\n": row = min(row + 1, rows.count - 1)
      case "\r\n": (row, column) = (min(row + 1, rows.count - 1), 0)
      default: put(character)
      }
    }
  }

  private mutating func put(_ character: Character) {
    guard row < rows.count, column < columns else { return }
    rows[row][column] = character
    column += 1
    let scalar = character.unicodeScalars.first?.value ?? 0
    if (0x2E80...0x9FFF).contains(scalar) || (0xAC00...0xD7A3).contains(scalar)
      || scalar >= 0x1F300, column < columns
    {
      rows[row][column] = nil
      column += 1
    }
  }

  /// From the cursor on.
  private mutating func eraseLine() {
    for place in column..<columns { rows[row][place] = " " }
  }

  private mutating func escape(_ rest: inout Substring) {
    switch rest.popFirst() {
    case "[":
      let parameters = rest.prefix { !$0.isLetter }
      rest = rest.dropFirst(parameters.count)
      obey(rest.popFirst(), parameters)
    case "]":
      while let character = rest.popFirst(), character != "\u{7}" {}
    default: break
    }
  }

  private mutating func obey(_ command: Character?, _ parameters: Substring) {
    let numbers = parameters.split(separator: ";").compactMap { Int($0) }
    switch command {
    case "H" where numbers.count == 2: (row, column) = (numbers[0] - 1, numbers[1] - 1)
    case "J" where parameters == "2": rows = rows.map { $0.map { _ in " " } }
    case "J":
      eraseLine()
      for below in rows.indices where below > row {
        rows[below] = rows[below].map { _ in " " }
      }
    case "K": eraseLine()
    case "h", "l":
      let isOn = command == "h"
      if parameters == "?1049" { isOther = isOn }
      if parameters == "?25" { showsCursor = isOn }
      if parameters == "?2004" { marksPastes = isOn }
    default: break
    }
  }
}
