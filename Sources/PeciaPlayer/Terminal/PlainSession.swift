import Foundation
import PeciaCore
import PeciaWorkflow

/// The player without a screen, for screen readers and slow lines: lines in, lines out.
///
/// A line is text, which goes behind the text so far; a line that begins with a point and a letter
/// (or is `.0`) is a command. The state is the same as that of the screen, and so is what it does.
struct PlainSession: ~Copyable {
  private var player: Player
  private let desk: Desk
  private let speaker: Speaker
  private let mailbox = Mailbox()
  private let clock = PlayerClock()
  private let errors = QuietErrors()
  private let wake: CInt
  private var pending: [UInt8] = []
  private var said: String?
  private var shownClip: String?
  /// The disputed place that was said last.
  private var place: DisputedPlace?
  private var isOver = false
  private var mustEnd = false
  private var hasEnded = false
  private var isStopped = false

  init(_ player: Player, project: PlayerDesk, speaker: Speaker) {
    self.player = player
    wake = WakePipe.open()
    self.speaker = speaker
    desk = Desk(project, mailbox: mailbox, clock: clock, speaker: speaker)
  }

  /// The commands: what is typed behind the point, the action, and what help says.
  private static let commands: [(name: String, action: Action)] = [
    ("p", .play), ("b", .back), ("n", .on), ("bb", .farBack), ("nn", .farOn), ("a", .again),
    ("0", .restart), ("slower", .slower), ("faster", .faster), ("louder", .louder),
    ("quieter", .quieter), ("loop", .loopHere), ("cycle", .cycle), ("t", .mark),
    ("fix", .fixAll), ("undo", .undo), ("in", .handIn), ("next", .nextDispute),
    ("prev", .previousDispute), ("words", .playWords), ("q", .leave),
  ]

  consuming func run() -> SessionEnd {
    say("Type what you hear, line by line. ‘.h’ and Enter lists the commands.")
    player.isBusy = true
    desk.next()
    desk.listEarlier()
    while !isOver {
      wait()
      obeyLines()
      for event in mailbox.take() { take(event) }
      if player.transport.isPlaying { take(.sound(speaker.report())) }
      take(.tick)
      speak()
    }
    let text = player.editor.text
    desk.giveBackUnbegun(openText: player.clip == nil ? "" : text)
    speaker.close()
    errors.restore()
    WakePipe.close(wake)
    return SessionEnd(
      totals: player.session, unsaved: desk.finish() ? nil : text,
      clip: player.clip?.task.lease.clip.address, isStopped: isStopped)
  }

