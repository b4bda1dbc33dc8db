/// A complete `ESC [ parameters last`, and what it means.
struct ControlSequence {
  let parameters: String
  let last: UInt8

  /// The numbers between the semicolons, each with what follows it behind colons; nil is empty.
  private var fields: [[Int?]] {
    parameters.split(separator: ";", omittingEmptySubsequences: false).map {
      $0.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    }
  }

  private func field(_ index: Int, _ part: Int = 0) -> Int? {
    let fields = fields
    guard index < fields.count, part < fields[index].count else { return nil }
    return fields[index][part]
  }

  /// Shift, Alt and Ctrl as xterm and kitty count them: one more than the sum of the bits.
  private func modifiers(_ number: Int?) -> Key.Modifiers {
    let bits = max((number ?? 1) - 1, 0)
    var modifiers = Key.Modifiers(rawValue: bits & 7)
    if bits & 32 != 0 { modifiers.insert(.alt) }
    return modifiers
  }

  private var phase: Input.Phase {
    switch field(1, 1) {
    case 2: .again
    case 3: .release
    default: .press
    }
  }

  func meaning(_ extra: Key.Modifiers) -> KeySequence.Meaning {
    let held = modifiers(field(1)).union(extra)
    switch last {
    case UInt8(ascii: "u"):
      if parameters.hasPrefix("?") { return .input(.reportsReleases) }
      guard let code = field(0), let key = Self.kitty(code, held) else { return .nothing }
      return .input(.key(key, phase))
    case UInt8(ascii: "~"):
      if field(0) == 200 { return .pasteStart }
      if field(0) == 27, let code = field(2) {
        return Self.kitty(code, held).map { .input(.key($0, .press)) } ?? .nothing
      }
      return numbered(held)
    // rxvt: Ctrl, alone or with Shift, stands in the last byte.
    case UInt8(ascii: "^"): return numbered(held.union(.control))
    case UInt8(ascii: "@"): return numbered(held.union([.control, .shift]))
    case UInt8(ascii: "Z"): return .input(.key(Key(.tab, held.union(.shift)), .press))
    case UInt8(ascii: "a")...UInt8(ascii: "d"):
      guard parameters.isEmpty, let code = KeySequence.letterKeys[last - 32] else {
        return .nothing
      }
      return .input(.key(Key(code, held.union(.shift)), .press))
    default:
      guard !parameters.hasPrefix("?"), let code = KeySequence.letterKeys[last] else {
        return .nothing
      }
      return .input(.key(Key(code, held), phase))
    }
  }

  /// `ESC [ number ~`.
  private func numbered(_ held: Key.Modifiers) -> KeySequence.Meaning {
    let code: Key.Code? =
      switch field(0) {
      case 1, 7: .home
      case 2: .insert
      case 3: .delete
      case 4, 8: .end
      case 5: .pageUp
      case 6: .pageDown
      case .some(let number) where (11...15).contains(number): .function(number - 10)
      case .some(let number) where (17...21).contains(number): .function(number - 11)
      case .some(let number) where (23...26).contains(number): .function(number - 12)
      case .some(let number) where (28...29).contains(number): .function(number - 13)
      case .some(let number) where (31...34).contains(number): .function(number - 14)
      default: nil
      }
    guard let code else { return .nothing }
    return .input(.key(Key(code, held), phase))
  }

  /// The key of a number in kitty's reports; nil for keys that do nothing alone, as Shift.
  private static func kitty(_ code: Int, _ held: Key.Modifiers) -> Key? {
    switch code {
    case 9: return Key(.tab, held)
    case 13, 57414: return Key(.enter, held)
    case 27: return Key(.escape, held)
    case 8, 127: return Key(.backspace, held)
    case 57376...57387: return Key(.function(code - 57363), held)
    case 57399...57408: return Key(.character(Character(single: "\(code - 57399)") ?? "0"), held)
    case 57409...57413:
      let signs: [Character] = [".", "/", "*", "-", "+"]
      return Key(.character(signs[code - 57409]), held)
    case 57417...57426:
      let codes: [Key.Code] = [
        .left, .right, .up, .down, .pageUp, .pageDown, .home, .end, .insert, .delete,
      ]
      return Key(codes[code - 57417], held)
    // The rest of kitty's own numbers: media keys, locks, modifiers by themselves.
    case 57344...63743: return nil
    default:
      guard code >= 32, let scalar = Unicode.Scalar(UInt32(clamping: code)) else { return nil }
      return Key(.character(Character(scalar)), held)
    }
  }
}
