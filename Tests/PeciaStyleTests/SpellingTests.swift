import PeciaCore
import Testing

@testable import PeciaStyle

@Suite struct SpellingTests {
  static let dictionary = SpellingDictionary(
    words:
      "8\nwork/ABC\ntry/B\nAnn\ndon't\nkind/C\nfirm/D\nalot/X\nirregardless/D\nirregardless/X\n",
    affixes: """
      FORBIDDENWORD X
      REP 1
      REP alot a_lot
      SFX D N 1
      SFX D 0 er .
      SFX A Y 1
      SFX A 0 s [^sy]
      SFX B Y 2
      SFX B y ied [^aeiou]y
      SFX B 0 ed [^ey]
      PFX C Y 1
      PFX C 0 un .
      """)

  @Test(arguments: [
    ("work", true), ("works", true), ("worked", true), ("Worked", true), ("tried", true),
    ("tryed", false), ("unkind", true), ("unworked", true), ("wroked", false), ("Ann", true),
    ("ann", false), ("don’t", true), ("kind-work", true), ("kind-wrok", false), ("trys", false),
    ("ANN", true), ("WORKS", true), ("wOrks", false), ("alot", false), ("unfirmer", false),
    ("firmer", true), ("irregardless", false),
  ])
  func `a word is known with its endings and beginnings`(word: String, known: Bool) {
    #expect(Self.dictionary.knows(word) == known)
  }

  @Test(arguments: [
    ("wrok", "work"), ("wrks", "works"), ("tryed", "tried"), ("alot", nil), ("xqzzyk", nil),
  ])
  func `what is meant is one slip away`(word: String, meant: String?) {
    #expect(Self.dictionary.meant(by: word) == meant)
  }

  @Test func `without a dictionary the check is off, and says so`() throws {
    let guide = try Guide(
      yaml: """
        name: own
        rules:
          - id: words.spelling
            message: check the spelling of ‘{match}’
            check: { spelling: { dictionary: xx_NONE } }
            examples: { right: [Yes.], wrong: [recieve] }
        """, file: "own.yml")
    #expect(guide.findings(in: "recieve") == [])
    #expect(guide.exampleFailures == [])
    #expect(
      guide.notes == ["spelling is not checked: the hunspell dictionary ‘xx_NONE’ is not installed"]
    )
  }
}
