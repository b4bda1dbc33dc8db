import Foundation
import PeciaCore
import PeciaWorkflow
import Synchronization

/// Does the player's work with the project on a queue of its own, and posts what came of it.
///
/// Everything that touches the project is done in the order in which it was asked for; checks of
/// the text have a queue to themselves, so that a slow guide holds up no draft.
final class Desk: Sendable {
  private let project: PlayerDesk
  private let mailbox: Mailbox
  private let clock: PlayerClock
  private let speaker: Speaker
  private let work = DispatchQueue(label: "desk")
  private let checks = DispatchQueue(label: "checks")
  private let state = Mutex(State())

  private struct State {
    /// The clip at hand, and its sound, to return to after an earlier one was shown.
    var open: Ready?
    /// An earlier clip that is being looked at.
    var shown: Ready?
    var ahead: Ready?
    /// Clips that this session gave back or could not read.
    var refused: Set<String> = []
    /// In a review: clips that were decided, the last one last.
    var decided: [Ready] = []
    var newestCheck = 0
    var cannotStore = false
  }

  private struct Ready: Sendable {
    var task: PlayerTask
    var sound: ClipSound
    /// Where somebody speaks, in milliseconds of the clip.
    var speech: [Range<Int>]

  }

  init(_ project: PlayerDesk, mailbox: Mailbox, clock: PlayerClock, speaker: Speaker) {
    self.project = project
    self.mailbox = mailbox
    self.clock = clock
    self.speaker = speaker
  }

  private func attempt(_ kind: Player.Effect.Kind, _ step: @escaping @Sendable () throws -> Void) {
    work.async { [mailbox] in
      do { try step() } catch { mailbox.post(.failed("\(error)", of: kind)) }
    }
  }

  /// Waits until all that was asked for is done; gives whether the text could be stored.
  func finish() -> Bool {
    work.sync {}
    return state.withLock { !$0.cannotStore }
  }
}

// MARK: - Clips

extension Desk {
  /// Does what concerns the project; false for an effect that does not.
  func perform(_ effect: Player.Effect) -> Bool {
    switch effect {
    case .check(let text, let revision): check(text, revision)
    case .fix(let text, let revision): fix(text, revision)
    case .store(let text, let revision): store(text, revision)
    case .handIn(let text): handIn(text)
    case .decide(let text, let why): handIn(text, why: why)
    case .withdraw: withdraw()
    case .skip: skip()
    case .release(let reason): release(reason)
    case .next: next()
    case .fetchAhead: fetchAhead()
    case .listEarlier: listEarlier()
    case .showEarlier(let clip): show(clip)
    case .reload: reload()
    case .sound, .copy, .redraw, .exit: return false
    }
    return true
  }

  func next() {
    attempt(.next) { [self] in
      let ahead = state.withLock { state in
        defer { state.ahead = nil }
        return state.ahead
      }
      guard let ready = try ahead ?? fetch() else {
        state.withLock { $0.open = nil }
        mailbox.post(.nothingLeft)
        return
      }
      state.withLock { $0.open = ready }
      begin(ready)
      if let words = try? project.words(of: ready.task) { mailbox.post(.lexicon(Lexicon(words))) }
    }
  }

  /// Makes the next clip ready while the worker types.
  func fetchAhead() {
    attempt(.other) { [self] in
      guard state.withLock({ $0.open?.task.review == nil }) else { return }
      guard state.withLock({ $0.ahead == nil }), let ready = try fetch() else { return }
      state.withLock { $0.ahead = ready }
    }
  }

  private func fetch() throws -> Ready? {
    let held = state.withLock {
      $0.refused.union([$0.open?.task.lease.clip.address].compactMap { $0 })
    }
    guard let task = try project.next(at: clock.date, excluding: held) else { return nil }
    return try ready(task)
  }

  private func ready(_ task: PlayerTask) throws -> Ready {
    do {
      return try read(task)
    } catch {
      // A clip whose sound cannot be read is not this worker's to type: it goes back.
      state.withLock { _ = $0.refused.insert(task.lease.clip.address) }
      try project.release(task.lease.token, reason: nil, at: clock.date)
      throw error
    }
  }

  private func read(_ task: PlayerTask) throws -> Ready {
    let sound = try project.sound(of: task.lease.clip)
    return Ready(
      task: task,
      sound: ClipSound(rate: sound.rate, channels: sound.channels, samples: sound.samples),
      speech: sound.speech.map { $0.lowerBound.milliseconds..<$0.upperBound.milliseconds })
  }

  private func begin(_ ready: Ready, earlier: EarlierClip? = nil) {
    speaker.obey(.load(ready.sound))
    mailbox.post(
      .began(
        Player.ClipAtHand(
          task: ready.task, waveform: Waveform(ready.sound), speech: ready.speech,
          milliseconds: ready.sound.milliseconds, channels: ready.sound.channels,
          leaseEnds: clock.milliseconds(at: ready.task.lease.expires),
          canChange: earlier?.canChange ?? true, isEarlier: earlier != nil)))
  }

  func listEarlier() {
    attempt(.other) { [self] in
      mailbox.post(.earlier(try project.earlier()))
      mailbox.post(.totals(try project.totals(since: clock.midnight, until: clock.sessionStart)))
    }
  }

  func show(_ earlier: EarlierClip) {
    attempt(.other) { [self] in
      let ready = try read(earlier.task)
      state.withLock { $0.shown = ready }
      begin(ready, earlier: earlier)
    }
  }

