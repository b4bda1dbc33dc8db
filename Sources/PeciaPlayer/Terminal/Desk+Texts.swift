import Foundation
import PeciaCore
import PeciaWorkflow

/// What is done with texts: checked, stored, handed in, given back.
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
      mailbox.post(.withdrawn)
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
