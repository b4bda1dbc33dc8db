import Foundation
import PeciaCore

/// Transcripts to test on.
enum Samples {
  /// Words of a text with even times: 60 ms a character, and a pause behind each sentence.
  static func transcript(
    _ turns: [(speaker: String?, text: String)], language: String = "en", pause: Int = 600
  ) -> Transcript {
    var clock = 500
    var words: [TimedWord] = []
    for turn in turns {
      for text in turn.text.split(separator: " ") {
        let length = 60 * text.count
        words.append(
          TimedWord(
            text: String(text),
            range: Timestamp(milliseconds: clock)..<Timestamp(milliseconds: clock + length),
            confidence: 0.9, speaker: turn.speaker, clips: [1], workers: ["kim"]))
        clock += length + (text.last.map { ".?!".contains($0) } == true ? pause : 0)
      }
    }
    return Transcript(
      recording: .init(name: "evening", duration: Timestamp(milliseconds: clock + 1000)),
      language: language, style: "clean-verbatim", words: words)
  }

  static let evening = transcript([
    (
      "Ana",
      "Good evening. Tonight we talk with Dr. Lee about the 3.14 kilometers of wall that nobody has seen for a hundred years, and why it matters to R&B singers."
    ),
    ("Ben Lee", "Thank you. I have waited for this. Is 5 < 6 --> true? Yes, it is!"),
    ("Ana", "Right."), ("Ben Lee", "Right. 😀 So let me begin at the beginning, with the sea."),
  ])

  /// A transcript of chance: strange times, long words, pauses, quick changes of speakers.
  static func chance(seed: UInt64) -> Transcript {
    var random = SplitMix64(seed: seed)
    let vocabulary = [
      "the", "a", "of", "and", "I", "sea", "wall", "yes.", "No!", "Dr.", "Lee", "evening,", "3.14",
      "kilometers", "beginning", "it", "to", "wait", "“quoted”", "x", "…", "[laughs]",
      "[door slams shut loudly]", "été", "über", "😀", "R&B", "-->",
      "incomprehensibilities", String(repeating: "long", count: 12),
    ]
    let strange = Int.random(in: 0...3, using: &random)
    var clock = Int.random(in: 0...2000, using: &random)
    var speaker: String?
    var words: [TimedWord] = []
    for _ in 0..<Int.random(in: 0...160, using: &random) {
      if Int.random(in: 0..<12, using: &random) == 0 {
        speaker = [nil, "Ana", "Ben"].randomElement(using: &random) ?? nil
      }
      var length = Int.random(in: 60...700, using: &random)
      if strange == 1 { length = 0 }
      if strange == 2, Int.random(in: 0..<20, using: &random) == 0 {
        length = Int.random(in: 6000...12_000, using: &random)
      }
      let text = vocabulary.randomElement(using: &random) ?? "x"
      words.append(
        TimedWord(
          text: text,
          range: Timestamp(milliseconds: clock)..<Timestamp(milliseconds: clock + length),
          speaker: speaker))
      switch Int.random(in: 0..<10, using: &random) {
      case 0: clock += length + Int.random(in: 0...4000, using: &random)
      case 1 where strange == 3: clock += length / 2
      default: clock += length
      }
    }
    return Transcript(
      recording: .init(name: "chance", duration: Timestamp(milliseconds: clock + 5000)),
      language: "en", style: "plain", words: words)
  }
}

extension Samples {
  /// `data` with bytes changed, dropped, doubled, moved or cut off by chance.
  static func damaged(_ data: Data, seed: UInt64) -> Data {
    var random = SplitMix64(seed: seed)
    var bytes = Array(data)
    for _ in 0..<Int.random(in: 1...20, using: &random) where !bytes.isEmpty {
      let place = Int.random(in: 0..<bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
      switch Int.random(in: 0..<7, using: &random) {
      case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 3: bytes.insert(contentsOf: Array("-->".utf8), at: place)
      case 4:
        bytes[place] =
          Array("0123456789:.,<>&\"'\\\n\r{}[]".utf8).randomElement(using: &random) ?? 0
      case 5 where Int.random(in: 0..<4, using: &random) == 0: bytes.removeLast(bytes.count - place)
      default: bytes.insert(contentsOf: Array("99999999999".utf8), at: place)
      }
    }
    return Data(bytes)
  }
}

extension Samples {
  /// What makes a transcript hard to cut.
  enum Hardship: CaseIterable {
    case oneWord, noPunctuation, noTime, overlaps, silences, breathless, longWords, unspaced
    case rightToLeft, everyWordAnother
  }

  /// Words of chance with one hardship.
  static func hard(_ hardship: Hardship, seed: UInt64) -> Transcript {
    var random = SplitMix64(seed: seed)
    var clock = Int.random(in: 0...1500, using: &random)
    let count = hardship == .oneWord ? 1 : Int.random(in: 2...120, using: &random)
    let words = (0..<count).map { _ -> TimedWord in
      var length = Int.random(in: 60...600, using: &random)
      if hardship == .noTime { length = 0 }
      if hardship == .breathless { length = Int.random(in: 10...90, using: &random) }
      let start = clock
      clock += length
      if hardship == .silences {
        clock += [0, 0, 700, 3000, 8000, 90_000].randomElement(using: &random) ?? 0
      }
      if hardship == .overlaps { length += Int.random(in: 0...2000, using: &random) }
      let speakers: [String?] = ["Ana", "Ben", nil]
      return TimedWord(
        text: word(hardship, &random),
        range: Timestamp(milliseconds: start)..<Timestamp(milliseconds: start + length),
        speaker: hardship == .everyWordAnother ? speakers.randomElement(using: &random) ?? nil : nil
      )
    }
    return Transcript(
      recording: .init(name: "hard", duration: Timestamp(milliseconds: clock + 4000)),
      language: hardship == .unspaced ? "ja" : hardship == .rightToLeft ? "ar" : "en", style: "",
      words: words)
  }

  private static func word(_ hardship: Hardship, _ random: inout SplitMix64) -> String {
    let plain = "the sea of a wall was very rough and we Dr. Lee saw three kilometers because it"
    let texts: [Hardship: String] = [
      .unspaced: "昨日 、 私たちは 海 の 近くの とても古い家で、 長い 間 話していました。 カタカナー",
      .rightToLeft: "مرحبا بكم في هذا البرنامج الذي يتحدث عن البحر، نعم. שלום עולם",
    ]
    let words = (texts[hardship] ?? plain).split(separator: " ")
    if hardship == .longWords {
      return String(repeating: "abcdefg", count: Int.random(in: 1...9, using: &random))
    }
    let word = String(words.randomElement(using: &random) ?? "x")
    let ends = hardship != .noPunctuation && Int.random(in: 0..<8, using: &random) == 0
    return ends && texts[hardship] == nil ? word + "." : word
  }
}
