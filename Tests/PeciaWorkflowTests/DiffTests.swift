import PeciaCore
import PeciaWorkflow
import Testing

@Suite struct DiffTests {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a diff makes the new text of the old one`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let words = ["", "one", "two", "three", "-- four", "+five", "@@ six", "caf\u{E9}\r"]
    let old = (0..<Int.random(in: 0...60, using: &random)).map { _ in
      words.randomElement(using: &random)!
    }
    let new = old.flatMap { line -> [String] in
      switch Int.random(in: 0..<12, using: &random) {
      case 0: []
      case 1: [line + "!"]
      case 2: [line, words.randomElement(using: &random)!]
      default: [line]
      }
    }
    let (before, after) = (text(old, &random), text(new, &random))
    let diff = unifiedDiff(from: before, to: after, file: "a.txt")
    guard before != after else {
      #expect(diff.isEmpty)
      return
    }
    #expect(try patched(before, diff).utf8.elementsEqual(after.utf8), "\(diff)")
  }

  private func text(_ lines: [String], _ random: inout SplitMix64) -> String {
    lines.map { $0 + "\n" }.joined() + (Bool.random(using: &random) ? "last" : "")
  }

  /// `text` with the hunks of `diff` put in place, each checked against what it says of `text`.
  private func patched(_ text: String, _ diff: String) throws -> String {
    let old = whole(text)
    var (made, place) = ([String](), 0)
    var lines = whole(diff)[...]
    #expect(Array(lines.prefix(2)) == ["--- a.txt\n", "+++ a.txt (fixed)\n"])
    lines = lines.dropFirst(2)
    while let head = lines.popFirst() {
      let match = try #require(head.wholeMatch(of: /@@ -(\d+),(\d+) \+(\d+),(\d+) @@\n/))
      var (left, right) = (try #require(Int(match.2)), try #require(Int(match.4)))
      let start = try #require(Int(match.1)) - (left > 0 ? 1 : 0)
      made += old[place..<start]
      place = start
      let line = try #require(Int(match.3))
      #expect(made.count == line - (right > 0 ? 1 : 0))
      while left > 0 || right > 0 {
        try #require(!lines.isEmpty)
        var line = lines.removeFirst()
        let sign = line.removeFirst()
        if lines.first == "\\ No newline at end of file\n" {
          lines.removeFirst()
          line = String(line.unicodeScalars.dropLast())
        }
        if sign != "+" {
          #expect(old[place].utf8.elementsEqual(line.utf8))
          (place, left) = (place + 1, left - 1)
        }
        if sign != "-" {
          made.append(line)
          right -= 1
        }
      }
    }
    return (made + old[place...]).joined()
  }

  /// Lines with their line feeds; a carriage return is part of its line.
  private func whole(_ text: String) -> [String] {
    var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) + "\n" }
    let last = lines.removeLast()
    return last == "\n" ? lines : lines + [String(last.unicodeScalars.dropLast())]
  }
}
