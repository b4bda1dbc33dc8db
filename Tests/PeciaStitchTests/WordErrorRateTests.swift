import PeciaStitch
import Testing

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

  @Test(arguments: [
    ("Hello, World! [laughs]", "hello world"), ("well-known", "well known"),
    ("don’t 'do' it", "don't do it"), ("<12.48> so — there", "so there"),
    ("10,000 dogs'", "10000 dogs'"), ("Ana: yes", "ana yes"), ("Élan VITAL", "élan vital"),
  ])
  func `only words count`(text: String, words: String) {
    #expect(ScoreForm.words.words(of: text).joined(separator: " ") == words)
  }
}
