public import PeciaCore

extension Finding {
  /// `file:line:column:level:rule:message`.
  public func line(in file: String) -> String {
    "\(file):\(start.line):\(start.column):\(level.rawValue):\(rule):\(message)"
  }

  /// The finding as `lint --format json` shows it.
  public var json: JSON {
    .object([
      "rule": .string(rule), "level": .string(level.rawValue), "message": .string(message),
      "line": .integer(start.line), "column": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
      "offset": .integer(range.lowerBound), "length": .integer(range.count),
      "text": .string(text), "fix": .string(orNull: fix),
    ])
  }
}

extension LintedText {
  /// The findings for a person: place, message, the line, and a caret under the place.
  public func report(colours: Bool) -> String {
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    return findings.map { finding in
      let level =
        colours
        ? "\u{1B}[\(finding.level == .error ? 31 : finding.level == .warning ? 33 : 36);1m"
          + "\(finding.level.rawValue)\u{1B}[0m" : finding.level.rawValue
      let head =
        "\(file):\(finding.start.line):\(finding.start.column): \(level): \(finding.message)"
        + " [\(finding.rule)]\n"
      guard finding.start.line <= lines.count else { return head }
      return head + excerpt(of: lines[finding.start.line - 1], finding, colours: colours)
    }.joined()
  }

  /// The line, cut to what fits a screen, and the caret line below it.
  private func excerpt(of line: Substring, _ finding: Finding, colours: Bool) -> String {
    let width = 90
    let column = finding.start.column - 1
    let from = column > width - 20 ? column - 30 : 0
    let shown = line.dropFirst(from).prefix(width)
    let before = shown.prefix(column - from)
    let length = finding.end.line == finding.start.line ? finding.range.count : line.count - column
    let marked = shown.dropFirst(column - from).prefix(max(length, 0))
    let blanks = before.map { $0 == "\t" ? "\t" : String(repeating: " ", count: $0.columns) }
      .joined()
    let carets =
      "^" + String(repeating: "~", count: max(0, marked.reduce(0) { $0 + $1.columns } - 1))
    let lead = from > 0 ? "    …" : "    "
    return "\(lead)\(shown.map { $0.isControl ? "·" : String($0) }.joined())\n"
      + String(repeating: " ", count: lead.count) + blanks
      + (colours ? "\u{1B}[32m\(carets)\u{1B}[0m" : carets) + "\n"
  }
}

extension Character {
  fileprivate var isControl: Bool {
    self != "\t" && (unicodeScalars.first?.properties.generalCategory == .control)
  }

  /// How many columns of a terminal the character takes.
  fileprivate var columns: Int {
    guard let scalar = unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}

/// All findings as `lint --format json` prints them.
public func lintJSON(_ texts: [LintedText]) -> JSON {
  .object([
    "files": .array(
      texts.map {
        .object([
          "file": .string($0.file), "findings": .array($0.findings.map(\.json)),
        ])
      })
  ])
}

/// What turns `old` into `new`, as `diff -u` shows it; empty where they are equal.
public func unifiedDiff(from old: String, to new: String, file: String) -> String {
  // Bytes are compared: a letter that is composed anew is a change, and a carriage return is the
  // end of its line's text.
  guard !old.utf8.elementsEqual(new.utf8) else { return "" }
  let (before, after) = (DiffLine.lines(of: old), DiffLine.lines(of: new))
  let difference = after.difference(from: before)
  var removed: Set<Int> = []
  var inserted: Set<Int> = []
  for change in difference {
    switch change {
    case .remove(let offset, _, _): removed.insert(offset)
    case .insert(let offset, _, _): inserted.insert(offset)
    }
  }
  var script: [(sign: String, text: DiffLine, left: Int, right: Int)] = []
  var (left, right) = (0, 0)
  while left < before.count || right < after.count {
    if removed.contains(left) {
      script.append(("-", before[left], left, right))
      left += 1
    } else if inserted.contains(right) {
      script.append(("+", after[right], left, right))
      right += 1
    } else {
      script.append((" ", before[left], left, right))
      (left, right) = (left + 1, right + 1)
    }
  }
  return "--- \(file)\n+++ \(file) (fixed)\n" + hunks(of: script)
}

/// A line of a diff, as its bytes stand.
private struct DiffLine: Hashable {
  var bytes: [UInt8]
  /// Whether a line feed ends it; only a text's last line can be without.
  var isWhole: Bool

  static func lines(of text: String) -> [DiffLine] {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)
      .map { DiffLine(bytes: Array($0), isWhole: true) }
    guard let last = lines.popLast(), !last.bytes.isEmpty else { return lines }
    return lines + [DiffLine(bytes: last.bytes, isWhole: false)]
  }

  var shown: String {
    String(decoding: bytes, as: UTF8.self) + "\n"
      + (isWhole ? "" : "\\ No newline at end of file\n")
  }
}

/// The changed stretches of a diff, with three lines around each.
private func hunks(of script: [(sign: String, text: DiffLine, left: Int, right: Int)]) -> String {
  var output = ""
  var index = 0
  while let change = script[index...].firstIndex(where: { $0.sign != " " }) {
    let start = max(index, change - 3)
    var (end, quiet) = (change, 0)
    while end < script.count, quiet < 7 {
      quiet = script[end].sign == " " ? quiet + 1 : 0
      end += 1
    }
    end -= max(0, quiet - 3)
    let hunk = script[start..<end]
    let (old, new) = (hunk.count { $0.sign != "+" }, hunk.count { $0.sign != "-" })
    let first = script[start]
    // A stretch without lines is named by the line before it.
    let (left, right) = (first.left + (old > 0 ? 1 : 0), first.right + (new > 0 ? 1 : 0))
    output += "@@ -\(left),\(old) +\(right),\(new) @@\n"
    output += hunk.map { $0.sign + $0.text.shown }.joined()
    index = end
  }
  return output
}
