import PeciaCore
import PeciaStitch
import Testing

/// Seams that hold less than two texts of the same words.
@Suite struct SeamTests {
  static func time(_ milliseconds: Int) -> Timestamp { Timestamp(milliseconds: milliseconds) }

  /// Two clips of ten seconds that share the last two of the first, with several texts each.
  static func judged(_ left: [String], _ right: [String]) -> Judgement {
    let texts = { (texts: [String], first: Int) in
      texts.enumerated().map { WorkerText(worker: "w\(first + $0)", text: $1) }
    }
    return Judgement(
      of: [
        ClipTexts(
          number: 1, range: time(0)..<time(10_000), texts: texts(left, 0), copies: left.count),
        ClipTexts(
          number: 2, range: time(8_000)..<time(18_000), texts: texts(right, 5),
          copies: right.count),
      ], normalisation: Normalisation())
  }

  static func words(_ judgement: Judgement) -> String {
    judgement.stitched().words.map(\.text).joined(separator: " ")
  }

  @Test(arguments: [
    ("so we went home", "", "so we went home"),
    ("", "and it rained all day", "and it rained all day"),
    ("so we went home", "[music]", "so we went home [music]"),
    ("[music]", "and it rained all day", "[music] and it rained all day"),
    ("", "", ""),
    ("[music]", "", "[music]"),
    ("so we went home [music]", "[music]", "so we went home [music]"),
    ("[music]", "[music] and it rained all day", "[music] and it rained all day"),
    ("so we went [inaudible]", "[inaudible]", "so we went [inaudible]"),
    ("so we went home [laughter]", "[music]", "so we went home [laughter] [music]"),
    ("so we [music] went home", "[music]", "so we [music] went home [music]"),
    ("so we went home [laughter] [music]", "[music]", "so we went home [laughter] [music]"),
    ("[music]", "[music]", "[music]"),
  ])
  func `a side without words costs the other nothing`(left: String, right: String, text: String) {
    let judgement = Self.judged([left], [right])
    #expect(Self.words(judgement) == text)
    #expect(judgement.disputes.isEmpty)
    #expect(judgement.seams.map(\.agreement) == [nil])
    #expect(judgement.clips.allSatisfy { $0.state != .disputed && !$0.wantsCopy })
  }

  @Test(arguments: [
    ("so we went home [music]", "[music] and it rained all day"),
    ("so we went home [laughter]", "went home [laughter] and it rained all day"),
    ("so we went home [inaudible]", "home [inaudible] and it rained all day"),
    ("so we went home [laughter] [music]", "[music] and it rained all day"),
  ])
  func `a tag that both sides have is written once`(left: String, right: String) {
    let words = Self.words(Self.judged([left], [right]))
    #expect(words.hasPrefix(left) && words.hasSuffix("] and it rained all day"), "\(words)")
    #expect(words.count { $0 == "[" } == left.count { $0 == "[" }, "\(words)")
  }

  @Test func `music over three clips is written once`() {
    let texts = ["so we went home [music]", "[music]", "[music] and it rained all day"]
    let clips = texts.enumerated().map { index, text in
      ClipTexts(
        number: index + 1, range: Self.time(8000 * index)..<Self.time(8000 * index + 10_000),
        texts: [WorkerText(worker: "w\(index)", text: text)])
    }
    let judgement = Judgement(of: clips, normalisation: Normalisation())
    #expect(Self.words(judgement) == "so we went home [music] and it rained all day")
  }

  @Test func `seams that share only silence are no dispute and lose no word`() {
    // Some fifteen letters a second, and two seconds without a word.
    let left = """
      the river was high that spring and nobody in the village could cross it before noon yet \
      they tried again
      """
    let right = """
      my uncle bought another horse from an old soldier who lived behind our church until his \
      wife called
      """
    let judgement = Self.judged([left], [right])
    #expect(Self.words(judgement) == left + " " + right)
    #expect(judgement.disputes.isEmpty)
    #expect(judgement.seams.map(\.state) == [.thin])
    #expect(judgement.clips.map(\.state) == [.thin, .thin])
    let spoken = { (text: String, start: Int) in
      text.split(separator: " ").enumerated().map(\.offset).map {
        Self.time(start + 330 * $0)..<Self.time(start + 330 * $0 + 300)
      }
    }
    let timed = judgement.stitched(times: [1: spoken(left, 300), 2: spoken(right, 10_100)])
    #expect(timed.words.map(\.text).joined(separator: " ") == left + " " + right)
    #expect(timed.disputes.isEmpty)
  }

  @Test func `a label on one side holds for the words that follow it`() {
    let first = Self.judged(["Ana: hello there my friend"], ["my friend how are you"])
    #expect(Self.words(first) == "hello there my friend how are you")
    #expect(first.stitched().words.prefix(4).allSatisfy { $0.speaker == "Ana" })
    let second = Self.judged(["hello there my friend"], ["Ana: my friend how are you"])
    #expect(second.stitched().words.suffix(5).allSatisfy { $0.speaker == "Ana" })
    #expect(first.disputes.isEmpty && second.disputes.isEmpty)
  }

  @Test func `three texts that have nothing in common make no patchwork at a seam`() {
    let left = [
      "the river was high that spring", "my uncle bought another horse yesterday",
      "nobody could ever explain these strange letters",
    ]
    let right = ["that spring we stayed", "that spring we stayed", "that spring we stayed"]
    let judgement = Self.judged(left, right)
    let words = Self.words(judgement)
    #expect(judgement.clips[0].state == .disputed)
    let wholes = left + ["the river was high"]
    #expect(wholes.contains { words.hasPrefix($0) }, "\(words)")
    #expect(words.hasSuffix("that spring we stayed") || words.hasSuffix("we stayed"), "\(words)")
  }
}
