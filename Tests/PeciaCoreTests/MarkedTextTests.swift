import PeciaCore
import Testing

@Suite struct MarkedTextTests {
  static func shape(_ text: String) -> [String] {
    MarkedText(text).pieces.map { piece in
      switch piece.kind {
      case .word: "w:\(piece.text)"
      case .tag: "t:\(piece.text)"
      case .mark(let time): "m:\(time)"
      case .label(let name): "l:\(name)"
      }
    }
  }

  @Test(arguments: [
    ("Ana: Hello, you. [laughs]", ["l:Ana", "w:Hello,", "w:you.", "t:[laughs]"]),
    ("[phone rings]. Yes", ["t:[phone rings].", "w:Yes"]),
    ("<12.48> so <3>there<4.5>", ["m:12.480", "w:so", "m:3.000", "w:there", "m:4.500"]),
    ("a\nMan 1: b", ["w:a", "l:Man 1", "w:b"]),
    ("then he said: no", ["w:then", "w:he", "w:said:", "w:no"]),
    ("at 12: noon", ["w:at", "w:12:", "w:noon"]),
    ("12:30 it was", ["w:12:30", "w:it", "w:was"]),
    ("[unclosed tag", ["w:[unclosed", "w:tag"]),
    ("a<b> <x> 1<2", ["w:a<b>", "w:<x>", "w:1<2"]),
    ("", []), (" \n\t", []),
  ])
  func `a text falls into its pieces`(text: String, pieces: [String]) {
    #expect(Self.shape(text) == pieces)
  }

  @Test(arguments: 0..<300)
  func `every character that is not blank belongs to one piece`(seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    let alphabet = Array("aB[]<>1.: \n-é👩‍👩‍👧")
    let text = String((0..<40).map { _ in alphabet.randomElement(using: &random) ?? " " })
    let marked = MarkedText(text)
    #expect(
      marked.pieces.map(\.text).joined().filter { !$0.isWhitespace }
        == text.filter { !$0.isWhitespace })
    let characters = Array(text)
    for piece in marked.pieces { #expect(String(characters[piece.range]) == piece.text) }
  }
}
