public import PeciaCore

/// A recording whose words and times are known, cut at random places and typed by workers.
public struct SimulatedRecording: Sendable {
  public struct Word: Sendable {
    public var text: String
    public var range: TimeRange
  }
  /// What a worker does with a word that the clip's edge cuts.
  public enum CutWords: CaseIterable, Sendable { case dropped, kept, misspelt, mixed }

  public private(set) var words: [Word] = []
  public private(set) var clips: [TimeRange] = []

  /// - Parameters:
  ///   - seed: decides everything.
  ///   - count: how many words are said.
  ///   - repeats: how many words in a hundred begin a run of the same word.
  ///   - longest: the longest clip, in milliseconds; nil leaves it to the seed, as the next one.
  ///   - overlap: what neighbours share at least, in milliseconds.
  public init(
    seed: UInt64, words count: Int, repeats: Int = 1, longest: Int? = nil, overlap: Int? = nil
  ) {
    var random = SplitMix64(seed: seed)
    var time = Int.random(in: 0...1500, using: &random)
    var last = ""
    while words.count < count {
      let text = Self.word(using: &random)
      let runs =
        Int.random(in: 0..<100, using: &random) < repeats
        ? Int.random(in: 2...5, using: &random) : 1
      if runs == 1, text.lowercased() == last { continue }
      for _ in 0..<runs {
        let length = 90 + 55 * text.count + Int.random(in: 0...120, using: &random)
        words.append(
          Word(
            text: text,
            range: Timestamp(milliseconds: time)..<Timestamp(milliseconds: time + length)))
        time += length
        time += Self.pause(using: &random)
      }
      last = text.lowercased()
    }
    let longest = longest ?? Int.random(in: 6000...30000, using: &random)
    let overlap =
      overlap ?? Int.random(in: 1500...min(4000, longest / 2 - 500), using: &random)
    var start = 0
    while true {
      let end = min(start + longest - Int.random(in: 0...longest / 5, using: &random), time + 500)
      clips.append(Timestamp(milliseconds: start)..<Timestamp(milliseconds: end))
      if end >= time { break }
      start = end - overlap - Int.random(in: 0...400, using: &random)
    }
  }

  public var reference: [String] { words.map(\.text) }

  private static func pause(using random: inout SplitMix64) -> Int {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<84: Int.random(in: 0...40, using: &random)
    case ..<96: Int.random(in: 150...700, using: &random)
    default: Int.random(in: 700...2600, using: &random)
    }
  }

  /// Frequent words come often, rare ones seldom, as in speech.
  private static func word(using random: inout SplitMix64) -> String {
    let place = Double.random(in: 0..<1, using: &random)
    let word = vocabulary[Int(Double(vocabulary.count) * place * place * place)]
    switch Int.random(in: 0..<20, using: &random) {
    case 0: return word + "."
    case 1: return word + ","
    case 2: return word.prefix(1).uppercased() + word.dropFirst()
    default: return word
    }
  }

  /// What a perfect worker types for a clip, and when each word is heard in it.
  public func typed(_ clip: TimeRange, _ cut: CutWords, using random: inout SplitMix64) -> [Word] {
    words.compactMap { word in
      guard word.range.overlaps(clip) else { return nil }
      let heard = word.range.clamped(to: clip)
      if heard == word.range { return word }
      let way = cut == .mixed ? [.dropped, .kept, .misspelt].randomElement(using: &random) : cut
      // Less than a third of a word is heard as nothing.
      guard way != .dropped, heard.milliseconds * 3 >= word.range.milliseconds else { return nil }
      if way == .kept { return Word(text: word.text, range: heard) }
      let half = (word.text.count + 1) / 2
      let part =
        word.range.lowerBound < clip.lowerBound ? word.text.suffix(half) : word.text.prefix(half)
      return Word(text: String(part), range: heard)
    }
  }

  public func perfect(_ clip: TimeRange, _ cut: CutWords, using random: inout SplitMix64) -> String
  {
    typed(clip, cut, using: &random).map(\.text).joined(separator: " ")
  }

  /// `text` with some of its words changed, left out or doubled.
  public static func spoilt(_ text: String, percent: Int, using random: inout SplitMix64) -> String
  {
    text.split(separator: " ").flatMap { word -> [String] in
      guard Int.random(in: 0..<100, using: &random) < percent else { return [String(word)] }
      switch Int.random(in: 0..<4, using: &random) {
      case 0: return []
      case 1: return [String(word), Self.word(using: &random)]
      case 2: return [Self.word(using: &random)]
      default:
        var letters = Array(word)
        letters[Int.random(in: letters.indices, using: &random)] = "e"
        return [String(letters) + "h"]
      }
    }
    .joined(separator: " ")
  }

  private static let vocabulary = """
    the and of to a in that it was he i his with as had for you she not but her at is on be my they
    him have which by all so me this from we were there one what no their are been would if or when
    who will out up more then into has them an some could said now than do your its did man very our
    time about down see little like upon two know only other over before good come after back how
    any made well old think never must such here day way much where most away those again house own
    went eyes came long through let great first hand thought every night head came found room light
    father seemed nothing face looked always mother young white door asked voice water people years
    began almost called turned children without window another morning evening country garden
    mountain river letter captain soldier journey kitchen silver winter summer market bridge castle
    forest village teacher doctor station carriage shoulder handkerchief neighbourhood impossible
    extraordinary circumstances remembered understood afterwards presently gentleman conversation
    """.split(whereSeparator: \.isWhitespace).map(String.init)
}
