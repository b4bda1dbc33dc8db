import PeciaCore
import PeciaWorkflow

extension Player {
  /// Takes what happened at `now`, and gives what is to be done.
  mutating func update(_ event: Event, at now: Int) -> [Effect] {
    self.now = max(now, self.now)
    let before = editor
    var effects = take(event)
    if !isTextNew, editor.revision != before.revision { effects += textChanged(from: before) }
    isTextNew = false
    effects += timePassed()
    arrange()
    return effects
  }

  private mutating func take(_ event: Event) -> [Effect] {
    switch event {
    case .input(let input): return took(input)
    case .resized(let columns, let rows):
      self.columns = max(columns, 20)
      self.rows = max(rows, 8)
      return [.redraw]
    case .tick: return []
    case .sound(let report): return heard(report)
    case .began(let clip): return begin(clip)
    case .nothingLeft: return endOfWork()
    case .checked(let findings, let reasons, let revision):
      guard revision == editor.revision else { return [] }
      allFindings = findings
      self.reasons.merge(reasons) { $1 }
      drafts.checked = revision
    case .fixed(let text, let revision): replaceAll(with: text, revision: revision)
    case .stored(let revision): stored(revision)
    case .renewed(let until): clip?.leaseEnds = until
    case .handedIn(let outcome): return handedIn(outcome)
    case .released: return afterClip("given back; thank you")
    case .withdrawn: uncountClip()
    case .lexicon(let lexicon): self.lexicon = lexicon
    case .totals(let totals): today = totals
    case .earlier(let clips): return gotEarlier(clips)
    case .failed(let sentence, let kind): return failed(sentence, kind)
    case .told: return leave(asked: false)
    }
    return []
  }

  private mutating func took(_ input: Input) -> [Effect] {
    switch input {
    case .background(let light):
      if theme != .colourless { theme = light > 0.5 ? .light : .dark }
      return [.redraw]
    case .reportsReleases:
      reportsReleases = true
      return []
    case .paste(let text):
      pace.typed(0, at: now)
      if dialog != nil { return pasteIntoDialog(text) }
      return type(text)
    case .key(let key, let phase): return pressed(key, phase)
    }
  }

  private mutating func pressed(_ key: Key, _ phase: Input.Phase) -> [Effect] {
    let meaning = keys.meaning(of: key, after: prefix)
    if phase == .release {
      return meaning == .action(.hold) ? letGo() : []
    }
    pace.active(at: now)
    let awaited = prefix
    prefix = nil
    if notice?.kind != .fault { notice = nil }
    if dialog != nil, let effects = dialogTook(key, meaning) { return effects }
    switch meaning {
    case .action(.hold): return held(again: phase == .again)
    case .action(let action): return perform(action)
    case .prefix:
      prefix = key
      return []
    case .none:
      if let awaited {
        tell("\(KeyStroke(awaited, key)) does nothing; \(keys.name(of: .help)) shows the keys")
        return []
      }
      return selected(key) ? [] : typed(key)
    }
  }

  /// Shift with a key that moves selects.
  private mutating func selected(_ key: Key) -> Bool {
    guard key.modifiers.contains(.shift) else { return false }
    let plain = Key(key.code, key.modifiers.subtracting(.shift))
    guard case .action(let action) = keys.meaning(of: plain) else { return false }
    return select(action)
  }

  mutating func tell(_ text: String, _ kind: Notice.Kind = .note) {
    notice = Notice(text: text, kind: kind, until: now + (kind == .fault ? 15_000 : 6000))
  }

  /// Does an action, from wherever it was asked for.
  mutating func perform(_ action: Action) -> [Effect] {
    switch action.group {
    case .sound: return performSound(action)
    case .text: return performText(action)
    case .work, .review: return performWork(action)
    }
  }

  /// What is due because of the time.
  private mutating func timePassed() -> [Effect] {
    var effects: [Effect] = []
    if let until = notice?.until, until <= now { notice = nil }
    if let until = transport.heldUntil, until <= now { effects += letGo() }
    if let due = drafts.due, due <= now { effects += store() }
    if let due = drafts.checkDue, due <= now { effects += check() }
    effects += roundPassed()
    return effects
  }

