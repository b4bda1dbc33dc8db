import PeciaCore
import Testing

@testable import PeciaStitch

@Suite struct WordErrorRateTests {
  @Test(arguments: [
    ("the cat sat", "the cat sat", 3, 0, 0, 0),
    ("the cat sat", "the hat sat down", 3, 1, 0, 1),
    ("the cat sat on the mat", "cat sat on mat", 6, 0, 2, 0),
    ("a b", "b c", 2, 0, 1, 1),
    ("a b c d", "x y", 4, 2, 2, 0),
    ("", "", 0, 0, 0, 0),
    ("", "a b", 0, 0, 0, 2),
    ("a b", "", 2, 0, 2, 0),
    ("no no no no", "no no", 4, 0, 2, 0),
  ])
  func `errors are counted as by hand`(
    reference: String, hypothesis: String, words: Int, substitutions: Int, deletions: Int,
    insertions: Int
  ) {
    let rate = WordErrorRate(
      of: ScoreForm.raw.words(of: hypothesis), against: ScoreForm.raw.words(of: reference))
    #expect(
      [rate.words, rate.substitutions, rate.deletions, rate.insertions]
        == [words, substitutions, deletions, insertions])
  }

  @Test(arguments: 0..<300)
  func `long texts are laid against each other as short ones are`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let words = ["a", "b", "ab", "abc", "the", "there", "their", "cat", "cut", "x"]
    func word() -> String { words[Int.random(in: 0..<words.count, using: &random)] }
    let count = Int.random(in: 0...(seed < 290 ? 40 : 600), using: &random)
    let percent = Int.random(in: 0...100, using: &random)
    let first = (0..<count).map { _ in word() }
    let second = first.flatMap { kept in
      guard Int.random(in: 0..<100, using: &random) < percent else { return [kept] }
      return [[], [word()], [kept, word()]].randomElement(using: &random) ?? []
    }
    var lexicon = Lexicon()
    let numbers = [first, second].map { $0.map { lexicon.number(of: $0) } }
    let costs = WordCosts(first: numbers[0], second: numbers[1], lexicon: lexicon)
    #expect(costs.longSteps() == Alignment(costs, form: .global).steps)
  }

  @Test func `texts of 20,000 words are scored`() {
    var random = SplitMix64(seed: 1)
    let first = (0..<20_000).map { _ in "w\(Int.random(in: 0..<3000, using: &random))" }
    var second = first
    for place in stride(from: 50, to: 20_000, by: 100) { second[place] = "x" }
    second.removeSubrange(9000..<9007)
    second.insert(contentsOf: ["y", "y", "y"], at: 15_000)
    let rate = WordErrorRate(of: second, against: first)
    #expect([rate.substitutions, rate.deletions, rate.insertions] == [200, 7, 3])
  }

  @Test(arguments: [
    ("Hello, World! [laughs]", "hello world"), ("well-known", "well known"),
    ("don’t 'do' it", "don't do it"), ("<12.48> so — there", "so there"),
    ("10,000 dogs'", "10000 dogs'"), ("Ana: yes", "ana yes"), ("Élan VITAL", "élan vital"),
  ])
  func `only words count`(text: String, words: String) {
    #expect(ScoreForm.words.words(of: text).joined(separator: " ") == words)
  }
}