  private func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line.printable)\n".utf8))
  }

  private mutating func wait() {
    // Lines wait while a text is handed in: they are meant for the next clip.
    let listens = !hasEnded && !player.isBusy
    var polls = [
      pollfd(fd: listens ? STDIN_FILENO : -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wake, events: Int16(POLLIN), revents: 0),
    ]
    let timeout = player.nextDue.map { min(max($0 - clock.now, 0), 500) } ?? 500
    _ = poll(&polls, 2, CInt(timeout))
    var bytes = [UInt8](repeating: 0, count: 4096)
    if polls[1].revents != 0 {
      let count = read(wake, &bytes, bytes.count)
      if bytes.prefix(max(count, 0)).contains(where: { [2, 15, 1].contains($0) }) {
        isStopped = true
        end()
      }
    }
    guard polls[0].revents != 0 else { return }
    let count = read(STDIN_FILENO, &bytes, bytes.count)
    pending += bytes.prefix(max(count, 0))
    // A last line without its end is a line all the same.
    if count <= 0 {
      hasEnded = true
      if !pending.isEmpty, pending.last != 10 { pending.append(10) }
    }
  }

  private mutating func obeyLines() {
    while !player.isBusy, !isOver, let newline = pending.firstIndex(of: 10) {
      let line = String(decoding: pending[..<newline], as: UTF8.self)
      pending.removeFirst(newline + 1)
      obey(line)
    }
    if hasEnded, pending.isEmpty, !player.isBusy, !isOver { end() }
  }

  private mutating func end() {
    mustEnd = true
    take(.told)
  }

  private mutating func obey(_ line: String) {
    guard line.first == ".", line == ".0" || line.dropFirst().first?.isLetter == true else {
      player.editor.move(to: player.editor.end)
      let gap = player.editor.isEmpty || line.isEmpty ? "" : "\n"
      return take(.input(.paste(gap + line)))
    }
    let parts = line.dropFirst().split(separator: " ", maxSplits: 1).map { String($0) }
    let (name, rest) = (parts[0], parts.count > 1 ? parts[1] : "")
    if let known = Self.commands.first(where: { $0.name == name }) {
      if known.action == .mark { player.editor.move(to: player.editor.end) }
      return act(known.action)
    }
    switch name {
    case "l": list()
    case "c": listFindings()
    case "r": replaceLine(rest)
    case "give": giveBack(rest)
    case "take" where player.clip?.task.review == nil:
      say("‘.take’ is for reviews; type a speaker's label as text: ‘Ana: ’")
    case "take": act(Action(rawValue: "speaker-\(rest)"))
    case "h": help()
    default: say("there is no command ‘.\(name)’; ‘.h’ lists them")
    }
  }

  private func say(of place: DisputedPlace) {
    let number = player.placeNumber.map { $0 + 1 } ?? 0
    say("place \(number) of \(player.places.count), at \(player.seconds(place.time.lowerBound)) s")
    let own = place.hasWords ? String(Array(player.editor.text)[place.range]) : "no words"
    say("yours: \(own)")
    for (index, choice) in place.choices.enumerated() {
      say("\(index + 1) \(choice.name): \(choice.text.isEmpty ? "no words" : choice.text)")
    }
  }

  private mutating func act(_ action: Action?) {
    guard let action, let stroke = player.keys.strokes[action]?.first else { return }
    take(.input(.key(stroke.first)))
    if let second = stroke.second { take(.input(.key(second))) }
    if action.group == .sound, action != .play {
      say("at \(player.seconds(player.transport.position)) s")
    }
  }

  private func list() {
    for (index, line) in player.editor.lines.enumerated() { say("\(index + 1) \(String(line))") }
    for (index, variant) in (player.clip?.task.review?.variants ?? []).enumerated() {
      say("text \(index + 1), \(variant.worker): \(variant.text)")
    }
  }

  private func listFindings() {
    if player.findings.isEmpty { say("nothing to mend") }
    for finding in player.findings { say(Self.line(of: finding)) }
  }

  private static func line(of finding: Finding) -> String {
    "line \(finding.start.line), column \(finding.start.column), \(finding.level.rawValue): "
      + finding.message
  }

  private mutating func replaceLine(_ rest: String) {
    let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard let number = parts.first.flatMap({ Int($0) }),
      player.editor.lines.indices.contains(number - 1)
    else { return say("write ‘.r 2 new text’ to replace line 2; ‘.l’ shows the lines") }
    let end = Place(line: number - 1, column: player.editor.lines[number - 1].count)
    player.editor.select(Place(line: number - 1, column: 0)..<end)
    take(.input(.paste(parts.count > 1 ? String(parts[1]) : "")))
  }

  private mutating func giveBack(_ number: String) {
    let reasons = ReleaseReason.allCases.enumerated()
      .map { "\($0.offset + 1) \($0.element.title)" }
    guard let digit = Character(single: number), let place = digit.wholeNumberValue,
      (1...reasons.count).contains(place)
    else {
      return say("give back why? ‘.give N’: \(reasons.joined(separator: ", "))")
    }
    act(.giveBack)
    take(.input(.key(Key(.character(digit)))))
  }

  private func help() {
    for command in Self.commands { say(".\(command.name)  \(command.action.summary)") }
    say(".l  read the text, with its lines' numbers")
    say(".c  what the guide finds")
    say(".r N TEXT  replace line N")
    say(".give N  give the clip back")
    say(".take N  in a review: take the words that text N has at this place")
  }

  private mutating func take(_ event: Player.Event) {
    for effect in player.update(event, at: clock.now) { perform(effect) }
  }

  private mutating func perform(_ effect: Player.Effect) {
    if desk.perform(effect) { return }
    switch effect {
    case .sound(let order):
      speaker.obey(order)
      take(.sound(speaker.report()))
    case .exit:
      isOver = desk.finish() || mustEnd
      for event in mailbox.take() where !isOver { take(event) }
    default: break
    }
  }

  /// Says what is new: a clip, a notice, what the guide refused.
  private mutating func speak() {
    if let clip = player.clip, shownClip != clip.task.lease.clip.address {
      let task = clip.task
      shownClip = task.lease.clip.address
      say(
        "clip \(task.lease.clip.address)" + (task.clips > 0 ? " of \(task.clips)" : "")
          + ", \(player.seconds(clip.milliseconds)) s")
      if !task.text.isEmpty { say("the text so far:\n\(task.text)") }
    }
    if player.placeAtHand != place {
      place = player.placeAtHand
      if let place { say(of: place) }
    }
    guard player.notice?.text != said else { return }
    said = player.notice?.text
    guard let said else { return }
    say(said)
    if player.notice?.kind == .fault {
      for finding in player.findings where finding.level == .error {
        say(Self.line(of: finding))
      }
    }
  }
}
