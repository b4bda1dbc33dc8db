import Testing

@testable import PeciaPlayer

@Suite struct KeyDecoderTests {
  /// What `text` gives when it arrives at once, with what a pause completes.
  private func inputs(_ text: String) -> [Input] {
    var decoder = KeyDecoder()
    return decoder.inputs(from: text.utf8) + decoder.inputs(afterSilence: 2000)
  }

  @Test(arguments: [
    ("\u{1B}[A", Key(.up)), ("\u{1B}OA", Key(.up)), ("\u{1B}[1;5C", Key(.right, .control)),
    ("\u{1B}[1;2D", Key(.left, .shift)), ("\u{1B}[1;6H", Key(.home, [.control, .shift])),
    ("\u{1B}OP", .function(1)), ("\u{1B}[11~", .function(1)), ("\u{1B}[[A", .function(1)),
    ("\u{1B}[1;2P", .function(1, .shift)), ("\u{1B}[13~", .function(3)),
    ("\u{1B}[15~", .function(5)), ("\u{1B}[21~", .function(10)), ("\u{1B}[24~", .function(12)),
    ("\u{1B}[19;2~", .function(8, .shift)), ("\u{1B}[3~", Key(.delete)),
    ("\u{1B}[3;5~", Key(.delete, .control)), ("\u{1B}[5;3~", Key(.pageUp, .alt)),
    ("\u{1B}[Z", Key(.tab, .shift)), ("\t", Key(.tab)), ("\r", Key(.enter)),
    ("\n", .control("j")), ("\u{7F}", Key(.backspace)), ("\u{8}", Key(.backspace)),
    ("\u{0}", .control(" ")), ("\u{13}", .control("s")), ("\u{1F}", .control("_")),
    ("\u{1B}1", .alt("1")), ("\u{1B}\u{7F}", Key(.backspace, .alt)), ("\u{1B}", Key(.escape)),
    ("\u{1B}\u{1B}[D", Key(.left, .alt)), ("\u{1B}ü", .alt("ü")), ("\u{1B}[", .alt("[")),
    ("\u{1B}]", .alt("]")), ("\u{1B}O", .alt("O")), ("a", Key(.character("a"))),
    ("é", Key(.character("é"))), ("漢", Key(.character("漢"))), ("🙂", Key(.character("🙂"))),
    ("\u{1B}[115;5u", .control("s")), ("\u{1B}[27u", Key(.escape)),
    ("\u{1B}[120;4u", .alt("X")), ("\u{1B}[57399u", Key(.character("0"))),
    ("\u{1B}[57376u", .function(13)), ("\u{1B}[27;5;32~", .control(" ")),
    ("\u{1B}[11^", .function(1, .control)), ("\u{1B}[d", Key(.left, .shift)),
    ("\u{1B}Od", Key(.left, .control)),
    ("\u{1B}[1;9A", Key(.up)),
  ])
  func `a terminal's bytes are the key`(bytes: String, key: Key) {
    #expect(inputs(bytes) == [.key(key)])
  }

  @Test func `Alt-[ is told from what follows it at once`() {
    #expect(inputs("\u{1B}[\u{1B}OQ") == [.key(.alt("[")), .key(.function(2))])
    #expect(inputs("\u{1B}[\u{13}") == [.key(.alt("[")), .key(.control("s"))])
  }

  @Test(arguments: [
    ("\u{11}", Key.control("q")), ("\u{13}", .control("s")), ("\t", Key(.tab)),
    ("\u{0}", .control(" ")), ("\u{1F}", .control("_")),
  ])
  func `Esc is told from a control key that follows it at once`(bytes: String, key: Key) {
    #expect(inputs("\u{1B}" + bytes) == [.key(Key(.escape)), .key(key)])
    // Where the terminal reports its keys, both held together are one key.
    #expect(inputs("\u{1B}\r") == [.key(Key(.enter, .alt))])
    #expect(inputs("\u{1B}[113;7u") == [.key(Key(.character("q"), [.alt, .control]))])
  }

