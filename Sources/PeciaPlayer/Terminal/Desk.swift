import Foundation
import PeciaCore
import PeciaWorkflow
import Synchronization

/// Does the player's work with the project on a queue of its own, and posts what came of it.
///
/// Everything that touches the project is done in the order in which it was asked for; checks of
/// the text have a queue to themselves, so that a slow guide holds up no draft.
final class Desk: Sendable {
  let project: PlayerDesk
  let mailbox: Mailbox
  let clock: PlayerClock
  let speaker: Speaker
  let work = DispatchQueue(label: "desk")
  let checks = DispatchQueue(label: "checks")
  let state = Mutex(State())

  struct State {
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

  struct Ready: Sendable {
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

  func attempt(_ kind: Player.Effect.Kind, _ step: @escaping @Sendable () throws -> Void) {
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
      if let known = try? project.words(of: ready.task) {
        mailbox.post(.lexicon(Lexicon(known.words, speakers: known.speakers)))
      }
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

  func begin(_ ready: Ready, earlier: EarlierClip? = nil) {
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
