import PeciaCore
import PeciaWorkflow
import Support
import Testing

@testable import PeciaPlayer

@Suite struct DisputedPlaceTests {
  private func places(_ own: String, _ texts: String..., words: [HeardWord] = [])
    -> [DisputedPlace]
  {
    let variants = texts.enumerated().map { Variant(worker: "w\($0)", text: $1) }
    let review = ReviewFacts(variants: variants, words: words)
    return DisputedPlaces(in: own, of: review, length: 10_000).places
  }

  @Test func `signs, case and what the guide ignores make no place`() {
    #expect(places("Well, it is so.", "well it is so", "Well it is — so!") == [])
    let ignoring = Normalisation(ignoredWords: ["um"], sameSpellings: ["ok": "okay"])
    let review = ReviewFacts(
      variants: [Variant(worker: "ada", text: "um OK then [laughs]")], normalisation: ignoring)
    #expect(DisputedPlaces(in: "Okay, then.", of: review, length: 1000).places == [])
  }

  @Test func `a word that only others have has its place between the words`() throws {
    let words = [
      HeardWord(text: "one", start: 0, end: 900), HeardWord(text: "three", start: 2000, end: 3000),
    ]
    let found = places("one three", "one two three", "one three", words: words)
    let place = try #require(found.first)
    #expect(found.count == 1)
    #expect(place.range == 3..<4 && !place.hasWords)
    #expect(place.choices.map(\.text) == ["two", ""])
    #expect(place.time == 900..<2000)
  }

  @Test func `a stretch that one of three left out does not swallow the places in it`() {
    let found = places(
      "a b c d e f g h i j k l m n o p", "a b c d e X g h i j k l m n o p",
      "a b c d e f g h i j k l m N o p", "a b o p")
    #expect(found.map { $0.choices.prefix(2).map(\.text) } == [["X", "f"]])
  }

  @Test func `a neighbour's place is found by the words around it, whatever the clock says`() throws
  {
    let own = "Who was with you, apart from Siobhan?"
    let words = own.split(separator: " ").enumerated().map { index, word in
      HeardWord(text: String(word), start: index * 500, end: index * 500 + 400)
    }
    let review = ReviewFacts(
      variants: [Variant(worker: "ana", text: own)], words: words,
      seams: [
        DisputedSeam(
          neighbour: 7, start: 3000, end: 3400, texts: ["", "really"], before: "who was with",
          after: "you, apart from")
      ])
    let found = DisputedPlaces(in: own, of: review, length: 10_000).places
    let place = try #require(found.first)
    #expect(found.count == 1 && !place.hasWords)
    #expect(Array(own)[..<place.range.lowerBound].suffix(4) == ["w", "i", "t", "h"])
    #expect(place.choices.map(\.name) == ["ana", "clip 7"])
    #expect(place.choices.map(\.text) == ["", "really"])
  }

  /// Random texts from few words, so that words repeat.
  private static func text(_ count: Int, _ random: inout Seeded) -> [String] {
    (0..<count).map { _ in
      ["so", "the", "boat", "went", "out,", "Ana:", "\n", "and", "[laughs]", "back."]
        .randomElement(using: &random) ?? "so"
    }
  }

  @Test(arguments: UInt64(0)..<60)
  func `taking a worker's words at every place gives the worker's text`(seed: UInt64) {
    var random = Seeded(seed: seed)
    let base = Self.text(20, &random)
    func edited(_ random: inout Seeded) -> String {
      var words = base
      for _ in 0..<Int.random(in: 0...6, using: &random) where !words.isEmpty {
        let index = words.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<3, using: &random) {
        case 0: words.remove(at: index)
        case 1: words.insert("new", at: index)
        default: words[index] = "other"
        }
      }
      return words.joined(separator: " ")
    }
    let review = ReviewFacts(variants: [
      Variant(worker: "ada", text: edited(&random)), Variant(worker: "ben", text: edited(&random)),
    ])
    var clip = TestPlayer.clip(text: edited(&random))
    clip.task.review = review
    for number in 1...2 {
      var test = TestPlayer()
      test.send(.began(clip))
      let wanted = ComparedWords(review.variants[number - 1].text, review.normalisation).keys
      // With words that repeat, a text may be laid beside another anew once some are taken.
      for _ in 0..<60 {
        let place = test.player.places.first { place in
          let own = place.hasWords ? String(Array(test.player.editor.text)[place.range]) : ""
          return ComparedWords(own, review.normalisation).keys
            != ComparedWords(place.choices[number - 1].text, review.normalisation).keys
        }
        guard let place else { break }
        _ = test.player.go(to: place)
        test.press("Alt-\(number)")
      }
      #expect(
        ComparedWords(test.player.editor.text, review.normalisation).keys == wanted,
        "\(test.player.editor.text)")
    }
  }
}
