import Foundation
public import PeciaCore
import PeciaStore

/// What a run of `transcribe --with` did.
public struct CommandRun: Hashable, Sendable {
  /// A clip that was not handed in, and why.
  public struct Trouble: Hashable, Sendable {
    public var clip: String
    public var reason: String
  }

  public var accepted = 0
  /// Texts that were handed in, but do not seem to fit their sound.
  public var doubted: [Trouble] = []
  /// Texts that the guide refused or that came too late; each is kept as a draft.
  public var refused: [Trouble] = []
  public var failed: [Trouble] = []
  /// Clips with nothing to transcribe, as the command said.
  public var empty = 0
  /// The command cannot be run at all, so the run ended early.
  public var cannotRun = false
  public var interrupted = false

  /// Whether every clip was handed in or had nothing in it.
  public var isClean: Bool { refused.isEmpty && failed.isEmpty }
  /// Whether there was no clip for this worker.
  public var isEmpty: Bool { isClean && accepted == 0 && empty == 0 && !interrupted }
}

extension Project {
  /// Runs `command` by `sh -c` for every clip that `worker` can claim, and hands in what it prints.
  ///
  /// Its exit code 3 says that there is nothing to transcribe; any other failure releases the task
  /// and goes on with the next; 126 and 127 (no such command) end the run. No task is served twice.
  ///
  /// `fixing`: mends what is safe to mend before a text is handed in.
  ///
  /// `report`: gets a finished clip's address, and what was wrong (nil when it was handed in).
  public func transcribe(
    by worker: String, with command: String, fixing: Bool = false, clock: WallClock,
    report: (_ clip: String, _ trouble: String?) -> Void
  ) throws -> CommandRun {
    Interruption.watch()
    var run = CommandRun()
    var served: Set<String> = []
    while !run.cannotRun, !run.interrupted,
      let task = try claim(by: worker, at: clock.now, excluding: served)
    {
      served.insert(task.clip.address)
      let trouble = try serve(task, command, fixing: fixing, clock: clock, &run)
      report(task.clip.address, trouble)
    }
    return run
  }

  /// Runs the command for one task, and gives what went wrong; nil for nothing.
  private func serve(
    _ task: LeasedTask, _ command: String, fixing: Bool, clock: WallClock,
    _ run: inout CommandRun
  ) throws -> String? {
    let token = task.lease.token
    let worker = WorkerCommand(
      shell: command, environment: task.environment, most: ProjectStore.longestText)
    do {
      let seconds = max(1, (try store.settings().leaseSeconds) / 3)
      let ending = try worker.run(every: seconds) { _ = try renew(token, at: clock.now) }
      guard case .printed(let output) = ending else {
        try release(token, at: clock.now)
        return note(ending, of: task, &run)
      }
      let text = try workerText(output, from: "the command's output")
      return try handIn(
        fixing ? guide().fixed(text, as: kind(of: task.clip)) : text, task, clock, &run)
    } catch let error as ProjectError {
      try release(token, at: clock.now)
      run.failed.append(.init(clip: task.clip.address, reason: error.description))
      if case .cannotRun = error { run.cannotRun = true }
      return error.description
    }
  }

  private func note(
    _ ending: WorkerCommand.Ending, of task: LeasedTask, _ run: inout CommandRun
  ) -> String? {
    let reason: String
    switch ending {
    case .printed: return nil
    case .failed(status: 3):
      run.empty += 1
      return "nothing to transcribe; the task is released"
    case .interrupted:
      run.interrupted = true
      return "stopped; the task is released"
    case .printedTooMuch:
      reason = "the command printed more than \(ProjectStore.longestText) bytes"
    case .failed(let status) where status == 126 || status == 127:
      run.cannotRun = true
      reason = "the command cannot be run (exit \(status))"
    case .failed(let status):
      reason = "the command failed (exit \(status))"
    }
    run.failed.append(.init(clip: task.clip.address, reason: reason))
    return "\(reason); the task is released"
  }

  private func handIn(
    _ text: String, _ task: LeasedTask, _ clock: WallClock, _ run: inout CommandRun
  ) throws -> String? {
    let handedIn = try submit(text, lease: task.lease.token, at: clock.now)
    guard case .keptAsDraft(let reason) = handedIn.outcome else {
      run.accepted += 1
      if let doubt = handedIn.doubt {
        run.doubted.append(.init(clip: task.clip.address, reason: doubt))
        return "handed in, but \(doubt)"
      }
      return nil
    }
    try release(task.lease.token, at: clock.now)
    let lines = [reason] + handedIn.findings.filter { $0.level == .error }.map(\.line)
    run.refused.append(.init(clip: task.clip.address, reason: lines.joined(separator: "; ")))
    return "refused and kept as a draft: \(lines.joined(separator: "\n  "))"
  }
}

extension LeasedTask {
  /// What a worker's command is told.
  var environment: [String: String] {
    [
      "PECIA_AUDIO": audio, "PECIA_RECORDING": clip.recording, "PECIA_CLIP": String(clip.number),
      "PECIA_START": clip.range.lowerBound.description,
      "PECIA_END": clip.range.upperBound.description, "PECIA_WORKER": lease.worker,
      "PECIA_LANGUAGE": language, "PECIA_STYLE": style,
      // The system takes no longer variable.
      "PECIA_DRAFT": lease.draft.flatMap { $0.utf8.count < 100_000 ? $0 : nil } ?? "",
    ]
  }
}

extension Finding {
  /// The finding as one line: `line:column:level:rule:message`.
  public var line: String { "\(start.line):\(start.column):\(level.rawValue):\(rule):\(message)" }
}
