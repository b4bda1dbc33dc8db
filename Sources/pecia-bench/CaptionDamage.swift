import Foundation
import PeciaCaptions
import PeciaCore

/// Reads damaged caption files, and does with each that can be read what a user might.
///
/// A crash ends the benchmark; anything but a result or a sentence within a second is counted.
struct CaptionDamage {
  /// What came of the files.
  struct Outcome {
    var read = 0
    var refused = 0
    /// Files that took over a second.
    var slow = 0
    /// Errors that are no sentence of ours.
    var strange = 0
    /// Processor seconds of the slowest.
    var slowest = 0.0
    var slowestForm = ""
  }

  /// A whole file to damage.
  private struct Source {
    var form: CaptionForm
    var bytes: [UInt8]
  }

  private var sources: [Source]
  private let profile: CaptionProfile

  /// Takes the caption files in `folder` and below, and a sample in every form that is read.
  init(folder: String?, profile: CaptionProfile) throws {
    self.profile = profile
    sources = Self.samples(profile)
    guard let folder else { return }
    let paths = try FileManager.default.subpathsOfDirectory(atPath: folder).sorted()
    for path in paths {
      guard let form = CaptionForm(path: path), form.isReadable else { continue }
      let data = try Data(contentsOf: URL(filePath: folder).appending(path: path))
      sources.append(Source(form: form, bytes: Array(data.prefix(300_000))))
    }
  }

  var count: Int { sources.count }

  /// Damages `count` files by chance, the same for the same seed.
  func outcome(of count: Int, seed: UInt64, seconds: () -> Double) -> Outcome {
    var random = SplitMix64(seed: seed)
    var outcome = Outcome()
    for index in 0..<count {
      let source = sources[index % sources.count]
      let bytes = damaged(source.bytes, &random)
      let start = seconds()
      do {
        try use(Data(bytes), source.form)
        outcome.read += 1
      } catch let error as CaptionsError where !error.description.contains("\n") {
        outcome.refused += 1
      } catch {
        outcome.strange += 1
      }
      let taken = seconds() - start
      if taken > 1 { outcome.slow += 1 }
      if taken > outcome.slowest {
        (outcome.slowest, outcome.slowestForm) = (taken, "\(source.form)")
      }
    }
    return outcome
  }

  private func use(_ data: Data, _ form: CaptionForm) throws {
    let reading = try CaptionReading(data, form: form, file: "damaged")
    switch reading.content {
    case .captions(let captions):
      _ = captions.faults(against: profile)
      _ = cues(of: captions.transcript(), profile: profile, framesPerSecond: 29.97)
      for form in CaptionForm.allCases { _ = render(captions, as: form) }
    case .transcript(let transcript):
      for form in CaptionForm.allCases { _ = render(transcript, as: form, profile: profile) }
    }
  }

  // MARK: Damage

  private static let shards = [
    "-->", "00:00:01,000 --> 00:00:00,000", "99999999999999999999", "-1", "\u{FEFF}", "\u{0}",
    "&#x110000;", "&amp", "]]>", "<!DOCTYPE x [<!ENTITY a \"&a;\">]>", "<c.\u{200F}>", "<v ",
    "{\\an",
    "\\u", "NaN", "1e999", "\r", "\n\n", "WEBVTT", "\u{202E}", "e\u{301}\u{301}\u{301}",
  ].map { Array($0.utf8) }

  private func damaged(_ whole: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var bytes = whole
    for _ in 0..<Int.random(in: 1...12, using: &random) {
      let place = Int.random(in: 0...bytes.count, using: &random)
      let end = min(bytes.count, place + Int.random(in: 0...200, using: &random))
      switch Int.random(in: 0..<12, using: &random) {
      case 0: bytes.removeSubrange(place..<end)
      case 1: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 2: bytes.insert(contentsOf: Self.shards.randomElement(using: &random) ?? [], at: place)
      case 3: bytes.insert(contentsOf: repeatedShard(&random), at: place)
      case 4:
        // A piece of another file.
        let other = sources[Int.random(in: 0..<sources.count, using: &random)].bytes
        let from = Int.random(in: 0...other.count, using: &random)
        bytes.insert(contentsOf: other[from..<min(other.count, from + 300)], at: place)
      case 5 where Int.random(in: 0..<6, using: &random) == 0: bytes.removeSubrange(place...)
      case 6 where Int.random(in: 0..<6, using: &random) == 0:
        bytes = bytes.flatMap { [$0, 0] }
      case 7: bytes[place..<end].reverse()
      default:
        if place < bytes.count { bytes[place] = UInt8.random(in: 0...255, using: &random) }
      }
    }
    return bytes
  }

  /// A sign that opens something, many times over.
  private func repeatedShard(_ random: inout SplitMix64) -> [UInt8] {
    let signs = ["[", "{\"a\":", "<span>", "<i>", "<ruby>", "(", "<tt:p>", "&", "\"", "\n1\n"]
    let sign = Array((signs.randomElement(using: &random) ?? "[").utf8)
    let times = Int.random(in: 1...3000, using: &random)
    return (0..<times).flatMap { _ in sign }
  }

  private static func samples(_ profile: CaptionProfile) -> [Source] {
    let texts = [
      "“Good evening,” she said & left --> then, 3 < 4.", "مرحبا بكم في البرنامج.", "שלום עולם.",
      "昨日、私たちは海の近くで長い間話していました。", "😀 R&B with Dr. Lee,\nfrom Paris.", "<i>Not a tag</i> {or}",
    ]
    var clock = 700
    let words = texts.enumerated().flatMap { number, text in
      text.split(whereSeparator: \.isWhitespace).map { word in
        defer { clock += 320 }
        return TimedWord(
          text: String(word),
          range: Timestamp(milliseconds: clock)..<Timestamp(milliseconds: clock + 300),
          confidence: 0.5, speaker: number.isMultiple(of: 2) ? "Ana & Co." : nil)
      }
    }
    let transcript = Transcript(
      recording: .init(name: "sample", duration: Timestamp(milliseconds: clock)), language: "en",
      style: "plain", words: words)
    return CaptionForm.allCases.filter(\.isReadable).map { form in
      let options = RenderOptions(karaoke: true)
      let data = render(transcript, as: form, profile: profile, options: options).data
      return Source(form: form, bytes: Array(data))
    }
  }
}
