import PeciaCore

extension Player {
  private var length: Int { clip?.milliseconds ?? 0 }

  mutating func performSound(_ action: Action) -> [Effect] {
    guard clip != nil else { return [] }
    switch action {
    case .play: return transport.isPlaying ? pause() : [.sound(.play)]
    case .hold: return held(again: false)
    case .back: return seek(by: -2000)
    case .on: return seek(by: 2000)
    case .farBack: return seek(by: -5000)
    case .farOn: return seek(by: 5000)
    case .restart: return [.sound(.seek(0))]
    case .again:
      if let placeAtHand { return play(placeAtHand, around: 2000) }
      let start = max(transport.position - 3000, 0)
      return [.sound(.seek(start)), .sound(.play)]
    case .goTo:
      dialog = .goTo(Dialog.Prompt("Go to (seconds, or minutes:seconds)"))
      return []
    case .slower: return setSpeed(transport.speed - 0.1)
    case .faster: return setSpeed(transport.speed + 0.1)
    case .plainSpeed: return setSpeed(1)
    case .louder: return setLoudness(transport.decibels + 3)
    case .quieter: return setLoudness(transport.decibels - 3)
    case .channel: return nextChannel()
    case .loopStart:
      transport.loopStart = transport.position
      tell("the loop begins at \(seconds(transport.position)); \(keys.name(of: .loopEnd)) ends it")
      return []
    case .loopEnd: return closeLoop()
    case .loopHere: return loopHere()
    case .cycle: return toggleCycle()
    default: return []
    }
  }

  mutating func pause() -> [Effect] {
    transport.heldUntil = nil
    return [.sound(.pause(back: settings.stepBack))] + store()
  }

  private func seek(by milliseconds: Int) -> [Effect] {
    [.sound(.seek(min(max(transport.position + milliseconds, 0), length)))]
  }

  private mutating func setSpeed(_ speed: Double) -> [Effect] {
    transport.speed = min(max((speed * 10).rounded() / 10, 0.4), 3)
    return [.sound(.speed(transport.speed))]
  }

  private mutating func setLoudness(_ decibels: Double) -> [Effect] {
    transport.decibels = min(max(decibels, -24), 24)
    return [.sound(.decibels(transport.decibels))]
  }

  private mutating func nextChannel() -> [Effect] {
    let count = clip?.channels ?? 1
    guard count > 1 else {
      tell("the clip has one channel")
      return []
    }
    transport.channels = transport.channels.next(of: count)
    return [.sound(.channels(transport.channels))]
  }

  private mutating func closeLoop() -> [Effect] {
    guard let start = transport.loopStart else {
      tell("say first where the loop begins, with \(keys.name(of: .loopStart))")
      return []
    }
    let bounds = [start, transport.position].sorted()
    guard bounds[1] - bounds[0] >= 100 else {
      tell("a loop lasts a tenth of a second at least")
      return []
    }
    return setLoop(bounds[0]..<bounds[1])
  }

  /// One second before and one behind; again, and the loop ends.
  private mutating func loopHere() -> [Effect] {
    guard transport.loop == nil else {
      transport.loop = nil
      transport.loopStart = nil
      return [.sound(.loop(nil))]
    }
    let start = max(min(transport.position, length) - 1000, 0)
    return setLoop(start..<min(start + 2000, max(length, start + 100)))
  }

  private mutating func setLoop(_ range: Range<Int>) -> [Effect] {
    transport.loop = range
    transport.loopStart = nil
    return [.sound(.loop(range)), .sound(.seek(range.lowerBound)), .sound(.play)]
  }

  private mutating func toggleCycle() -> [Effect] {
    transport.isCycling.toggle()
    let cycle = settings.cycle
    guard transport.isCycling else {
      tell("cyclic dictation is off")
      return [.sound(.cycle(nil))]
    }
    tell(
      "cyclic dictation: \(seconds(cycle.play)) s on, \(seconds(cycle.pause)) s off, "
        + "\(seconds(cycle.back)) s back")
    return [.sound(.cycle(cycle)), .sound(.play)]
  }

  // MARK: Hold to play

  /// The key is down.
  ///
  /// Terminals that do not tell when it is let go repeat it while it is held: after half a second
  /// or so at first, quickly then.
  mutating func held(again: Bool) -> [Effect] {
    guard clip != nil else { return [] }
    let wasHeld = transport.heldUntil != nil
    if reportsReleases {
      transport.heldUntil = .max
    } else {
      transport.heldUntil = now + (wasHeld ? 250 : 750)
    }
    return wasHeld || transport.isPlaying ? [] : [.sound(.play)]
  }

  mutating func letGo() -> [Effect] {
    transport.heldUntil = nil
    return transport.isPlaying ? pause() : []
  }

  // MARK: What the sound says

  mutating func heard(_ report: Speaker.Report) -> [Effect] {
    let stopped = transport.isPlaying && !report.isPlaying
    transport.position = report.position
    transport.isPlaying = report.isPlaying
    if let notice = report.notice { tell(notice, .fault) }
    return stopped ? store() : []
  }

  /// Seconds with one decimal: `4.2`.
  func seconds(_ milliseconds: Int) -> String {
    "\(milliseconds / 1000).\(milliseconds % 1000 / 100)"
  }
}
