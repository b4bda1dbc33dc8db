import PeciaCore

extension Player {
  /// Gives a key to the dialog; nil where the key is meant for the player all the same.
  mutating func dialogTook(_ key: Key, _ meaning: KeyMap.Meaning) -> [Effect]? {
    if meaning == .action(.leave), dialog != .leaveUnsaved { return nil }
    if key == Key(.escape) || key == .control("c") {
      dialog = nil
      return []
    }
    switch dialog {
    case .help(let top): return pageTook(meaning, key, top: top) { .help(top: $0) }
    case .compare(let top): return pageTook(meaning, key, top: top) { .compare(top: $0) }
    case .find(let prompt): return findTook(key, meaning, prompt)
    case .replace(let find, let prompt): return replaceTook(key, meaning, find, prompt)
    case .goTo(let prompt): return goToTook(key, meaning, prompt)
    case .reason(let prompt): return reasonTook(key, meaning, prompt)
    case .giveBack: return giveBackTook(key)
    case .complete(let completion): return completionTook(key, meaning, completion)
    case .rest:
      if meaning == .action(.newLine) || key == Key(.character(" ")) {
        dialog = nil
        nextRound()
      }
      return []
    case .leaveUnsaved:
      if key == Key(.character("y")) || key == Key(.character("Y")) {
        dialog = nil
        isLeaving = true
        return [.exit]
      }
      if key == Key(.character("n")) || key == Key(.character("N")) { dialog = nil }
      return []
    case nil: return nil
    }
  }

  /// Pages that are only read: moving scrolls, sound works on, all else closes them.
  private mutating func pageTook(
    _ meaning: KeyMap.Meaning, _ key: Key, top: Int, _ page: (Int) -> Dialog
  ) -> [Effect]? {
    let height = max(rows - 4, 1)
    switch meaning {
    case .action(.down): dialog = page(top + 1)
    case .action(.up): dialog = page(max(top - 1, 0))
    case .action(.pageDown): dialog = page(top + height)
    case .action(.pageUp): dialog = page(max(top - height, 0))
    case .action(.textStart), .action(.lineStart): dialog = page(0)
    case .action(let action) where action.group == .sound: return nil
    case .prefix: return nil
    default:
      if key == Key(.character(" ")) { dialog = page(top + height) } else { dialog = nil }
    }
    return []
  }

  /// Edits the line of a prompt; true where the key did.
  private func edited(_ editor: inout Editor, _ key: Key, _ meaning: KeyMap.Meaning) -> Bool {
    switch meaning {
    case .action(.left): editor.move(to: editor.left(of: editor.cursor))
    case .action(.right): editor.move(to: editor.right(of: editor.cursor))
    case .action(.lineStart), .action(.textStart): editor.move(to: .start)
    case .action(.lineEnd), .action(.textEnd): editor.move(to: editor.end)
    case .action(.eraseBack): editor.erase(to: editor.left(of: editor.cursor))
    case .action(.eraseOn): editor.erase(to: editor.right(of: editor.cursor))
    case .action(.eraseWordBack): editor.erase(to: editor.wordStart(before: editor.cursor))
    case .action(.paste): editor.type(self.editor.clipboard.firstLine)
    case .none:
      guard case .character(let character) = key.code,
        key.modifiers.isDisjoint(with: [.control, .alt])
      else { return false }
      editor.type(String(character))
    default: return false
    }
    return true
  }

  mutating func pasteIntoDialog(_ text: String) -> [Effect] {
    switch dialog {
    case .find(var prompt):
      prompt.editor.type(text.firstLine)
      dialog = .find(prompt)
    case .replace(let find, var prompt):
      prompt.editor.type(text.firstLine)
      dialog = .replace(find: find, prompt)
    case .goTo(var prompt):
      prompt.editor.type(text.firstLine)
      dialog = .goTo(prompt)
    case .reason(var prompt):
      prompt.editor.type(text.firstLine)
      dialog = .reason(prompt)
    case .complete:
      dialog = nil
      return type(text)
    default: break
    }
    return []
  }

  // MARK: Find and replace

  private mutating func findTook(
    _ key: Key, _ meaning: KeyMap.Meaning, _ prompt: Dialog.Prompt
  ) -> [Effect]? {
    if meaning == .action(.newLine) || meaning == .action(.find) {
      dialog = nil
      lastNeedle = prompt.editor.text
      findNext(lastNeedle)
      return []
    }
    var prompt = prompt
    guard edited(&prompt.editor, key, meaning) else { return soundOnly(meaning) }
    dialog = .find(prompt)
    return []
  }

