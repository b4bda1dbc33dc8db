import Foundation
import PeciaCore
import PeciaWorkflow

/// One sitting at the player: reads keys, lets the state decide, does what it says, draws.
struct Session: ~Copyable {
  private var player: Player
  private let desk: Desk
  private let speaker: Speaker
  private let mailbox: Mailbox
  private let clock: PlayerClock
  private let terminal: Terminal
  private let wake: CInt
  private var decoder = KeyDecoder()
  private var writer: ScreenWriter
  private var lastRead = 0
  private var lastRenewed = 0
  private var isOver = false
  /// Whether a signal ends the session, whatever is open.
  private var mustEnd = false
  private var isStopped = false
  private var needsDrawing = true

  init(_ player: Player, project: PlayerDesk, speaker: @autoclosure () -> Speaker) throws {
    let wake = WakePipe.open()
    self.wake = wake
    clock = PlayerClock()
    mailbox = Mailbox()
    do {
      terminal = try Terminal(asksForBackground: player.theme != .colourless)
    } catch {
      WakePipe.close(wake)
      throw error
    }
    let speaker = speaker()
    self.speaker = speaker
    desk = Desk(project, mailbox: mailbox, clock: clock, speaker: speaker)
    self.player = player
    writer = ScreenWriter(theme: player.theme)
  }

  /// Works until the worker leaves; gives what was done, to be said afterwards.
  consuming func run() -> SessionEnd {
    let size = terminal.size
    take(.resized(columns: size.columns, rows: size.rows))
    draw()
    player.isBusy = true
    desk.next()
    desk.listEarlier()
    while !isOver {
      wait()
      readKeys()
      for event in mailbox.take() { take(event) }
      if player.transport.isPlaying { takeReport() }
      take(.tick)
      renewInTime()
      draw()
    }
    return end()
  }

  private consuming func end() -> SessionEnd {
    let text = player.earlier.openText?.text ?? player.editor.text
    desk.giveBackUnbegun(openText: player.clip == nil ? "" : text)
    speaker.close()
    WakePipe.close(wake)
    let isStored = desk.finish()
    return SessionEnd(
      totals: player.session, unsaved: isStored ? nil : text,
      clip: player.clip?.task.lease.clip.address, isStopped: isStopped)
  }

  // MARK: Waiting and reading

  /// Waits for a key, a signal, finished work, or the next moment at which something is due.
  private mutating func wait() {
    var timeout = 1000
    // While it plays, the time is shown in tenths of a second.
    if player.transport.isPlaying { timeout = 100 }
    if let due = player.nextDue { timeout = min(timeout, max(due - clock.now, 0)) }
    if decoder.isWaiting { timeout = min(timeout, 45) }
    var polls = [
      pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    _ = poll(&polls, 2, CInt(timeout))
    if polls[1].revents & Int16(POLLIN) != 0 { readSignals() }
    let isReadable = polls[0].revents & Int16(POLLIN | POLLHUP | POLLERR) != 0
    if isReadable { readTerminal() }
  }

  private mutating func readSignals() {
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = Foundation.read(wake, &bytes, bytes.count)
    for byte in bytes.prefix(max(count, 0)) {
      switch CInt(byte) {
      case 0: break
      case SIGWINCH, SIGCONT:
        writer.forget()
        let size = terminal.size
        take(.resized(columns: size.columns, rows: size.rows))
      default:
        (mustEnd, isStopped) = (true, true)
        take(.told)
      }
    }
  }

  private var pending: [Input] = []

  private mutating func readTerminal() {
    guard let bytes = terminal.read() else {
      mustEnd = true
      take(.told)
      return
    }
    lastRead = clock.now
    pending += decoder.inputs(from: bytes)
  }

  private mutating func readKeys() {
    if decoder.isWaiting { pending += decoder.inputs(afterSilence: clock.now - lastRead) }
    // What is typed while a text is handed in is meant for the next clip: it waits for it.
    let inputs = pending
    if player.isBusy, !inputs.contains(.key(.control("q"))) { return }
    pending = []
    for input in inputs where !isOver { take(.input(input)) }
  }

  private mutating func renewInTime() {
    let now = clock.now
    guard let clip = player.clip, !clip.isEarlier, now - lastRenewed > 30_000,
      clip.leaseEnds - now < 10 * 60_000,
      player.pace.lastKey.map({ now - $0 < 5 * 60_000 }) == true || player.transport.isPlaying
    else { return }
    lastRenewed = now
    desk.renew()
  }

  // MARK: Doing

  private mutating func take(_ event: Player.Event) {
    if event != .tick { needsDrawing = true }
    let before = player.notice
    for effect in player.update(event, at: clock.now) { perform(effect) }
    if player.notice != before { needsDrawing = true }
  }

  /// Takes what the sound says; no more than its place in the same tenth of a second is no news.
  private mutating func takeReport() {
    let isAwaited = needsDrawing
    let before = player.transport
    let report = speaker.report()
    take(.sound(report))
    let isNews =
      player.transport.isPlaying != before.isPlaying || report.notice != nil
      || player.transport.position / 100 != before.position / 100
    needsDrawing = isAwaited || isNews
  }

  private mutating func perform(_ effect: Player.Effect) {
    needsDrawing = true
    if desk.perform(effect) { return }
    switch effect {
    case .sound(let order):
      speaker.obey(order)
      take(.sound(speaker.report()))
    case .copy(let text):
      terminal.write("\u{1B}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}")
    case .redraw:
      writer.theme = player.theme
      writer.forget()
    case .exit:
      isOver = desk.finish() || mustEnd
      for event in mailbox.take() where !isOver { take(event) }
      if mustEnd { isOver = true }
    default: break
    }
  }

  private var shownSecond: Int { clock.now / 1000 }
  private var lastSecond = -1

  private mutating func draw() {
    let second = shownSecond
    guard needsDrawing || second != lastSecond else { return }
    lastSecond = second
    needsDrawing = false
    let bytes = writer.bytes(for: PlayerView.screen(of: player))
    if !bytes.isEmpty { terminal.write(bytes) }
  }
}

/// How a sitting ended.
struct SessionEnd: Sendable {
  var totals: WorkTotals
  /// A text that could not be stored; nil where all is in its place.
  var unsaved: String?
  var clip: String?
  /// Whether a signal ended it.
  var isStopped: Bool
}
