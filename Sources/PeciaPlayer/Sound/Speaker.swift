import Foundation
import Synchronization

/// Plays on a thread of its own: takes orders from the player, and says where it is.
final class Speaker: Sendable {
  /// What the player asks of it.
  enum Order: Equatable, Sendable {
    case load(ClipSound)
    case play
    case playStretch(Range<Int>)
    case pause(back: Int)
    case seek(Int)
    case speed(Double)
    case decibels(Double)
    case channels(Channels)
    case loop(Range<Int>?)
    case cycle(Playback.Cycle?)
  }

  /// Where playing stands.
  ///
  /// Times are milliseconds from the clip's start.
  struct Report: Equatable, Sendable {
    var position: Int
    var isPlaying: Bool
    /// What the worker should be told of the output, once.
    var notice: String?
  }

  private struct State {
    var playback: Playback
    var notice: String?
    var isClosed = false
    /// Since when nothing plays; the output is let go after a while.
    var generation = 0
    /// Milliseconds of sound made since somebody asked.
    var heard = 0
  }

  private let state: Mutex<State>
  private let finder: OutputFinder
  private let wake = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)

  /// Milliseconds that are made at a time.
  private static let block = 10

  init(_ finder: OutputFinder) {
    self.finder = finder
    state = Mutex(
      State(playback: Playback(ClipSound(rate: 48_000, channels: 1, samples: []))))
    let thread = Thread { [self] in run() }
    thread.name = "sound"
    thread.qualityOfService = .userInteractive
    thread.start()
  }

  /// Does what the player asks; times are milliseconds of the clip.
  func obey(_ order: Order) {
    state.withLock { state in
      state.playback.obey(order)
      if case .load = order { state.heard = 0 }
    }
    wake.signal()
  }

  /// Where it stands now; a notice is given once.
  func report() -> Report {
    state.withLock { state in
      defer { state.notice = nil }
      return Report(
        position: state.playback.milliseconds, isPlaying: state.playback.isPlaying,
        notice: state.notice)
    }
  }

  /// How many milliseconds were heard of the sound that is loaded, since this was asked last.
  func takeHeard() -> Int {
    state.withLock { state in
      defer { state.heard = 0 }
      return state.heard
    }
  }

  /// Stops, and lets the output end in good order.
  func close() {
    state.withLock { $0.isClosed = true }
    wake.signal()
    _ = ended.wait(timeout: .now() + 2)
  }
}

// MARK: - The thread

extension Speaker {
  private func run() {
    var device = Device(finder: finder)
    var pace = Pace()
    while !isClosed {
      guard let block = nextBlock() else {
        pace.stop()
        // An output that is fed again soon plays at once; one that rests long gives way.
        if wake.wait(timeout: .now() + 20) == .timedOut { device.rest() }
        continue
      }
      if let notice = device.play(block) { tell(notice) }
      pace.wait(milliseconds: Self.block)
    }
    device.close()
    ended.signal()
  }

  private var isClosed: Bool { state.withLock { $0.isClosed } }

  private func tell(_ notice: String) { state.withLock { $0.notice = notice } }

  struct Block {
    var samples: [Float]
    var rate: Int
    var channels: Int
  }

  /// The next milliseconds; nil while nothing plays.
  private func nextBlock() -> Block? {
    state.withLock { state in
      guard state.playback.isPlaying || state.playback.isFading else { return nil }
      let source = state.playback.source
      let before = state.playback.position
      let samples = state.playback.render(source.rate * Self.block / 1000)
      // It stands still in the pauses of cyclic dictation.
      if state.playback.position != before { state.heard += Self.block }
      return Block(samples: samples, rate: source.rate, channels: source.outputs)
    }
  }
}

