import PeciaCore
import Testing

@testable import PeciaStyle

@Suite struct PatternTests {
  static func found(_ pattern: String, in text: String, ignoresCase: Bool = true) throws -> [String]
  {
    let codes = text.codes
    return try Pattern(pattern, ignoresCase: ignoresCase).matches(in: codes)
      .map { String(codes: codes[$0.range]) }
  }

  @Test(arguments: [
    ("a", "banana", ["a", "a", "a"]), ("an+", "bannana", ["ann", "an"]),
    ("a|ab", "abab", ["a", "a"]), ("(?:ab|a)c?", "abcac", ["abc", "ac"]),
    ("a{2,3}", "aaaaa", ["aaa", "aa"]), ("a{2}", "aaaaa", ["aa", "aa"]),
    ("a+?b", "aab", ["aab"]), ("<.+?>", "<a><b>", ["<a>", "<b>"]), ("<.+>", "<a><b>", ["<a><b>"]),
    ("\\bcat\\b", "cat concat cat's", ["cat", "cat"]), ("\\Bcat", "cat concat", ["cat"]),
    ("^a", "a\na ba", ["a", "a"]), ("a$", "a\nba", ["a", "a"]), ("\\Aa", "a\na", ["a"]),
    ("a\\z", "a\na", ["a"]), ("[^a-c]+", "abcdefa", ["def"]), ("[a\\]b]+", "x]ab", ["]ab"]),
    ("[]a]+", "]a", ["]a"]), ("[a-]+", "a-b", ["a-"]), ("\\d+", "a12b3", ["12", "3"]),
    ("\\w+", "naïve a_b", ["naïve", "a_b"]), ("\\p{Lu}\\p{Ll}+", "Éa été Ab", ["Éa", "Ab"]),
    ("STRASSE", "strasse", ["strasse"]), ("é", "É", ["É"]), ("\\x{e9}", "café", ["é"]),
    ("a.c", "abc a\nc", ["abc"]), ("(a)(b)?", "ab a", ["ab", "a"]), ("\\.", "a.b", ["."]),
    ("x*y", "xxy y", ["xxy", "y"]), ("(?:a|b)*c", "abac", ["abac"]), ("👍+", "👍👍", ["👍👍"]),
  ])
  func `a pattern matches leftmost, as it prefers`(
    pattern: String, text: String, matches: [String]
  ) throws {
    #expect(try Self.found(pattern, in: text, ignoresCase: pattern != "\\p{Lu}\\p{Ll}+") == matches)
  }

  @Test(arguments: [
    ("(a)\\1", 3, "refers back"), ("(?=a)", 0, "look-ahead"), ("a(?!b)", 1, "look-ahead"),
    ("(?<=a)b", 0, "look-behind"), ("(?<n>a)", 0, "look-behind"), ("(?>a)", 0, "atomic"),
    ("(?i)a", 0, "inline option"), ("a++", 2, "possessive"), ("a**", 2, "two repetitions"),
    ("*a", 0, "repeats nothing"), ("a|*", 2, "repeats nothing"), ("a*", 0, "empty text"),
    ("(a|b?)", 0, "empty text"), ("(a", 0, "never closed"), ("a)", 1, "closes nothing"),
    ("[a", 0, "never closed"), ("[b-a]", 1, "backwards"), ("a{3,2}", 1, "out of order"),
    ("a{1001}", 1, "beyond 1000"), ("(?:a{1000}){1000}", 0, "too large"), ("a\\", 1, "ends in"),
    ("\\q", 0, "no escape"), ("\\p{Foo}", 0, "no kind"), ("[[:alpha:]]", 1, "classes such as"),
    ("a{", 1, "counts nothing"), ("{", 0, "repeats nothing"), ("\\x{110000}", 0, "no character"),
    ("\\b+", 0, "without width"),
  ])
  func `a pattern that cannot run in linear time is refused`(
    pattern: String, offset: Int, problem: String
  ) throws {
    let error = #expect(throws: PatternError.self) { try Pattern(pattern) }
    #expect(error?.offset == offset)
    #expect(error?.problem.contains(problem) == true, "\(error?.problem ?? "")")
  }

  /// A random pattern over few letters.
  static func pattern(_ random: inout SplitMix64, depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth > 3 ? 3 : 8), using: &random) {
    case 0, 1: return "a"
    case 2: return "b"
    case 3: return "[ab]"
    case 4:
      return "(" + pattern(&random, depth: depth + 1) + "|" + pattern(&random, depth: depth + 1)
        + ")"
    case 5:
      let sign = ["*", "+", "?", "{1,2}", "*?", "+?"].randomElement(using: &random) ?? "+"
      return "(?:" + pattern(&random, depth: depth + 1) + ")" + sign
    default: return pattern(&random, depth: depth + 1) + pattern(&random, depth: depth + 1)
    }
  }

  @Test(arguments: 0..<300)
  func `a pattern finds what the library's own engine finds first`(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let source = Self.pattern(&random)
    guard let ours = try? Pattern(source) else { return }
    let theirs = try Regex(source)
    for _ in 0..<8 {
      let letters = Array("abc")
      let text = String((0..<10).map { _ in letters.randomElement(using: &random) ?? "a" })
      let first = ours.firstMatch(in: text.codes).map { String(codes: text.codes[$0.range]) }
      let wanted = text.firstMatch(of: theirs).map { String(text[$0.range]) }
      #expect(first == wanted, "‘\(source)’ in ‘\(text)’")
    }
  }

  @Test(arguments: ["^(a+)+$", "(a|aa)+b", "(a*)*b", "(a+a+)+y", "(a.*b|a)"])
  func `no pattern runs away`(source: String) throws {
    let pattern = try Pattern(source)
    let text = Array(repeating: Code(97), count: 3000)
    let time = ContinuousClock().measure { _ = pattern.matches(in: text) }
    #expect(time < .seconds(20))
  }
}