  @Test func `kitty tells of repeats and of keys let go`() {
    #expect(
      inputs("\u{1B}[20;1:1~\u{1B}[20;1:2~\u{1B}[20;1:3~")
        == [
          .key(.function(9), .press), .key(.function(9), .again), .key(.function(9), .release),
        ])
    #expect(inputs("\u{1B}[97;1:3u") == [.key(Key(.character("a")), .release)])
    #expect(inputs("\u{1B}[1;1:3P") == [.key(.function(1), .release)])
  }

  @Test func `answers of the terminal are no text`() {
    #expect(inputs("\u{1B}[?3u") == [.reportsReleases])
    #expect(inputs("\u{1B}[?62;4c") == [])
    #expect(inputs("\u{1B}[57441;2u\u{1B}[I\u{1B}[O") == [])
    #expect(
      inputs("\u{1B}]11;rgb:ffff/ffff/ffff\u{7}x") == [.background(1), .key(Key(.character("x")))])
    #expect(inputs("\u{1B}]11;rgb:00/00/00\u{1B}\\") == [.background(0)])
    #expect(inputs("\u{1B}P1+r\u{1B}\\y") == [.key(Key(.character("y")))])
  }

  @Test func `a paste is one text, with whatever it holds`() {
    #expect(
      inputs("\u{1B}[200~two\nlines\u{1B}[A\u{1B}[201~x")
        == [.paste("two\nlines\u{1B}[A"), .key(Key(.character("x")))])
    #expect(inputs("\u{1B}[200~never closed") == [.paste("never closed")])
    #expect(inputs("\u{1B}[200~\u{1B}[201~") == [])
  }

  @Test func `bytes that are no text become a sign`() {
    var decoder = KeyDecoder()
    let sign = Input.key(Key(.character("\u{FFFD}")))
    #expect(
      decoder.inputs(from: [0xFF, 0x61, 0xC3, 0x28]) == [
        sign, .key(Key(.character("a"))), sign, .key(Key(.character("("))),
      ])
    #expect(decoder.inputs(from: [0xE2, 0x82]) == [])
    #expect(decoder.inputs(afterSilence: 50) == [sign, sign])
  }

  @Test(arguments: UInt64(0)..<200)
  func `reads may cut the bytes anywhere`(seed: UInt64) {
    let pieces = [
      "a", "ß", "漢", "🙂", "\u{1B}[1;5C", "\u{1B}OP", "\u{1B}[20;1:3~", "\u{1B}[200~p🙂q\u{1B}[201~",
      "\t", "\u{1B}]11;rgb:0000/0000/0000\u{7}", "\u{1B}[115;5u", "\u{1B}é", "\u{1B}[[B",
    ]
    var random = Seeded(seed: seed)
    let bytes = (0..<20).flatMap { _ in
      Array(pieces[Int.random(in: 0..<pieces.count, using: &random)].utf8)
    }
    var whole = KeyDecoder()
    let expected = whole.inputs(from: bytes)
    var cut = KeyDecoder()
    var found: [Input] = []
    var start = 0
    while start < bytes.count {
      let end = min(start + Int.random(in: 1...4, using: &random), bytes.count)
      found += cut.inputs(from: bytes[start..<end])
      start = end
    }
    #expect(found == expected)
    #expect(!cut.isWaiting)
  }

  @Test(arguments: UInt64(0)..<200)
  func `any bytes at all are survived`(seed: UInt64) {
    var random = Seeded(seed: seed)
    var decoder = KeyDecoder()
    for _ in 0..<20 {
      let bytes = (0..<Int.random(in: 0...12, using: &random)).map { _ in
        Bool.random(using: &random)
          ? UInt8.random(in: 0...255, using: &random)
          : [0x1B, 0x5B, 0x4F, 0x3B, 0x3A, 0x7E, 0x75][Int.random(in: 0..<7, using: &random)]
      }
      _ = decoder.inputs(from: bytes)
      _ = decoder.inputs(afterSilence: Int.random(in: 0...1500, using: &random))
    }
    _ = decoder.inputs(afterSilence: 2000)
    #expect(!decoder.isWaiting)
  }
}