extension Playback {
  /// Obeys, with the order's milliseconds turned into frames.
  mutating func obey(_ order: Speaker.Order) {
    func frames(_ range: Range<Int>) -> Range<Int> {
      let start = source.sound.frame(at: range.lowerBound)
      return start..<max(source.sound.frame(at: range.upperBound), start)
    }
    switch order {
    case .load(let sound):
      var next = Playback(sound)
      next.setSpeed(speed)
      next.setDecibels(source.decibels)
      next.setCycle(cycle)
      if sound.channels == source.sound.channels { next.setChannels(source.channels) }
      self = next
    case .play: play()
    case .playStretch(let range): play(frames(range))
    case .pause(let back): pause(back: back)
    case .seek(let milliseconds): seek(to: source.sound.frame(at: milliseconds))
    case .speed(let speed): setSpeed(speed)
    case .decibels(let decibels): setDecibels(decibels)
    case .channels(let channels): setChannels(channels)
    case .loop(let range): setLoop(range.map(frames))
    case .cycle(let cycle): setCycle(cycle)
    }
  }
}

/// The output in use, found when there is something to play.
private struct Device {
  let finder: OutputFinder
  private var output: (any SoundOutput)?
  private var name = ""
  private var rate = 0
  private var channels = 0
  private var failed: Set<String> = []
  private var ahead: PortAudioAhead?
  /// Whether PortAudio has outlived its trial: it is tried once.
  private var isTried = false
  /// What the worker should hear of it before anything plays.
  private var doubt: String?

  init(finder: OutputFinder) {
    self.finder = finder
    begin()
  }

  /// Makes PortAudio ready, where it is there and does no harm.
  private mutating func begin() {
    guard case .automatic = finder.choice, !failed.contains("PortAudio"), PortAudio.isInstalled
    else { return }
    guard isTried || finder.probe.succeeds() else {
      failed.insert("PortAudio")
      doubt = "PortAudio cannot begin on this machine"
      return
    }
    isTried = true
    ahead = PortAudioAhead()
  }

  /// Plays a block, and says what the worker should know, if anything.
  mutating func play(_ block: Speaker.Block) -> String? {
    var notice: String?
    // A file keeps its form to the end: it begins with the first clip's.
    if rate != block.rate || channels != block.channels || output == nil {
      output?.close()
      notice = open(rate: block.rate, channels: block.channels)
    }
    do {
      try output?.write(block.samples)
    } catch {
      output?.close()
      failed.insert(name)
      notice = open(rate: block.rate, channels: block.channels) ?? "\(error)"
      // What one could not play the next one does; it is heard of again if that cannot either.
      try? output?.write(block.samples)
    }
    return notice
  }

  private mutating func open(rate: Int, channels: Int) -> String? {
    self.rate = rate
    self.channels = channels
    do {
      let found = try finder.output(rate: rate, channels: channels, without: failed)
      output = found.output
      let isNew = name != found.name
      name = found.name
      defer { doubt = nil }
      let doubt = doubt.map { "\($0); playing through \(name)" }
      return isNew ? found.notice ?? doubt : nil
    } catch {
      output = SilentOutput()
      return "\(error)"
    }
  }

  /// Gives way to other programs, and looks anew at what devices there are.
  mutating func rest() {
    guard case .automatic = finder.choice, output != nil else { return }
    close()
    begin()
  }

  mutating func close() {
    output?.close()
    output = nil
    ahead?.close()
    ahead = nil
  }
}

/// Keeps real time: no block is made much before it is due.
private struct Pace {
  private var start: ContinuousClock.Instant?
  private var made = 0
  /// Milliseconds that may be made ahead, so that the device never runs dry.
  private static let ahead = 20

  mutating func stop() { start = nil }

  mutating func wait(milliseconds: Int) {
    let now = ContinuousClock.now
    let begun = start ?? now
    if start == nil { made = 0 }
    start = begun
    made += milliseconds
    let early = Duration.milliseconds(made - Self.ahead) - begun.duration(to: now)
    if early > .zero {
      Thread.sleep(
        forTimeInterval: Double(early.components.attoseconds) / 1e18
          + Double(early.components.seconds))
    } else if early < .milliseconds(-200) {
      start = nil
    }
  }
}
