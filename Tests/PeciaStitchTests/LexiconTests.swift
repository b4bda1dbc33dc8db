import Testing

@testable import PeciaStitch

@Suite struct LexiconTests {
  @Test(arguments: [
    ("their", "there", 600), ("centre", "center", 667), ("boat", "boat", 1000), ("a", "b", 0),
  ])
  func `words are as alike as the letters they share`(first: String, second: String, alike: Int32) {
    var lexicon = Lexicon()
    let numbers = (lexicon.number(of: first), lexicon.number(of: second))
    #expect(lexicon.similarity(numbers.0, numbers.1) == alike)
  }

  @Test func `words of a million letters are compared at once`() {
    var lexicon = Lexicon()
    let (ones, twos) = (
      String(repeating: "1", count: 1_000_000), String(repeating: "2", count: 999)
    )
    let numbers = [ones, ones + twos, twos + ones, twos].map { lexicon.number(of: $0) }
    #expect(lexicon.similarity(numbers[0], numbers[1]) == 1000)
    #expect(lexicon.similarity(numbers[0], numbers[2]) == 1000)
    #expect(lexicon.similarity(numbers[0], numbers[3]) == 0)
    #expect(lexicon.similarity(numbers[1], numbers[2]) == 0)
  }
}
