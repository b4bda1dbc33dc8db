import PeciaCore
import Testing

@testable import PeciaWorkflow

@Suite struct KnownNamesTests {
  private static let texts = [
    "We met Kowalski there. Then Kowalski left for Gdańsk.", "It was Kowalski’s boat, in Gdańsk.",
    "March was cold, but in March they march.", "Did Marta write? I think Marta did.",
  ]

  @Test(arguments: [
    ("kowalski", "Kowalski"), ("KOWALSKI", "Kowalski"), ("Kowalsky", "Kowalski"),
    ("Kowlaski", "Kowalski"), ("Kowalskii", "Kowalski"), ("Gdansk", "Gdańsk"),
    ("Martha", "Marta"),
  ])
  func `a name typed nearly as the texts have it`(typed: String, name: String) {
    #expect(KnownNames(texts: Self.texts).spelling(of: typed) == name)
  }

  @Test(arguments: [
    "Kowalski", "Kowalskis", "Kowalewski", "march", "March", "boat", "gdynia", "Kow", "kowalskie",
  ])
  func `what is right, or another word, is left alone`(typed: String) {
    #expect(KnownNames(texts: Self.texts).spelling(of: typed) == nil)
  }

  @Test func `a dictionary tells words from names that are written small`() {
    let names = KnownNames(listed: ["Stone Harper"]) { ["stones", "sharper", "tone"].contains($0) }
    #expect(names.spelling(of: "harpar") == "Harper")
    #expect(names.spelling(of: "sharper") == nil)
    #expect(names.spelling(of: "Stome") == "Stone")
    #expect(KnownNames(listed: ["Stone Harper"]).spelling(of: "harpar") == nil)
  }

  @Test func `another name that the texts have as often is a name of its own`() {
    let texts = ["So Maria and Marta came, then Maria and Marta went."]
    #expect(KnownNames(texts: texts).spelling(of: "Maria") == nil)
    #expect(KnownNames(listed: ["Marta"], texts: texts).spelling(of: "Maria") == nil)
    #expect(KnownNames(listed: ["Marta"], texts: texts).spelling(of: "Martq") == "Marta")
  }

  @Test func `the finding stands at the name, without its signs and its ’s`() {
    let text = "Ana: First line.\n“Is it kowalski’s?”"
    let finding = KnownNames(texts: Self.texts).findings(in: text).first
    #expect(finding?.text == "kowalski")
    #expect(finding?.fix == "Kowalski")
    #expect(finding?.range == 24..<32)
    #expect(finding?.start == TextPlace(line: 2, column: 8))
    #expect(finding?.end == TextPlace(line: 2, column: 16))
    #expect(finding?.level == .suggestion)
  }
}
