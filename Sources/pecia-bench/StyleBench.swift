import ArgumentParser
import Foundation
import PeciaCore
import PeciaStyle

/// `pecia-bench style`: how fast texts are checked, and in how much memory.
struct StyleBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "style", abstract: "How fast style guides check texts.")
  @Option(help: "The guide.") var guide = "clean-verbatim"
  @Option(help: "Words in the long text.") var words = 1_000_000
  @Flag(help: "Time every rule by itself.") var rules = false

  func run() async throws {
    let clock = ContinuousClock()
    let start = clock.now
    let guide = try Guide.named(guide)
    print(
      "guide \(guide.name), \(guide.rules.count) rules, read in \(Self.shown(clock.now - start))")

    let long = Self.text(words: words, seed: 1)
    let cpu = OwnUsage.processorSeconds
    let findings = guide.findings(in: long, as: .transcript())
    print(
      "\(words) words, \(long.utf8.count / 1024) KiB, \(findings.count) findings: "
        + String(format: "%.2f", OwnUsage.processorSeconds - cpu) + " s of one core, peak "
        + "\(Self.peakKiB() / 1024) MiB")

    let clip = Self.text(words: 60, seed: 2)
    var times: [Duration] = []
    for end in clip.indices.dropFirst() {
      let typed = String(clip[..<end])
      let begun = clock.now
      _ = guide.findings(in: typed, as: .submission(duration: Timestamp(milliseconds: 20_000)))
      times.append(clock.now - begun)
    }
    times.sort()
    print(
      "a clip of 60 words, at each of \(times.count) keystrokes: median "
        + "\(Self.shown(times[times.count / 2])), slowest \(Self.shown(times[times.count - 1]))")

    let hostile = String(repeating: "a", count: 100_000)
    let attack = try Guide(
      yaml: """
        name: hostile
        rules:
          - id: x.y
            message: no
            check: { forbid: { pattern: ['^(a+)+$', '(a|aa)+b', '(a*)*b', '(x+x+)+y'] } }
            examples: { right: [b], wrong: [aaa] }
        """, file: "hostile.yml")
    let begun = clock.now
    _ = attack.findings(in: hostile, as: .transcript())
    print("hostile patterns on 100000 letters: \(Self.shown(clock.now - begun))")
    guard rules else { return }
    for (name, seconds) in guide.timeByRule(in: long, as: .transcript()).sorted(by: {
      $0.seconds > $1.seconds
    }) {
      print(String(format: "%8.3f s  ", seconds) + name)
    }
  }

  private static func shown(_ duration: Duration) -> String {
    let (seconds, attoseconds) = duration.components
    return String(format: "%.2f ms", Double(seconds) * 1000 + Double(attoseconds) / 1e15)
  }

  /// The most memory that this process ever held, in KiB; 0 where the system does not say.
  private static func peakKiB() -> Int {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }

  /// Talk of two people, with a slip in about every sixty words.
  static func text(words: Int, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    let nouns = [
      "river", "house", "teacher", "market", "boat", "winter", "letter", "bridge", "horse",
      "garden",
    ]
    let verbs = [
      "crossed", "painted", "remembered", "lost", "found", "followed", "carried", "watched",
    ]
    let others = ["old", "narrow", "quiet", "long", "early", "bright", "heavy", "small"]
    let slips = ["um", "gonna", "the the", "w-w-want", "3", "ok", "[Laughs]", "so ,"]
    func pick(_ list: [String]) -> String { list.randomElement(using: &random) ?? "" }
    var (text, count) = ("", 0)
    while count < words {
      text += count % 3 == 0 ? "Ana: " : "Bo Lee: "
      for _ in 0..<Int.random(in: 2...6, using: &random) {
        text += "The \(pick(others)) \(pick(nouns)) \(pick(verbs)) the \(pick(nouns)), and "
        text += "I don't think that we \(pick(verbs)) another \(pick(others)) \(pick(nouns))"
        count += 16
        if Int.random(in: 0..<4, using: &random) == 0 {
          text += " \(pick(slips)) then"
          count += 2
        }
        text += ". "
      }
      text.removeLast()
      text += "\n"
    }
    return text
  }
}
