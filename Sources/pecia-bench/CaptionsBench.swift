import ArgumentParser
import Foundation
import PeciaCaptions
import PeciaCore

/// Faults of the captions that word-timed files are cut into, and how fast cues are handled.
struct CaptionsBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "captions",
    abstract: "Cut word-timed files into captions and count their faults; time 100,000 cues.",
    discussion: """
      FOLDER holds a recogniser's JSON files with a time for every word. Their own segments are \
      counted beside, as what comes without cutting.
      """)

  @Argument(help: "Folder of word-timed JSON files; none measures the speed only.")
  var folder: String?
  @Option(help: "Profile to cut and check by.") var profile = "netflix"
  @Option(help: "Frames a second of the profile's lengths in frames.") var fps = 24.0
  @Option(help: "Cues to time reading, checking, cutting and writing on; 0 for none.")
  var cues = 100_000

  func run() throws {
    let profile = try CaptionProfile.named(profile)
    if let folder { try countFaults(in: folder, profile) }
    if cues > 0 { try measureSpeed(profile) }
  }

  // MARK: Faults

  private func countFaults(in folder: String, _ profile: CaptionProfile) throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.sorted()
    var (own, segments) = (Tally(), Tally())
    for file in files {
      let data = try Data(contentsOf: URL(filePath: folder).appending(path: file))
      let reading = try CaptionReading(data, form: .json, file: file)
      guard case .transcript(let transcript) = reading.content else { continue }
      let cut = Captions(
        cutting: transcript, by: profile, options: RenderOptions(framesPerSecond: nil))
      own.add(cut, profile, fps)
      segments.add(try Segments(data).captions(language: transcript.language), profile, fps)
    }
    print("\(files.count) files in \(folder), profile \(profile.name), \(fps) frames a second")
    print("| cut by | " + Tally.heads.joined(separator: " | ") + " |")
    print("|---|" + Tally.heads.map { _ in "---|" }.joined())
    print("| pecia | " + own.row + " |")
    print("| the recogniser's segments | " + segments.row + " |")
  }

  /// Counts of faults by rule.
  private struct Tally {
    private static let rules: [CaptionFault.Rule] = [
      .lineLength, .lines, .shortest, .longest, .gap, .smallGap, .overlap, .order, .lineEnd,
    ]
    static let heads = ["cues"] + rules.map(\.rawValue) + ["reading-speed", "of these with room"]
    private var cues = 0
    private var counts: [CaptionFault.Rule: Int] = [:]
    private var withRoom = 0

    mutating func add(_ captions: Captions, _ profile: CaptionProfile, _ fps: Double) {
      cues += captions.entries.count
      let profile = profile.forLanguage(captions.language ?? "")
      for fault in captions.faults(against: profile, framesPerSecond: fps) {
        counts[fault.rule, default: 0] += 1
        guard fault.rule == .readingSpeed else { continue }
        let next = fault.cue < captions.entries.count ? captions.cues[fault.cue] : nil
        let gap = (next?.range.lowerBound).map { $0 - fault.range.upperBound } ?? Int.max
        // A frame's rounding is no room.
        let frame = Int(1000 / fps)
        let least = FrameRate(fps).map { profile.gap.milliseconds(at: $0) } ?? 0
        if gap > least + frame, fault.range.milliseconds + frame < profile.longest { withRoom += 1 }
      }
    }

    var row: String {
      ([cues] + Self.rules.map { counts[$0] ?? 0 } + [counts[.readingSpeed] ?? 0, withRoom])
        .map(String.init).joined(separator: " | ")
    }
  }

  /// A recogniser's own segments, each a cue.
  private struct Segments: Decodable {
    struct Segment: Decodable {
      var start: Double
      var end: Double
      var text: String
    }
    private var segments: [Segment]

    init(_ data: Data) throws { self = try JSONDecoder().decode(Self.self, from: data) }

    func captions(language: String) -> Captions {
      Captions(
        segments.map { segment in
          let start = Timestamp(seconds: segment.start)
          return Cue(
            range: start..<max(start, Timestamp(seconds: segment.end)),
            text: segment.text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }, language: language)
    }
  }

  // MARK: Speed

  /// Times each step on cues of chance, one after the other, on one core.
  private func measureSpeed(_ profile: CaptionProfile) throws {
    let source = Self.subRip(cues: cues)
    print("\(cues) cues, \(source.count / 1024) KiB of SubRip")
    var total = 0.0
    func time<Result>(_ what: String, _ step: () throws -> Result) rethrows -> Result {
      let before = Self.processorSeconds
      let result = try step()
      let seconds = Self.processorSeconds - before
      total += seconds
      print("  \(what): \(Self.shown(seconds)) s")
      return result
    }
    let reading = try time("read") { try CaptionReading(source, form: .srt, file: "chance.srt") }
    guard case .captions(let captions) = reading.content else { return }
    let faults = time("check") { captions.faults(against: profile) }
    let cut = time("re-cut") {
      Captions(cutting: captions.transcript(), by: profile, options: RenderOptions())
    }
    let text = time("write SubRip and WebVTT") {
      render(cut, as: .srt).data.count + render(cut, as: .vtt).data.count
    }
    print("  \(faults.count) faults before; \(cut.entries.count) cues, \(text / 1024) KiB after")
    print("  together \(Self.shown(total)) CPU seconds, peak \(Self.peakMebibytes) MiB")
  }

  private static func subRip(cues: Int) -> Data {
    var random = SplitMix64(seed: 9)
    let words = "the sea was calm and we waited for a long while, until somebody came. It is true"
      .split(separator: " ")
    var text = ""
    var clock = 1000
    for number in 1...cues {
      let spoken = (0..<Int.random(in: 4...12, using: &random)).map { _ in
        words[Int.random(in: 0..<words.count, using: &random)]
      }
      let length = spoken.count * 330
      text += "\(number)\n\(stamp(clock)) --> \(stamp(clock + length))\n"
      text += spoken.prefix(6).joined(separator: " ") + "\n"
      if spoken.count > 6 { text += spoken.dropFirst(6).joined(separator: " ") + "\n" }
      text += "\n"
      clock += length + Int.random(in: 0...900, using: &random)
    }
    return Data(text.utf8)
  }

  private static func stamp(_ milliseconds: Int) -> String {
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let rest = String(1000 + milliseconds % 1000).dropFirst()
    let seconds = milliseconds / 1000
    return "\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)),\(rest)"
  }

  private static var usage: rusage {
    var usage = rusage()
    // 0 is RUSAGE_SELF, which the systems give different types.
    getrusage(0, &usage)
    return usage
  }
  private static var processorSeconds: Double {
    let usage = usage
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1_000_000
  }
  /// `ru_maxrss` counts KiB on Linux, bytes on macOS.
  private static var peakMebibytes: Int {
    #if os(Linux)
      Int(usage.ru_maxrss) / 1024
    #else
      Int(usage.ru_maxrss) / 1_048_576
    #endif
  }

  private static func shown(_ seconds: Double) -> String {
    JSON.number((seconds * 100).rounded() / 100).text
  }
}
