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
  let script = DiffStep.script(from: DiffLine.lines(of: old), to: DiffLine.lines(of: new))
  return "--- \(file)\n+++ \(file) (fixed)\n" + hunks(of: script)
}

/// A line that stays (` `), goes (`-`) or comes (`+`), and the lines before it on either side.
private struct DiffStep {
  var sign: String
  var text: DiffLine
  var left: Int
  var right: Int

  /// How many lines are skipped, at most, to find one that both texts have.
  private static let sight = 40

  /// What turns `before` into `after`.
  ///
  /// Fixes change lines where they stand, so that the texts meet again soon: the nearest such
  /// place is taken, which is not always the shortest diff, but costs no more for a long text.
  static func script(from before: [DiffLine], to after: [DiffLine]) -> [DiffStep] {
    var steps: [DiffStep] = []
    var (left, right) = (0, 0)
    while left < before.count || right < after.count {
      let changed = (left, right)
      while let (gone, come) = wayToMeet(before[left...], after[right...]) {
        (left, right) = (left + gone, right + come)
      }
      steps += before[changed.0..<left].enumerated().map {
        DiffStep(sign: "-", text: $1, left: changed.0 + $0, right: changed.1)
      }
      steps += after[changed.1..<right].enumerated().map {
        DiffStep(sign: "+", text: $1, left: left, right: changed.1 + $0)
      }
      guard left < before.count else { continue }
      steps.append(DiffStep(sign: " ", text: before[left], left: left, right: right))
      (left, right) = (left + 1, right + 1)
    }
    return steps
  }

  /// How many lines go and come until the texts meet again, or a first part of them; nil where
  /// they meet, or are at their ends.
  private static func wayToMeet(
    _ before: ArraySlice<DiffLine>, _ after: ArraySlice<DiffLine>
  ) -> (gone: Int, come: Int)? {
    guard let first = before.first, let other = after.first else {
      return before.isEmpty && after.isEmpty ? nil : (before.count, after.count)
    }
    if first == other { return nil }
    for total in 1...sight {
      for gone in 0...min(total, before.count - 1) where total - gone < after.count {
        let line = before[before.startIndex + gone]
        if line == after[after.startIndex + total - gone] { return (gone, total - gone) }
      }
    }
    return (1, 1)
  }
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
private func hunks(of script: [DiffStep]) -> String {
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
