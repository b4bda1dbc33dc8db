import Testing

@testable import PeciaPlayer

@Suite struct EditorTests {
  @Test func `typing, a new line and erasing`() {
    var editor = Editor("Hello")
    editor.move(to: editor.end)
    editor.type(",")
    editor.type("\n")
    editor.type("you")
    #expect(editor.text == "Hello,\nyou")
    editor.erase(to: editor.left(of: editor.cursor))
    editor.erase(to: editor.wordStart(before: editor.cursor))
    editor.erase(to: editor.left(of: editor.cursor))
    #expect(editor.text == "Hello,")
    #expect(editor.cursor == Place(line: 0, column: 6))
  }

  @Test func `a mark joins its letter, and so does the rest of an emoji`() {
    var editor = Editor()
    for scalar in "e\u{301}👩\u{200D}👧🇩🇪".unicodeScalars { editor.type(String(scalar)) }
    #expect(editor.lines == [["e\u{301}", "👩\u{200D}👧", "🇩🇪"]])
    #expect(editor.cursor.column == 3)
    #expect(editor.text.unicodeScalars.elementsEqual("e\u{301}👩\u{200D}👧🇩🇪".unicodeScalars))
  }

  @Test func `a letter typed before a mark takes it`() {
    var editor = Editor("x\u{301}y")
    editor.move(to: .start)
    editor.erase(to: Place(line: 0, column: 0))
    editor.type("e")
    #expect(editor.text == "ex\u{301}y")
    #expect(editor.cursor.column == 1)
  }

  @Test func `typed words are undone one at a time`() {
    var editor = Editor()
    for character in "one two" { editor.type(String(character)) }
    editor.undo()
    #expect(editor.text == "one ")
    editor.undo()
    #expect(editor.text == "")
    editor.redo()
    editor.redo()
    #expect(editor.text == "one two")
    #expect(editor.cursor.column == 7)
  }

  @Test func `a selection is replaced by what is typed`() {
    var editor = Editor("one two\nthree")
    editor.move(to: Place(line: 0, column: 4))
    editor.move(to: Place(line: 1, column: 2), selecting: true)
    #expect(editor.text(in: editor.selection ?? Place.start..<Place.start) == "two\nth")
    editor.type("X")
    #expect(editor.text == "one Xree")
    editor.undo()
    #expect(editor.text == "one two\nthree")
  }

  @Test func `line ends of other systems become our own`() {
    var editor = Editor("a\r\nb\rc")
    #expect(editor.lines.count == 3)
    editor.type("x\r\ny")
    #expect(editor.text == "x\nya\nb\nc")
  }

  @Test func `words are found going both ways`() {
    let editor = Editor("don't stop, co-op\nnow")
    #expect(editor.wordEnd(after: .start).column == 5)
    #expect(editor.wordStart(before: Place(line: 0, column: 17)).column == 12)
    #expect(editor.wordEnd(after: Place(line: 0, column: 17)) == Place(line: 1, column: 0))
    #expect(editor.wordCount == 4)
  }

  @Test func `labels name the speaker who holds`() {
    var editor = Editor("Ana: yes\nno: that is none\nDr. Ben: no\nand on")
    #expect(editor.speakers == ["Ana", "Dr. Ben"])
    editor.move(to: Place(line: 1, column: 3))
    #expect(editor.speakerAtCursor == "Ana")
    editor.move(to: editor.end)
    #expect(editor.speakerAtCursor == "Dr. Ben")
  }

  @Test func `finding minds case only with a capital`() {
    var editor = Editor("They said: the end\nthe End")
    #expect(
      editor.next("the", from: .start) == Place(line: 0, column: 0)..<Place(line: 0, column: 3))
    #expect(editor.next("The", from: Place(line: 0, column: 1))?.lowerBound == .start)
    #expect(editor.next("nowhere", from: .start) == nil)
    #expect(editor.count(of: "the") == 3)
    #expect(editor.count(of: "End") == 1)
    #expect(editor.replaceAll("the", with: "a") == 3)
    #expect(editor.text == "ay said: a end\na End")
    editor.undo()
    #expect(editor.text == "They said: the end\nthe End")
  }

  /// The same edits on an editor and on a plain string agree, and undo takes all of them back.
  @Test(arguments: UInt64(0)..<200)
  func `edits do to the text what they do to a string`(seed: UInt64) {
    let pieces = [
      "a", "B ", "\n", "é", "e", "\u{301}", "漢字", "🇩", "🇪", "👩", "\u{200D}", "x y\nz", "",
    ]
    var random = Seeded(seed: seed)
    var editor = Editor("First line\nsecond")
    let original = editor.text
    var texts = [original]
    for _ in 0..<40 {
      let length = editor.text.count
      let bounds = [
        Int.random(in: 0...length, using: &random), Int.random(in: 0...length, using: &random),
      ].sorted()
      let range = editor.place(at: bounds[0])..<editor.place(at: min(bounds[1], bounds[0] + 4))
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      var expected = Array(editor.text)
      expected.replaceSubrange(bounds[0]..<min(bounds[1], bounds[0] + 4), with: Array(piece))
      let revision = editor.revision
      editor.replace(range, with: piece)
      #expect(editor.text.unicodeScalars.elementsEqual(String(expected).unicodeScalars))
      let count = editor.lines.reduce(-1) { $0 + $1.count + 1 }
      #expect(count == editor.text.count)
      #expect(editor.offset(of: editor.place(at: 5)) == min(5, editor.text.count))
      #expect(editor.cursor == editor.clamped(editor.cursor))
      if editor.revision != revision { texts.append(editor.text) }
    }
    for text in texts.dropLast().reversed() {
      editor.undo()
      #expect(editor.text == text)
    }
    #expect(!editor.canUndo)
    for text in texts.dropFirst() {
      editor.redo()
      #expect(editor.text == text)
    }
  }

  @Test func `snippets stand at the beginning of a word`() {
    let snippets = Snippet.standard + [Snippet(trigger: ";in", expansion: "in")]
    #expect(snippets.match(before: Array("so ;i")[...])?.expansion == "[inaudible]")
    #expect(snippets.match(before: Array("so;i")[...]) == nil)
    #expect(snippets.match(before: Array(";in")[...])?.trigger == ";in")
    #expect(snippets.continues(snippets[0]))
    let quote = Snippet(trigger: ";q", expansion: "<$time> “$|”").text(
      time: "1.20", speaker: "", next: "")
    #expect(quote.text == "<1.20> “”")
    #expect(quote.cursor == 8)
  }

  @Test func `words of the project complete a beginning`() {
    let lexicon = Lexicon(["the", "Kowalski", "there", "Kraków"])
    #expect(lexicon.completions(of: "th") == ["the", "there"])
    #expect(lexicon.completions(of: "k", also: ["kayak"]) == ["Kowalski", "Kraków", "kayak"])
  }
}
