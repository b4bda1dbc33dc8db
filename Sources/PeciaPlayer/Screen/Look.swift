/// How a cell looks: a role, which a theme turns into colours, and marks that hold without colour.
struct Look: Hashable, Sendable {
  /// What a text on the screen is for.
  enum Role: UInt8, CaseIterable, Sendable {
    case plain, faint, title, sound, played, shared, error, warning, suggestion, good, key
  }
  struct Marks: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    static let bold = Marks(rawValue: 1)
    static let underlined = Marks(rawValue: 2)
    static let reversed = Marks(rawValue: 4)
  }

  var role: Role
  var marks: Marks

  init(_ role: Role = .plain, _ marks: Marks = []) {
    self.role = role
    self.marks = marks
  }

  static let plain = Look()
  static let faint = Look(.faint)
}

/// Turns roles into the terminal's own colours; it never sets a background.
enum Theme: String, CaseIterable, Sendable {
  case dark, light
  /// Bold, underline and reversal only.
  case colourless = "none"

  /// The sequence that sets `look`, from nothing.
  func sequence(for look: Look) -> String {
    var codes = ["0"]
    if look.marks.contains(.bold) || bold(look.role) { codes.append("1") }
    if look.marks.contains(.underlined) { codes.append("4") }
    if look.marks.contains(.reversed) { codes.append("7") }
    if let colour = colour(of: look.role) { codes.append(colour) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private func bold(_ role: Look.Role) -> Bool {
    switch role {
    case .title, .error: true
    case .key, .played: self == .colourless
    default: false
    }
  }

  /// Colours from the terminal's 16, chosen to be read on this background.
  private func colour(of role: Look.Role) -> String? {
    switch (self, role) {
    case (.colourless, _), (_, .plain), (_, .title): nil
    case (.dark, .faint): "90"
    case (.light, .faint): "38;5;241"
    case (.dark, .sound): "36"
    case (.light, .sound): "34"
    case (.dark, .played): "96"
    case (.light, .played): "35"
    case (.dark, .shared): "33"
    case (.light, .shared): "38;5;94"
    case (.dark, .error): "91"
    case (.light, .error): "31"
    case (.dark, .warning): "93"
    case (.light, .warning): "38;5;130"
    case (.dark, .suggestion): "94"
    case (.light, .suggestion): "34"
    case (.dark, .good): "92"
    case (.light, .good): "32"
    case (.dark, .key): "97"
    case (.light, .key): "30"
    }
  }
}
