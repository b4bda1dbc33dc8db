/// The playing of a clip as a value: what is heard next, and where it is in the clip.
///
/// Positions are frames of the clip. Nothing is faded at the clip's own start and end; every
/// other beginning, jump and stop is faded over 4 ms, so that none clicks.
struct Playback: Equatable, Sendable {
  private(set) var source: SoundSource
  /// Where in the clip the next frame to be made lies.
  private(set) var position: Double = 0
  private(set) var isPlaying = false
  private(set) var speed = 1.0
  private(set) var loop: Range<Int>?
  private(set) var cycle: Cycle?
  /// Where playing ends by itself; nil is the clip's end.
  private var stop: Int?
  private var stretcher: TimeStretcher?
  /// Made but not yet handed out, with the clip's frames that each frame stands for.
  private var ready: [Float] = []
  private var readyStep = 1.0
  /// What was heard last goes out under what comes: samples, and how many frames have gone.
  private var leaving: [Float] = []
  private var left = 0
  /// Where in the block that is being made it began to go, in frames.
  private var leavingFrom = 0
  /// Frames since a beginning that is faded in; nil where it is over, or was none.
  private var arriving: Int?
  /// Where in cyclic dictation it is; frames of output.
  private var cycleLeft = 0
  private var isResting = false

  /// Cyclic dictation: play for a while, be silent for a while, step back, and on.
  struct Cycle: Equatable, Sendable {
    var play: Int
    var pause: Int
    var back: Int
    /// All in milliseconds, as they are heard.
    init(play: Int = 5000, pause: Int = 8000, back: Int = 1000) {
      self.play = max(play, 200)
      self.pause = max(pause, 0)
      self.back = min(max(back, 0), self.play - 100)
    }
  }

  init(_ sound: ClipSound) { source = SoundSource(sound) }

  private var fadeFrames: Int { max(source.rate * 4 / 1000, 8) }
  var milliseconds: Int { Int(position * 1000 / Double(source.rate)) }
  private var endFrame: Int { min(stop ?? source.frames, source.frames) }
}

// MARK: - What a player asks for

extension Playback {
  mutating func play() {
    guard !isPlaying, source.frames > 0 else { return }
    if position >= Double(source.frames) { position = 0 }
    isPlaying = true
    begin(at: position)
    isResting = false
    cycleLeft = cycle.map { outputFrames($0.play) } ?? 0
  }

  /// Plays a stretch, and stops at its end.
  mutating func play(_ range: Range<Int>) {
    seek(to: range.lowerBound)
    stop = range.upperBound
    play()
  }

  /// Stops, and steps back by `back` milliseconds of the clip.
  mutating func pause(back: Int = 0) {
    guard isPlaying else { return }
    leave()
    isPlaying = false
    stop = nil
    isResting = false
    stretcher = nil
    ready = []
    position = max(position - Double(source.sound.frame(at: back)), Double(loop?.lowerBound ?? 0))
  }

  mutating func seek(to frame: Int) {
    if isPlaying, !isResting { leave() }
    stop = nil
    position = Double(min(max(frame, 0), source.frames))
    if isPlaying {
      begin(at: position)
      isResting = false
      cycleLeft = cycle.map { outputFrames($0.play) } ?? 0
    }
  }

  mutating func setSpeed(_ speed: Double) {
    guard speed != self.speed else { return }
    self.speed = min(max(speed, 0.4), 3)
    guard isPlaying, !isResting else { return }
    leave()
    begin(at: position)
  }

  mutating func setDecibels(_ decibels: Double) {
    if isPlaying, !isResting { leave() }
    source.setDecibels(decibels)
    if isPlaying, !isResting { begin(at: position) }
  }

  mutating func setChannels(_ channels: Channels) {
    if isPlaying, !isResting { leave() }
    source.channels = channels
    if isPlaying, !isResting { begin(at: position) }
  }

  /// Plays `range` over and over; nil goes on to the end.
  mutating func setLoop(_ range: Range<Int>?) {
    loop = range.map { $0.clamped(to: 0..<source.frames) }.flatMap { $0.count > 0 ? $0 : nil }
    if let loop, !(Double(loop.lowerBound)..<Double(loop.upperBound)).contains(position) {
      seek(to: loop.lowerBound)
    }
  }

  mutating func setCycle(_ cycle: Cycle?) {
    self.cycle = cycle
    if isResting { begin(at: position) }
    isResting = false
    cycleLeft = cycle.map { outputFrames($0.play) } ?? 0
  }