  /// Puts the open clip's sound back after an earlier clip was shown.
  func reload() {
    work.async { [self] in
      let open = state.withLock { state in
        state.shown = nil
        return state.open
      }
      if let open { speaker.obey(.load(open.sound)) }
    }
  }
}

// MARK: - Texts

extension Desk {
  func check(_ text: String, _ revision: Int) {
    guard let task = currentTask else { return }
    state.withLock { $0.newestCheck = revision }
    checks.async { [self] in
      // Only the newest text is worth the time.
      guard state.withLock({ $0.newestCheck == revision }) else { return }
      guard let findings = try? project.findings(in: text, of: task) else { return }
      mailbox.post(.checked(findings, reasons: project.reasons, revision: revision))
    }
  }

  func fix(_ text: String, _ revision: Int) {
    guard let task = currentTask else { return }
    checks.async { [self] in
      do {
        mailbox.post(.fixed(try project.fixed(text, of: task), revision: revision))
      } catch { mailbox.post(.failed("\(error)", of: .other)) }
    }
  }

  func store(_ text: String, _ revision: Int) {
    attempt(.store) { [self] in
      guard let open = state.withLock({ $0.open }) else { return }
      state.withLock { $0.cannotStore = true }
      try project.keep(text, of: open.task, at: clock.date, heard: speaker.takeHeard())
      state.withLock { state in
        state.cannotStore = false
        state.open?.task.text = text
      }
      mailbox.post(.stored(revision: revision))
    }
  }

  func handIn(_ text: String, why: String? = nil) {
    attempt(.handIn) { [self] in
      if let shown = state.withLock({ $0.shown }) {
        return try changeEarlier(text, shown.task)
      }
      guard let open = state.withLock({ $0.open }) else { return }
      let outcome = try project.handIn(
        text, of: open.task, why: why, at: clock.date, heard: speaker.takeHeard())
      // Taken, refused or kept: the project has the text.
      state.withLock { $0.cannotStore = false }
      switch outcome {
      case .accepted, .doubted:
        state.withLock { state in
          var done = open
          done.task.text = text
          if open.task.review != nil { state.decided.append(done) }
        }
        mailbox.post(.handedIn(outcome.doubt.map { .doubted($0) } ?? .accepted))
      case .refused(let findings): mailbox.post(.handedIn(.refused(findings)))
      case .kept(let reason):
        // It was taken from this worker: the next one is theirs.
        state.withLock { _ = $0.refused.insert(open.task.lease.clip.address) }
        mailbox.post(.handedIn(.kept(reason: reason)))
      }
    }
  }

  private func changeEarlier(_ text: String, _ task: PlayerTask) throws {
    let outcome = try project.change(text, of: task, at: clock.date)
    switch outcome {
    case .accepted, .doubted:
      mailbox.post(.handedIn(outcome.doubt.map { .doubted($0) } ?? .accepted))
    case .refused(let findings): mailbox.post(.handedIn(.refused(findings)))
    case .kept(let reason): mailbox.post(.failed(reason, of: .handIn))
    }
  }

  func release(_ reason: ReleaseReason) {
    attempt(.release) { [self] in
      guard let open = state.withLock({ $0.open }) else { return }
      try project.release(
        open.task.lease.token, reason: reason, at: clock.date, heard: speaker.takeHeard())
      state.withLock { _ = $0.refused.insert(open.task.lease.clip.address) }
      mailbox.post(.released)
    }
  }

  /// Leaves a disputed clip undecided, for this sitting.
  func skip() {
    state.withLock { state in
      if let open = state.open { state.refused.insert(open.task.lease.clip.address) }
    }
    next()
  }

  /// Takes the last decision back, and shows its clip again with the text that was decided.
  func withdraw() {
    attempt(.other) { [self] in
      guard let last = state.withLock({ $0.decided.popLast() }) else {
        return mailbox.post(.failed("nothing was decided before this", of: .other))
      }
      try project.withdraw(last.task, at: clock.date)
      try project.keep(last.task.text, of: last.task, at: clock.date)
      state.withLock { $0.open = last }
      begin(last)
    }
  }

  /// Renews what is held, when less than half of its time is left.
  func renew() {
    attempt(.other) { [self] in
      let (open, ahead) = state.withLock { ($0.open, $0.ahead) }
      if let ahead { _ = try? project.renew(ahead.task.lease.token, at: clock.date) }
      guard let open else { return }
      let until = try project.renew(open.task.lease.token, at: clock.date)
      mailbox.post(.renewed(until: clock.milliseconds(at: until)))
    }
  }

  /// Gives back what nobody has begun: the clip ahead, and the open one while it has no text.
  func giveBackUnbegun(openText: String) {
    work.sync {
      let (open, ahead) = state.withLock { ($0.open, $0.ahead) }
      let isBegun = openText.contains { !$0.isWhitespace }
      let isShown = state.withLock { $0.shown != nil }
      let heard = isShown ? 0 : speaker.takeHeard()
      // They run out by themselves if this cannot be done.
      if let ahead {
        try? project.release(ahead.task.lease.token, reason: nil, at: clock.date)
      }
      if let open, !isBegun {
        try? project.release(open.task.lease.token, reason: nil, at: clock.date, heard: heard)
      } else if let open {
        try? project.noteHeard(heard, of: open.task)
      }
      project.letGo()
    }
  }

  private var currentTask: PlayerTask? { state.withLock { ($0.shown ?? $0.open)?.task } }
}
