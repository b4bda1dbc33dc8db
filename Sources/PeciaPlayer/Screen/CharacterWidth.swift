extension Character {
  /// How many columns of a terminal the character takes: 0, 1 or 2.
  ///
  /// By Unicode's East Asian Width (annex 11, wide and full-width), emoji presentation (technical
  /// standard 51) and zero width for marks that stand alone. Controls count one: the screen shows
  /// a sign in their place.
  var columns: Int {
    if isASCII { return 1 }
    guard let first = unicodeScalars.first else { return 0 }
    let several = unicodeScalars.count > 1
    if several, unicodeScalars.contains(where: { $0.value == 0xFE0F }) { return 2 }
    let width = first.columns
    if several, width == 1, (0x1F1E6...0x1F1FF).contains(first.value) { return 2 }
    return width
  }

  /// What a cell shows of it: controls and what has no width by itself become a visible sign.
  var shown: Character {
    if let byte = asciiValue {
      return byte == 9 ? " " : byte < 32 || byte == 127 ? "\u{FFFD}" : self
    }
    guard let first = unicodeScalars.first else { return " " }
    if first.properties.generalCategory == .control { return "\u{FFFD}" }
    if columns == 0 { return Character("\u{25CC}" + String(self)) }
    return self
  }

  /// The columns that `shown` takes.
  var shownColumns: Int { isASCII ? 1 : Swift.max(columns, 1) }
}

extension Unicode.Scalar {
  fileprivate var columns: Int {
    if value < 0x300 { return value == 0xAD ? 0 : 1 }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    if (0x1160...0x11FF).contains(value) { return 0 }
    return isWide ? 2 : 1
  }

  private var isWide: Bool {
    guard value >= 0x1100 else { return false }
    return Self.wide.contains { $0.contains(value) } || properties.isEmojiPresentation
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
    0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF,
    0x1AFF0...0x1B2FF, 0x1F200...0x1F2FF, 0x1F900...0x1F9FF, 0x20000...0x2FFFD,
    0x30000...0x3FFFD,
  ]
}

extension String {
  var columns: Int { reduce(0) { $0 + $1.shownColumns } }

  /// As much of the beginning as fits into `columns`, with `…` where something is left out.
  func fitted(to columns: Int) -> String {
    guard columns > 0 else { return "" }
    if utf8.count <= columns { return self }
    var (result, used) = ("", 0)
    for character in self {
      used += character.shownColumns
      if used > columns {
        while result.columns > columns - 1 { result.removeLast() }
        return result + "…"
      }
      result.append(character)
    }
    return result
  }
}