  /// In a prompt the sound can still be heard and moved.
  private func soundOnly(_ meaning: KeyMap.Meaning) -> [Effect]? {
    if case .action(let action) = meaning, action.group == .sound { return nil }
    return meaning == .prefix ? nil : []
  }

  mutating func findNext(_ needle: String) {
    guard !needle.isEmpty else {
      dialog = .find(Dialog.Prompt("Find"))
      return
    }
    let start = editor.selection?.upperBound ?? editor.cursor
    guard let range = editor.next(needle, from: start) else {
      tell("‘\(needle)’ is not in the text")
      return
    }
    editor.select(range)
    let count = editor.count(of: needle)
    if count > 1 { tell("\(count) places; \(keys.name(of: .findNext)) goes to the next") }
  }

  private mutating func replaceTook(
    _ key: Key, _ meaning: KeyMap.Meaning, _ find: String?, _ prompt: Dialog.Prompt
  ) -> [Effect]? {
    var prompt = prompt
    guard meaning == .action(.newLine) else {
      guard edited(&prompt.editor, key, meaning) else { return soundOnly(meaning) }
      dialog = .replace(find: find, prompt)
      return []
    }
    guard let find else {
      lastNeedle = prompt.editor.text
      dialog =
        lastNeedle.isEmpty
        ? nil : .replace(find: lastNeedle, Dialog.Prompt("Replace ‘\(lastNeedle)’ with"))
      return []
    }
    dialog = nil
    let count = editor.replaceAll(find, with: prompt.editor.text)
    tell(
      count == 0
        ? "‘\(find)’ is not in the text"
        : "replaced \(Self.count(count, "time")); \(keys.name(of: .undo)) takes it back", .good)
    return []
  }

  // MARK: The others

  private mutating func goToTook(
    _ key: Key, _ meaning: KeyMap.Meaning, _ prompt: Dialog.Prompt
  ) -> [Effect]? {
    var prompt = prompt
    guard meaning == .action(.newLine) else {
      guard edited(&prompt.editor, key, meaning) else { return soundOnly(meaning) }
      dialog = .goTo(prompt)
      return []
    }
    let parts = prompt.editor.text.trimmed.split(separator: ":", omittingEmptySubsequences: false)
    let times = parts.map { Timestamp(decimalSeconds: $0)?.milliseconds }
    let time: Int? =
      switch times.count {
      case 1: times[0]
      case 2: times[0].flatMap { minutes in times[1].map { minutes * 60 + $0 } }
      default: nil
      }
    guard let time else {
      tell("‘\(prompt.editor.text)’ is no time; write 12.5 or 1:02", .fault)
      return []
    }
    dialog = nil
    return [.sound(.seek(min(time, clip?.milliseconds ?? 0)))]
  }

  private mutating func reasonTook(
    _ key: Key, _ meaning: KeyMap.Meaning, _ prompt: Dialog.Prompt
  ) -> [Effect]? {
    var prompt = prompt
    guard meaning == .action(.newLine) else {
      guard edited(&prompt.editor, key, meaning) else { return soundOnly(meaning) }
      dialog = .reason(prompt)
      return []
    }
    dialog = nil
    why = prompt.editor.text.isEmpty ? nil : prompt.editor.text
    return []
  }

  private mutating func giveBackTook(_ key: Key) -> [Effect] {
    guard case .character(let character) = key.code, let number = character.wholeNumberValue,
      (1...ReleaseReason.allCases.count).contains(number), !isBusy
    else { return [] }
    dialog = nil
    isBusy = true
    let effects: [Effect] = transport.isPlaying ? [.sound(.pause(back: 0))] : []
    return effects + store() + [.release(ReleaseReason.allCases[number - 1])]
  }

  private mutating func completionTook(
    _ key: Key, _ meaning: KeyMap.Meaning, _ completion: Dialog.Completion
  ) -> [Effect]? {
    var completion = completion
    let count = completion.words.count
    switch meaning {
    case .action(.complete), .action(.down): completion.chosen = (completion.chosen + 1) % count
    case .action(.up): completion.chosen = (completion.chosen + count - 1) % count
    case .action(.newLine):
      dialog = nil
      editor.replace(completion.range, with: completion.words[completion.chosen])
      return []
    default:
      dialog = nil
      if case .character(let character) = key.code, key.modifiers.isEmpty,
        let number = character.wholeNumberValue, (1...count).contains(number)
      {
        editor.replace(completion.range, with: completion.words[number - 1])
        return []
      }
      return nil
    }
    dialog = .complete(completion)
    return []
  }
}

extension String {
  fileprivate var firstLine: String { String(prefix { !$0.isNewline }) }
}
