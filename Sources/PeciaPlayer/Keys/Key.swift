/// A key as a terminal reports it: what it is, and what was held with it.
struct Key: Hashable, Sendable {
  enum Code: Hashable, Sendable {
    case character(Character)
    case enter, tab, backspace, escape, insert, delete
    case up, down, left, right, home, end, pageUp, pageDown
    case function(Int)
  }

  struct Modifiers: OptionSet, Hashable, Sendable {
    let rawValue: Int
    static let shift = Modifiers(rawValue: 1)
    static let alt = Modifiers(rawValue: 2)
    static let control = Modifiers(rawValue: 4)
  }

  var code: Code
  var modifiers: Modifiers

  /// Letters are brought to one form: with Ctrl they are small, and Shift stands beside them;
  /// without it Shift makes them capital and is gone, as terminals without key reports send them.
  init(_ code: Code, _ modifiers: Modifiers = []) {
    self.code = code
    self.modifiers = modifiers
    guard case .character(let character) = code, character.isLetter else { return }
    if modifiers.contains(.control) {
      self.code = .character(Character(single: character.lowercased()) ?? character)
    } else if modifiers.contains(.shift) {
      self.code = .character(Character(single: character.uppercased()) ?? character)
      self.modifiers.remove(.shift)
    }
  }

  static func control(_ character: Character) -> Key { Key(.character(character), .control) }
  static func alt(_ character: Character) -> Key { Key(.character(character), .alt) }
  static func function(_ number: Int, _ modifiers: Modifiers = []) -> Key {
    Key(.function(number), modifiers)
  }
}

extension Character {
  /// The one character of `text`; nil where it holds none or several.
  init?(single text: String) {
    guard text.count == 1, let first = text.first else { return nil }
    self = first
  }
}

extension Key: CustomStringConvertible {
  private static let names: [(String, Code)] = [
    ("Enter", .enter), ("Tab", .tab), ("Backspace", .backspace), ("Esc", .escape),
    ("Insert", .insert), ("Delete", .delete), ("Up", .up), ("Down", .down), ("Left", .left),
    ("Right", .right), ("Home", .home), ("End", .end), ("PageUp", .pageUp),
    ("PageDown", .pageDown), ("Space", .character(" ")),
  ]

  /// The key's name as it stands in a file of keys: `Ctrl-S`, `Shift-F1`, `Alt-Left`.
  var description: String {
    var name = ""
    if modifiers.contains(.control) { name += "Ctrl-" }
    if modifiers.contains(.alt) { name += "Alt-" }
    if modifiers.contains(.shift) { name += "Shift-" }
    if let known = Self.names.first(where: { $0.1 == code }) { return name + known.0 }
    switch code {
    case .function(let number): return name + "F\(number)"
    case .character(let character):
      return name + (modifiers.contains(.control) ? character.uppercased() : String(character))
    default: return name
    }
  }

  /// The key that `name` means; nil where it means none.
  ///
  /// Case counts only in a lone character.
  init?(name: some StringProtocol) {
    var rest = Substring(name)
    var modifiers: Modifiers = []
    let prefixes: [(String, Modifiers)] = [
      ("ctrl-", .control), ("alt-", .alt), ("shift-", .shift),
    ]
    while let (prefix, modifier) = prefixes.first(where: {
      rest.count > $0.0.count && rest.lowercased().hasPrefix($0.0)
    }) {
      modifiers.insert(modifier)
      rest = rest.dropFirst(prefix.count)
    }
    let lower = rest.lowercased()
    if let known = Self.names.first(where: { $0.0.lowercased() == lower }) {
      self.init(known.1, modifiers)
    } else if rest.count > 1, lower.first == "f", let number = Int(rest.dropFirst()),
      (1...24).contains(number)
    {
      self.init(.function(number), modifiers)
    } else if rest.count == 1, let character = rest.first {
      self.init(.character(character), modifiers)
    } else {
      return nil
    }
  }
}
