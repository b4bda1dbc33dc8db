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
      FOLDER holds, itself or in folders, a recogniser's JSON files with a time for every word. What other programs' ways \
      of cutting make of them is counted beside. With --damage FOLDER holds any caption files.
      """)

  @Argument(help: "Folder of word-timed JSON files; none measures the speed only.")
  var folder: String?
  @Option(help: "Profile to cut and check by.") var profile = "netflix"
  @Option(help: "Frames a second of the profile's lengths in frames.") var fps = 24.0
  @Option(help: "Cues to time reading, checking, cutting and writing on; 0 for none.")
  var cues = 100_000
  @Option(help: "Damaged files to read instead, made of FOLDER's and of samples.")
  var damage: Int?
  @Option(help: "What the damage depends on.") var seed: UInt64 = 1

  func run() throws {
    let profile = try CaptionProfile.named(profile)
    if let damage {
      try measureDamage(damage, profile)
      return
    }
    if let folder {
      try countFaults(in: folder, profile)
      try countEverywhere(in: folder)
    }
    if cues > 0 { try measureSpeed(profile) }
  }

  // MARK: Faults

  /// A recogniser's file: its words, and its bytes for the other ways of cutting.
  private struct Heard {
    var transcript: Transcript
    var data: Data
  }

  private func heard(in folder: String) throws -> [Heard] {
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".json") }.sorted()
    guard !files.isEmpty else {
      throw ValidationError("‘\(folder)’ holds no .json file of a recogniser")
    }
    return try files.compactMap { file in
      let data = try Data(contentsOf: URL(filePath: folder).appending(path: file))
      let reading = try CaptionReading(data, form: .json, file: file)
      guard case .transcript(let transcript) = reading.content else { return nil }
      return Heard(transcript: transcript, data: data)
    }
  }

  private func countFaults(in folder: String, _ profile: CaptionProfile) throws {
    let files = try heard(in: folder)
    var own = Tally()
    for file in files {
      own.add(Captions(cutting: file.transcript, by: profile, options: .init()), profile, fps)
    }
    print("\(files.count) files in \(folder), profile \(profile.name), \(fps) frames a second")
    print("| cut by | " + Tally.heads.joined(separator: " | ") + " |")
    print("|---|" + Tally.heads.map { _ in "---|" }.joined())
    print("| pecia | " + own.row + " |")
    for way in CaptionPeers.Way.allCases {
      var tally = Tally()
      for file in files {
        let language = file.transcript.language
        let width = profile.forLanguage(language).charactersPerLine
        let cut = try CaptionPeers(file.data).captions(cut: way, language: language, width: width)
        tally.add(cut, profile, fps)
      }
      print("| \(way.rawValue) | " + tally.row + " |")
    }
  }

  /// Every profile, on whole milliseconds and on the frames of three rates.
  private func countEverywhere(in folder: String) throws {
    let files = try heard(in: folder)
    print("on whole milliseconds and frames of 24, 25 and 29.97 a second:")
    for name in CaptionProfile.builtIn {
      let profile = try CaptionProfile.named(name)
      var tally = Tally()
      for rate in [nil, 24, 25, 29.97] {
        let options = RenderOptions(framesPerSecond: rate)
        for file in files {
          let cut = Captions(cutting: file.transcript, by: profile, options: options)
          tally.add(cut, profile, rate)
        }
      }
      print("| \(name) | " + tally.row + " |")
    }
  }

  /// Counts of faults by rule.
  private struct Tally {
    private static let rules: [CaptionFault.Rule] = [
      .lineLength, .lines, .shortest, .longest, .gap, .smallGap, .overlap, .order, .lineEnd,
    ]
    static let heads =
      ["cues"] + rules.map(\.rawValue)
      + ["reading-speed", "of these with room", "seconds lacking", "begins late"]
    private var cues = 0
    private var counts: [CaptionFault.Rule: Int] = [:]
    private var withRoom = 0
    /// How much longer cues that read too fast would have to stand.
    private var lacking = 0.0
    private var late = 0

    /// Frames are the profile's own where `fps` is nil.
    mutating func add(_ captions: Captions, _ profile: CaptionProfile, _ fps: Double?) {
      cues += captions.entries.count
      late += captions.cues.count { $0.lateness > 0 }
      let rate = fps.flatMap(FrameRate.init) ?? profile.frameRate
      let profile = profile.forLanguage(captions.language ?? "")
      for fault in captions.faults(against: profile, framesPerSecond: fps) {
        counts[fault.rule, default: 0] += 1
        guard fault.rule == .readingSpeed else { continue }
        if let value = fault.value, let limit = fault.limit {
          lacking += Double(fault.range.milliseconds) * (value / limit - 1) / 1000
        }
        let next = fault.cue < captions.entries.count ? captions.cues[fault.cue] : nil
        let gap = (next?.range.lowerBound).map { $0 - fault.range.upperBound } ?? Int.max
        // A frame's rounding is no room.
        let frame = 1000 * rate.seconds / rate.frames
        let least = profile.gap.milliseconds(at: rate)
        if gap > least + frame, fault.range.milliseconds + frame < profile.longest { withRoom += 1 }
      }
    }

    var row: String {
      let faults = [cues] + Self.rules.map { counts[$0] ?? 0 }
      let fast = [counts[.readingSpeed] ?? 0, withRoom, Int(lacking.rounded()), late]
      return (faults + fast).map(String.init).joined(separator: " | ")
    }
  }

  // MARK: Damage

  private func measureDamage(_ count: Int, _ profile: CaptionProfile) throws {
    let damage = try CaptionDamage(folder: folder, profile: profile)
    let outcome = damage.outcome(of: count, seed: seed) { OwnUsage.processorSeconds }
    print("\(count) damaged files of \(damage.count) whole ones, seed \(seed)")
    print("  \(outcome.read) read, checked, cut anew and written in every form")
    print("  \(outcome.refused) refused in a sentence; \(outcome.strange) in another way")
    print(
      "  \(outcome.slow) took over a second of processor; the slowest (\(outcome.slowestForm)) "
        + "\(Self.shown(outcome.slowest)) s")
    if outcome.slow + outcome.strange > 0 { throw ExitCode(1) }
  }

  // MARK: Speed

  /// Times each step on cues of chance, one after the other, on one core.
  private func measureSpeed(_ profile: CaptionProfile) throws {
    let source = Self.subRip(cues: cues)
    print("\(cues) cues, \(source.count / 1024) KiB of SubRip")
    var total = 0.0
    func time<Result>(_ what: String, _ step: () throws -> Result) rethrows -> Result {
      let before = OwnUsage.processorSeconds
      let result = try step()
      let seconds = OwnUsage.processorSeconds - before
      total += seconds
      print("  \(what): \(Self.shown(seconds)) s")
      return result
    }
    let reading = try time("read") { try CaptionReading(source, form: .srt, file: "chance.srt") }
    guard case .captions(let captions) = reading.content else { return }
    let faults = time("check") { captions.faults(against: profile).count }
    let cut = time("re-cut") {
      Captions(cutting: captions.transcript(), by: profile, options: RenderOptions())
    }
    let text = time("write SubRip and WebVTT") {
      render(cut, as: .srt).data.count + render(cut, as: .vtt).data.count
    }
    print("  \(faults) faults before; \(cut.entries.count) cues, \(text / 1024) KiB after")
    print("  together \(Self.shown(total)) CPU seconds, peak \(OwnUsage.peakMebibytes) MiB")
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

  private static func shown(_ seconds: Double) -> String {
    JSON.number((seconds * 100).rounded() / 100).text
  }
}
