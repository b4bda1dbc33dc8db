import PeciaCore
import PeciaWorkflow

extension Player {
  mutating func performWork(_ action: Action) -> [Effect] {
    switch action {
    case .handIn: return handIn()
    case .giveBack:
      guard clip?.isEarlier == false, clip?.task.review == nil else { return [] }
      dialog = .giveBack
      return []
    case .earlier: return showEarlier(1)
    case .later: return showEarlier(-1)
    case .compare:
      guard clip?.task.machineDraft != nil || clip?.task.review != nil else {
        tell("this clip has no machine-made draft")
        return []
      }
      dialog = .compare(top: 0)
      return []
    case .help:
      dialog = .help(top: 0)
      return []
    case .redraw: return [.redraw]
    case .leave: return leave(asked: true)
    case .nextDispute, .previousDispute, .reason, .playWords: return performReview(action)
    default: return []
    }
  }

  // MARK: Beginning and ending

  mutating func begin(_ clip: ClipAtHand) -> [Effect] {
    isBusy = false
    self.clip = clip
    setText(Editor(clip.task.text))
    transport.position = 0
    transport.isPlaying = false
    transport.loop = nil
    transport.loopStart = nil
    if transport.channels != .all, clip.channels < 2 { transport.channels = .all }
    pace.beginClip()
    if round != nil, round?.began == nil { round?.began = now }
    if clip.isEarlier, !clip.canChange { tell("judged already: to be looked at only") }
    why = nil
    reviews = clip.task.review != nil
    leavesUndecided = nil
    findPlaces()
    let first = places.first.map { go(to: $0) } ?? []
    return check() + first
  }

  private mutating func setText(_ text: Editor) {
    let revision = editor.revision
    let clipboard = editor.clipboard
    editor = text
    editor.advance(past: revision)
    editor.clipboard = clipboard
    editor.move(to: editor.end)
    allFindings = []
    isTextNew = true
    top = 0
    drafts = Drafts(sent: editor.revision, stored: editor.revision, due: nil, checkDue: nil)
  }

  mutating func endOfWork() -> [Effect] {
    clip = nil
    setText(Editor())
    isBusy = false
    dialog = nil
    let what = session.clips == 0 ? "" : "; \(Self.count(session.clips, "clip")) handed in"
    let undo =
      reviews && session.clips > 0
      ? ", \(keys.name(of: .previousDispute)) takes the last decision back" : ""
    tell("nothing is left for \(worker)\(what); \(keys.name(of: .leave)) leaves\(undo)", .good)
    notice?.until = .max
    return []
  }

  /// Leaves; a text that is not stored yet is stored first.
  mutating func leave(asked: Bool) -> [Effect] {
    guard !isLeaving else { return [] }
    isLeaving = true
    var effects: [Effect] = transport.isPlaying ? [.sound(.pause(back: 0))] : []
    effects += store()
    return effects + [.exit]
  }

  // MARK: Handing in

  private mutating func handIn() -> [Effect] {
    guard let clip, !isBusy else { return [] }
    guard clip.canChange else {
      tell("this clip has been judged; it can only be looked at", .fault)
      return []
    }
    guard editor.lines.contains(where: { $0.contains { !$0.isWhitespace } }) else {
      tell(
        "there is no text; if nothing is said, give the clip back with "
          + keys.name(of: .giveBack), .fault)
      return []
    }
    dropTypedBlank()
    isBusy = true
    drafts.due = nil
    tell("handing in …")
    var effects: [Effect] = transport.isPlaying ? [.sound(.pause(back: 0))] : []
    effects.append(
      clip.task.review == nil ? .handIn(editor.text) : .decide(editor.text, why: why))
    return effects
  }

  mutating func handedIn(_ outcome: HandedIn) -> [Effect] {
    isBusy = false
    switch outcome {
    case .accepted, .doubted:
      let isNew = clip?.isEarlier == false
      if isNew { countClip() }
      var done = clip?.task.review == nil ? "handed in" : "decided"
      if case .doubted(let doubt) = outcome { done += ", but \(doubt)" }
      return isNew ? afterClip(done) : backToOpen("changed, and handed in again")
    case .refused(let findings):
      allFindings = findings
      drafts.checked = editor.revision
      drafts.sent = editor.revision
      drafts.stored = editor.revision
      let errors = findings.filter { $0.level == .error }
      round?.findings += errors.count
      if let first = errors.first { editor.move(to: editor.place(at: first.range.lowerBound)) }
      tell(
        "not handed in: \(Self.count(errors.count, "slip")) to mend first; the text is kept",
        .fault)
      return []
    case .kept(let reason):
      return afterClip("kept as a draft: \(reason)", .fault)
    }
  }

  private mutating func countClip() {
    let done = WorkTotals(
      clips: 1, words: editor.wordCount, milliseconds: clip?.milliseconds ?? 0)
    session += done
    round?.done += done
    counted.append(done)
  }

  /// Takes the clip that was decided last out of the counts; it is counted anew when it is decided
  /// again.
  mutating func uncountClip() {
    guard let done = counted.popLast() else { return }
    session -= done
    // A round that has counted nothing began after it.
    if round?.done.clips ?? 0 > 0 { round?.done -= done }
  }

  mutating func afterClip(_ text: String, _ kind: Notice.Kind = .good) -> [Effect] {
    isBusy = true
    dialog = nil
    let effects: [Effect] = transport.isPlaying ? [.sound(.pause(back: 0))] : []
    tell(text, kind)
    clip = nil
    setText(Editor())
    return effects + [.next, .listEarlier]
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  // MARK: Earlier clips

  mutating func gotEarlier(_ clips: [EarlierClip]) -> [Effect] {
    earlier.clips = clips
    return []
  }

  private mutating func showEarlier(_ step: Int) -> [Effect] {
    let wished = (earlier.shown ?? -1) + step
    if wished == -1, earlier.shown != nil { return backToOpen(nil) }
    guard wished >= 0, wished < earlier.clips.count else {
      tell(wished < 0 ? "this is the open clip" : "there are no earlier clips of yours")
      return []
    }
    let effects = store()
    if earlier.shown == nil {
      earlier.open = clip
      earlier.openText = editor
    }
    earlier.shown = wished
    return effects + [.showEarlier(earlier.clips[wished])]
  }

  mutating func backToOpen(_ text: String?) -> [Effect] {
    earlier.shown = nil
    if let text { tell(text, .good) }
    guard let open = earlier.open, let openText = earlier.openText else {
      clip = nil
      return [.next]
    }
    earlier.open = nil
    earlier.openText = nil
    clip = open
    setText(openText)
    return [.listEarlier, .reload] + check()
  }

  // MARK: Rounds

  /// Ends the round when its time is over: never in the middle of a clip that is being typed.
  mutating func roundPassed() -> [Effect] {
    guard let round, let began = round.began, dialog == nil, !isBusy,
      now - began >= round.minutes * 60_000, editor.isEmpty || editor.revision == drafts.stored,
      pace.lastKey.map({ now - $0 > 2000 }) ?? true, !transport.isPlaying
    else { return [] }
    let milliseconds = now - began
    dialog = .rest(
      Dialog.Summary(
        number: round.number, clips: round.done.clips, words: round.done.words,
        milliseconds: round.done.milliseconds, findings: round.findings,
        wordsPerMinute: milliseconds > 0 ? round.done.words * 60_000 / milliseconds : nil))
    return store()
  }

  mutating func nextRound() {
    guard let round else { return }
    self.round = Round(
      minutes: round.minutes, began: now, number: round.number + 1,
      goal: max(round.done.words * 11 / 10, round.goal))
  }
}