  private func outputFrames(_ milliseconds: Int) -> Int { milliseconds * source.rate / 1000 }
}

// MARK: - What is heard

extension Playback {
  /// Makes what is heard next: `frames` frames of `source.outputs` channels; silence when it rests.
  mutating func render(_ frames: Int) -> [Float] {
    var output: [Float] = []
    output.reserveCapacity(frames * source.outputs)
    while output.count < frames * source.outputs {
      let wanted = frames - output.count / source.outputs
      if !isPlaying {
        output += Array(repeating: 0, count: wanted * source.outputs)
      } else if isResting {
        rest(wanted, into: &output)
      } else {
        advance(wanted, into: &output)
      }
    }
    mixLeaving(into: &output)
    for index in output.indices { output[index] = min(max(output[index], -1), 1) }
    return output
  }

  /// Whether something is still to be heard after a stop: the last milliseconds fade.
  var isFading: Bool { !leaving.isEmpty }

  /// Hands out frames up to the next place where something happens.
  private mutating func advance(_ wanted: Int, into output: inout [Float]) {
    let end = Double(loop.map { min($0.upperBound, endFrame) } ?? endFrame)
    let step = speed
    let untilEnd = Int(((end - position) / step).rounded(.up))
    let made = output.count / source.outputs
    guard untilEnd > 0 else { return reachEnd(after: made) }
    var count = min(wanted, untilEnd)
    if cycle != nil { count = min(count, cycleLeft) }
    guard count > 0 else { return startRest(after: made) }
    while ready.count < count * source.outputs {
      _ = stretcher?.next(from: source, into: &ready)
      if stretcher == nil { begin(at: position) }
    }
    let first = output.count
    output += ready[..<(count * source.outputs)]
    ready.removeFirst(count * source.outputs)
    fadeIn(&output, from: first)
    position = min(position + Double(count) * step, end)
    if cycle != nil { cycleLeft -= count }
  }

  private mutating func reachEnd(after made: Int) {
    if let loop, stop == nil {
      leave(after: made)
      position = Double(loop.lowerBound)
      begin(at: position)
      return
    }
    // What lies behind the clip is silence, so only a stop inside it has something to fade.
    if endFrame < source.frames { leave(after: made) }
    isPlaying = false
    stop = nil
    stretcher = nil
    ready = []
  }

  private mutating func startRest(after made: Int) {
    guard let cycle else { return }
    leave(after: made)
    isResting = true
    cycleLeft = outputFrames(cycle.pause)
    let back = Double(source.sound.frame(at: cycle.back)) * speed
    position = max(position - back, Double(loop?.lowerBound ?? 0))
  }

  private mutating func rest(_ wanted: Int, into output: inout [Float]) {
    let count = min(wanted, cycleLeft)
    output += Array(repeating: 0, count: count * source.outputs)
    cycleLeft -= count
    guard cycleLeft == 0, let cycle else { return }
    isResting = false
    cycleLeft = outputFrames(cycle.play)
    begin(at: position)
  }

  private mutating func begin(at position: Double) {
    let frame = Int(position.rounded())
    stretcher = TimeStretcher(speed: speed, at: frame, source: source)
    ready = []
    arriving = frame > 0 ? 0 : nil
  }

  /// Keeps the next milliseconds of what is heard, to fade them out under what comes.
  private mutating func leave(after made: Int = 0) {
    let count = fadeFrames * source.outputs
    while ready.count < count, stretcher != nil {
      _ = stretcher?.next(from: source, into: &ready)
    }
    leaving = Array(ready.prefix(count))
    left = 0
    leavingFrom = made
  }

  private mutating func fadeIn(_ output: inout [Float], from first: Int) {
    guard var gone = arriving else { return }
    var index = first
    while index < output.count, gone < fadeFrames {
      let gain = Float(gone) / Float(fadeFrames)
      for channel in 0..<source.outputs { output[index + channel] *= gain }
      index += source.outputs
      gone += 1
    }
    arriving = gone < fadeFrames ? gone : nil
  }

  private mutating func mixLeaving(into output: inout [Float]) {
    guard !leaving.isEmpty else { return }
    let outputs = source.outputs
    let total = leaving.count / outputs
    var index = leavingFrom * outputs
    leavingFrom = 0
    while index < output.count, left < total {
      let gain = 1 - Float(left) / Float(fadeFrames)
      for channel in 0..<outputs {
        output[index + channel] += leaving[left * outputs + channel] * gain
      }
      index += outputs
      left += 1
    }
    if left >= total { leaving = [] }
  }
}
