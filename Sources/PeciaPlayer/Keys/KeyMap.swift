/// One key, or two in a row, that do something.
struct KeyStroke: Hashable, Sendable, CustomStringConvertible {
  var first: Key
  var second: Key?

  init(_ first: Key, _ second: Key? = nil) {
    self.first = first
    self.second = second
  }

  var description: String { second.map { "\(first) \($0)" } ?? "\(first)" }

  /// The stroke of a name: `Ctrl-S`, `Ctrl-O s`; nil where it means none.
  init?(name: some StringProtocol) {
    let keys = name.split(separator: " ").map { Key(name: $0) }
    guard (1...2).contains(keys.count), let first = keys[0] else { return nil }
    self.init(first)
    guard keys.count == 2 else { return }
    guard let second = keys[1] else { return nil }
    self.second = second
  }
}

/// Which keys do what; and the snippets, which stand in the same file.
struct KeyMap: Equatable, Sendable {
  /// Strokes in the order in which the help page shows them.
  private(set) var strokes: [Action: [KeyStroke]] = [:]
  private(set) var actions: [KeyStroke: Action] = [:]
  private(set) var prefixes: Set<Key> = []
  /// Triggers and what they become.
  private(set) var snippets: [Snippet] = Snippet.standard

  enum Meaning: Equatable, Sendable {
    case action(Action)
    /// The key waits for a second one.
    case prefix
    case none
  }

  /// What `key` does, after `prefix` if one was pressed.
  func meaning(of key: Key, after prefix: Key? = nil) -> Meaning {
    if let prefix { return actions[KeyStroke(prefix, key)].map(Meaning.action) ?? .none }
    if let action = actions[KeyStroke(key)] { return .action(action) }
    return prefixes.contains(key) ? .prefix : .none
  }

  /// The first key for `action`, to be shown beside it.
  func name(of action: Action) -> String {
    strokes[action]?.first?.description ?? "–"
  }

  /// Gives `action` these strokes alone; other actions lose them.
  mutating func set(_ action: Action, to strokes: [KeyStroke]) {
    for stroke in self.strokes[action] ?? [] { actions[stroke] = nil }
    self.strokes[action] = []
    for stroke in strokes {
      if let other = actions[stroke] { self.strokes[other]?.removeAll { $0 == stroke } }
      actions[stroke] = action
      self.strokes[action]?.append(stroke)
    }
    prefixes = Set(actions.keys.filter { $0.second != nil }.map(\.first))
  }

  mutating func set(_ snippet: Snippet) {
    snippets.removeAll { $0.trigger == snippet.trigger }
    if !snippet.expansion.isEmpty { snippets.append(snippet) }
  }
}

extension KeyMap {
  /// Why a line of a file of keys cannot be used.
  struct Fault: Error, Equatable, CustomStringConvertible {
    var file: String
    var line: Int
    var reason: String
    var description: String { "\(file):\(line): \(reason)" }
  }

  /// The standard keys, changed by a file's lines: `play = Tab, Ctrl-P`, `;i = [inaudible]`.
  ///
  /// A line begins with an action's name or with `;` and a snippet's trigger; `#` starts a
  /// comment; an action with nothing behind the `=` has no key.
  /// - Throws: `KeyMap.Fault` with the line and the remedy.
  init(text: String, file: String) throws {
    self = .standard
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      do { try apply(line) } catch let fault as LineFault {
        throw Fault(file: file, line: index + 1, reason: fault.reason)
      }
    }
    guard actions.values.contains(.leave) else {
      throw Fault(file: file, line: 1, reason: "no key is left for ‘leave’; give it one")
    }
  }

  private struct LineFault: Error { var reason: String }

  private mutating func apply(_ line: Substring) throws {
    let line = line.trimmed
    guard !line.isEmpty, line.first != "#" else { return }
    guard let sign = line.dropFirst().firstIndex(of: "=") else {
      throw LineFault(reason: "‘\(line)’ has no ‘=’; write ‘play = Tab, Ctrl-P’")
    }
    let name = line[..<sign].trimmed
    let value = line[line.index(after: sign)...].trimmed
    if name.first == ";" {
      guard name.count > 1, !name.contains(where: \.isWhitespace) else {
        throw LineFault(reason: "‘\(name)’ is no trigger; write ‘;’ and letters, as ‘;i’")
      }
      set(Snippet(trigger: String(name), expansion: Snippet.unescaped(value)))
      return
    }
    guard let action = Action(rawValue: String(name)) else {
      throw LineFault(reason: "there is no action ‘\(name)’; Ctrl-G in the player lists them all")
    }
    set(
      action,
      to: try Self.names(in: value).map { name in
        guard let stroke = KeyStroke(name: name) else {
          throw LineFault(reason: "‘\(name)’ is no key; write keys as ‘Ctrl-S’, ‘Alt-1’ or ‘F7’")
        }
        guard stroke.isCommand else {
          throw LineFault(reason: "‘\(name)’ is needed for typing; add Ctrl- or Alt- to it")
        }
        return stroke
      })
  }

  /// The names between commas; a comma may be a key itself at the end of a name (`Alt-,`).
  static func names(in value: Substring) -> [Substring] {
    var names: [Substring] = []
    var rest = value
    while !rest.isEmpty {
      var end = rest.firstIndex(of: ",") ?? rest.endIndex
      if end < rest.endIndex, rest[..<end].last.map({ $0 == "-" || $0 == " " }) == true,
        !rest[..<end].allSatisfy({ $0 == " " })
      {
        end = rest[rest.index(after: end)...].firstIndex(of: ",") ?? rest.endIndex
      }
      let name = rest[..<end].trimmed
      if !name.isEmpty { names.append(name) }
      rest = end < rest.endIndex ? rest[rest.index(after: end)...] : ""
    }
    return names
  }
}

extension KeyStroke {
  /// Whether no text is typed with it.
  fileprivate var isCommand: Bool {
    guard case .character = first.code else { return true }
    return !first.modifiers.isDisjoint(with: [.control, .alt])
  }
}

extension StringProtocol {
  /// Without the blanks at its ends.
  var trimmed: SubSequence {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return rest
  }
}