  /// The next moment at which something is due; nil where nothing is.
  var nextDue: Int? {
    [notice?.until, transport.heldUntil, drafts.due, drafts.checkDue].compactMap { $0 }.min()
  }
}

// MARK: - The text and its copies

extension Player {
  private mutating func textChanged(from old: Editor) -> [Effect] {
    shiftFindings(from: old)
    let first = drafts.due == nil && clip?.isEarlier == false
    if drafts.due == nil { drafts.due = now + 600 }
    drafts.checkDue = now + 120
    return first && old.isEmpty ? [.fetchAhead] : []
  }

  /// Sends the text to be stored, if it is not there yet.
  mutating func store() -> [Effect] {
    drafts.due = nil
    guard let clip, !clip.isEarlier, drafts.sent != editor.revision else { return [] }
    drafts.sent = editor.revision
    return [.store(editor.text, revision: editor.revision)]
  }

  private mutating func stored(_ revision: Int) {
    drafts.stored = max(drafts.stored, revision)
    if drafts.hasFailed {
      drafts.hasFailed = false
      tell("the text is stored again", .good)
    }
  }

  mutating func check() -> [Effect] {
    drafts.checkDue = nil
    guard clip != nil, drafts.checked != editor.revision else { return [] }
    return [.check(editor.text, revision: editor.revision)]
  }

  private mutating func failed(_ sentence: String, _ kind: Effect.Kind) -> [Effect] {
    isBusy = false
    tell(sentence, .fault)
    switch kind {
    case .store:
      drafts.hasFailed = true
      drafts.sent = drafts.stored
      drafts.due = now + 1000
      if isLeaving {
        isLeaving = false
        dialog = .leaveUnsaved
      }
    case .handIn, .release, .next, .other: break
    }
    return []
  }

  /// Moves findings with the text, until it is checked again; those that were touched go.
  private mutating func shiftFindings(from old: Editor) {
    guard !allFindings.isEmpty else { return }
    let (head, oldEnd, newEnd) = Self.changed(from: old.lines, to: editor.lines)
    let delta = newEnd - oldEnd
    func moved(_ range: Range<Int>) -> Range<Int>? {
      if range.lowerBound >= oldEnd, range.lowerBound > head || delta != 0 {
        return range.lowerBound + delta..<range.upperBound + delta
      }
      return range.upperBound <= head ? range : nil
    }
    allFindings = allFindings.compactMap { finding in
      guard let range = moved(finding.range) else { return nil }
      var finding = finding
      finding.range = range
      finding.tidy = finding.tidy.flatMap { change in
        moved(change.range).map { Finding.Change(range: $0, text: change.text) }
      }
      return finding
    }
  }

  /// The stretch that differs: where it begins, and where it ends in the old and the new text.
  private static func changed(
    from old: [[Character]], to new: [[Character]]
  ) -> (head: Int, oldEnd: Int, newEnd: Int) {
    var (line, head) = (0, 0)
    while line < min(old.count, new.count), old[line] == new[line] {
      head += old[line].count + 1
      line += 1
    }
    if line < min(old.count, new.count) {
      head += zip(old[line], new[line]).prefix { $0 == $1 }.count
    }
    func length(_ lines: [[Character]]) -> Int { lines.reduce(-1) { $0 + $1.count + 1 } }
    let (oldLength, newLength) = (length(old), length(new))
    var (back, tail) = (0, 0)
    while back < min(old.count, new.count) - line,
      old[old.count - 1 - back] == new[new.count - 1 - back]
    {
      tail += old[old.count - 1 - back].count + 1
      back += 1
    }
    if back < min(old.count, new.count) - line {
      tail +=
        zip(old[old.count - 1 - back].reversed(), new[new.count - 1 - back].reversed())
        .prefix { $0 == $1 }.count
    }
    tail = min(tail, min(oldLength, newLength) - min(head, min(oldLength, newLength)))
    return (min(head, min(oldLength, newLength)), oldLength - tail, newLength - tail)
  }
}
