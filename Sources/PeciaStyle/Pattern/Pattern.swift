/// A regular expression of a guide, in a form that can be run in linear time.
struct Pattern: Hashable, Sendable {
  let source: String
  private let program: PatternProgram

  /// With `whole` a match must take the whole text.
  ///
  /// - Throws: `PatternError` where the text is no pattern, asks for what cannot be matched in
  ///   linear time, or can match nothing at all.
  init(_ source: String, ignoresCase: Bool = true, whole: Bool = false) throws {
    self.source = source
    var parser = PatternParser(source, ignoresCase: ignoresCase)
    var node = try parser.parse()
    if whole { node = .sequence([.assertion(.textStart), node, .assertion(.textEnd)]) }
    program = try PatternProgram(node, groups: parser.groups)
    guard !program.canBeEmpty else {
      throw PatternError(
        offset: 0, problem: "the pattern matches the empty text, so it would match everywhere",
        remedy: "let it take at least one character, with ‘+’ in place of ‘*’")
    }
    guard program.sets.allSatisfy({ !$0.isEmpty }), program.first != .init() else {
      throw PatternError(
        offset: 0, problem: "the pattern can never match", remedy: "some ‘[ ]’ in it is empty")
    }
  }

  var groups: Int { program.groups }

  func matches(in text: [Code], range: Range<Int>? = nil) -> [PatternMatch] {
    var run = PatternRun(program)
    return text.withUnsafeBufferPointer { run.matches(in: $0, range: range ?? 0..<$0.count) }
  }

  func firstMatch(in text: [Code], range: Range<Int>? = nil) -> PatternMatch? {
    matches(in: text, range: range).first
  }

  func matches(any text: [Code], in range: Range<Int>? = nil) -> Bool {
    firstMatch(in: text, range: range) != nil
  }

  /// `text` as a pattern that matches just itself, as whole words where it ends in letters.
  static func literal(_ text: String) -> String {
    var pattern = ""
    let codes = text.codes
    if codes.first?.isWord == true { pattern += "\\b" }
    for code in codes {
      if code.isWord {
        pattern.unicodeScalars.append(code.scalar)
      } else if code.isBlank {
        pattern += "\\s+"
      } else {
        pattern += "\\"
        pattern.unicodeScalars.append(code.scalar)
      }
    }
    if codes.last?.isWord == true { pattern += "\\b" }
    return pattern
  }
}
