import Foundation
import PeciaCore
import Testing

@testable import PeciaStitch

/// Sound with tones where there is speech, and faint noise elsewhere.
func tones(_ stretches: [ClosedRange<Double>], seconds: Double) -> [Float] {
  var random = SplitMix64(seed: 1)
  return (0..<Int(seconds * 16_000)).map { index in
    let time = Double(index) / 16_000
    let noise = Float.random(in: -0.001...0.001, using: &random)
    guard stretches.contains(where: { $0.contains(time) }) else { return noise }
    return noise + Float(0.3 * sin(2 * .pi * 440 * time))
  }
}

@Suite struct WordTimerTests {
  let text = MarkedText("Good morning to you all. [laughs] We begin, at last, with bread.")

  @Test func `without a table, stops fall on pauses`() throws {
    let words = SpokenWord.words(of: text)
    let timed = WordTimer(language: "xx").times(
      of: words, in: tones([0.5...2.0, 3.0...5.2], seconds: 6))
    #expect(timed.method == .pauses)
    #expect(abs(timed.ranges[0].lowerBound.seconds - 0.5) < 0.05)
    #expect(abs(timed.ranges[4].upperBound.seconds - 2.0) < 0.05)
    #expect(abs(timed.ranges[6].lowerBound.seconds - 3.0) < 0.05)
  }

  @Test(arguments: ["en", "xx"])
  func `a sound that no text fits is timed by pauses`(language: String) {
    var random = SplitMix64(seed: 1)
    let noise = (0..<20 * 16_000).map { index in
      Float.random(in: -0.1...0.1, using: &random) * (index / 8000 % 4 == 0 ? 0.01 : 1)
    }
    let words = (0..<6).flatMap { _ in SpokenWord.words(of: text) }
    #expect(WordTimer(language: language).times(of: words, in: noise).method == .pauses)
    var rest = noise[...]
    let timed = WordTimer(language: language).times(of: words) { count in
      defer { rest = rest.dropFirst(count) }
      return Array(rest.prefix(count))
    }
    #expect(timed.method == .pauses)
  }

  @Test(arguments: ["en", "xx"], [0, 1, 50, 4000, 60_000])
  func `any sound and any text give times in order`(language: String, samples: Int) {
    var random = SplitMix64(seed: UInt64(samples))
    let pieces = ["a", "[noise]", "—", "Ωμέγα", "MS-13,", "it's", "1999.", "???", "wrought"]
    let words = (0..<30).map { _ in
      let text = pieces.randomElement(using: &random) ?? ""
      return SpokenWord(text: text, isTag: text.hasPrefix("["))
    }
    let sound = (0..<samples).map { _ in Float.random(in: -1...1, using: &random) }
    let timed = WordTimer(language: language).times(of: words, in: sound)
    #expect(timed.ranges.count == words.count)
    var last = Timestamp.zero
    for range in timed.ranges {
      #expect(range.lowerBound >= last)
      last = range.upperBound
    }
    #expect(last.milliseconds <= samples / 16)
  }
}

@Suite struct TimingTableTests {
  @Test(arguments: ["en.table", "und.table"])
  func `a shipped table is written as it is read`(name: String) throws {
    let text = try #require(EmbeddedTexts.all[name])
    #expect(try TimingTable(text: text).text == text)
    #expect(text.utf8.count < 64 * 1024)
  }

  @Test func `a fault names the line`() {
    #expect(throws: StitchError.malformedTable(reason: "x:2: ‘colour’ is none of a table's lines"))
    {
      try TimingTable(text: "language en\ncolour blue", file: "x")
    }
  }

  @Test(arguments: [
    ("making", "m A k i N"), ("little", "l i t u l"), ("Feed’st", "f E d s t"),
    ("MS-13", "e m e s T R t E n"),
    ("—", ""), ("naïve", "n A v"), ("D.C.", "d E s E"), ("$5", "f I v d o l R z"),
  ])
  func `words become units`(word: String, units: String) throws {
    let table = try #require(try TimingTable.shipped(for: "en-GB"))
    let found = table.spelling.units(of: word, numbers: EnglishNumbers.reading(of:))
    #expect(found.map { table.units[Int($0)].name }.joined(separator: " ") == units)
  }

  @Test(arguments: [
    ("oiseaux", "a v s e v v t s"), ("straße", "s t r a s v"), ("Мороз", "m a r a s"),
    ("λόγος", "l a d a s"), ("1940", "t a t a t a t a"), ("ねこ", "m e t a"),
    ("नमस्ते", "m a m a s t v"), ("გამარჯობა", "d a m a r d a d a"), ("안녕", "a m e v v m d"),
    ("שלום", "s l l m"), ("ᚠ", "t a"), ("𖿰", "t a"),
  ])
  func `letters of any language stand for broad classes`(word: String, units: String) throws {
    let table = try #require(try TimingTable.shipped(for: "und"))
    let found = table.spelling.units(of: table.readable([word])[0], numbers: { $0 })
    #expect(found.map { table.units[Int($0)].name }.joined(separator: " ") == units)
  }

  @Test(arguments: [
    ("1947", "nineteen forty seven"), ("1,250", "one thousand two hundred fifty"),
    ("21st", "twenty first"), ("3.14", "three point one four"), ("50%", "fifty percent"),
    ("007", "zero zero seven"), ("1990s", "nineteen ninetys"), ("10:30", "ten thirty"),
  ])
  func `numbers are read`(number: String, words: String) {
    #expect(EnglishNumbers.reading(of: number) == words)
  }
}

@Suite struct FitLimitsTests {
  private func fit(
    gap: Double = 1, rate: Double = 10, foreign: Double = 0, unsaid: Int = 0, speech: Double = 8
  ) -> TextFit {
    var fit = TextFit(
      gap: gap, rate: rate, worst: Timestamp.zero..<Timestamp(milliseconds: 2000),
      foreignSpeech: foreign, speech: speech)
    fit.unsaid = unsaid
    return fit
  }

  @Test func `a text is doubted for what its recording's other clips do not do`() throws {
    let limits = try #require(WordTimer(language: "en").limits)
    let others = (0..<6).map { fit(gap: 0.95 + Double($0) * 0.02) }
    #expect(limits.doubt(about: fit(), among: others) == nil)
    #expect(limits.doubt(about: fit(foreign: 2), among: others) == .tooLittle)
    #expect(limits.doubt(about: fit(rate: 20), among: others) == .tooMuch)
    #expect(limits.doubt(about: fit(gap: 3), among: others) == .otherText)
    #expect(limits.doubt(about: fit(gap: 3, speech: 1), among: others) == nil)
    #expect(limits.doubt(about: fit(unsaid: 60), among: others) == .tooMuch)
    #expect(limits.doubt(about: fit(unsaid: 60, speech: 0)) == .tooMuch)
  }
}
