import ArgumentParser
import Foundation
import PeciaAudio
import PeciaCore
import PeciaStitch
import Simulation

struct TimingBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timing",
    abstract: "How near the times of words come to those that are known.",
    discussion: """
      FOLDER holds sound files and beside each a JSON file: {"audio": FILE, "language": CODE, \
      "words": [{"w", "start", "end"}]}. Errors in milliseconds: median / mean / 95th percentile. \
      CPU in seconds for each minute of sound, without reading it. Then: how many honest texts, and \
      texts made wrong, the check of a text against its sound doubts.
      """)

  @Argument(help: "A folder of sounds with timed words.", completion: .directory)
  var folder: String

  func run() throws {
    print("recording | condition | words | word start | sentence start | sentence end | CPU")
    for file in try FileManager.default.contentsOfDirectory(
      at: URL(filePath: folder), includingPropertiesForKeys: nil
    ).sorted(by: { $0.path < $1.path }) where file.pathExtension == "json" {
      let known = try JSONDecoder().decode(Known.self, from: Data(contentsOf: file))
      let sound = try readSound(URL(filePath: folder).appending(path: known.audio).path)
      let samples = sound.mono(at: WordTimer.sampleRate)
      for condition in Condition.allCases {
        let row = Row(known, samples: samples, condition: condition)
        print("\(file.deletingPathExtension().lastPathComponent) | \(row)")
      }
    }
    let sounds = Dictionary(grouping: try LabelledSound.sounds(in: folder), by: \.language)
    for (language, sounds) in sounds.sorted(by: { $0.key < $1.key }) {
      guard let table = try TimingTable.shipped(for: language) else { continue }
      print("\nTexts held against their sound in ‘\(language)’, by what was done to them:")
      print(FitTrial(of: sounds, timedBy: table))
    }
  }
}

/// A recording's words with the times that are known.
struct Known: Decodable {
  struct Word: Decodable {
    var w: String
    var start: Double
    var end: Double
  }
  var audio: String
  var language: String
  var words: [Word]
  var pauses: [[Double]]?
}

private enum Condition: String, CaseIterable {
  case clean
  case noise = "white noise, 10 dB"
  case wrong = "10 % of the words wrong"
  case faltering = "one word in eight begun twice, or after a stop"
  case broad = "without a table"
  case learnt = "by pauses, then learnt from the recording"
  case pauses = "by pauses alone"
}

/// What one run found.
private struct Row: CustomStringConvertible {
  private let condition: Condition
  private var starts: [Int] = []
  private var sentenceStarts: [Int] = []
  private var sentenceEnds: [Int] = []
  private let cost: Double

  init(_ known: Known, samples: [Float], condition: Condition) {
    self.condition = condition
    var random = SplitMix64(seed: 1)
    var (said, sound) = (known.words, samples)
    if condition == .noise { sound = Self.noisy(samples, using: &random) }
    if condition == .faltering {
      let speech = FalteringSpeech(known.words, in: samples, using: &random)
      (said, sound) = (speech.words, speech.samples)
    }
    var words: [SpokenWord] = []
    // The places of the right words among those that the timer is given.
    var places: [Int: Int] = [:]
    for (index, word) in said.enumerated() {
      let dice = condition == .wrong ? Int.random(in: 0..<20, using: &random) : 2
      if dice == 0 { continue }
      let other = said.randomElement(using: &random)?.w ?? word.w
      if dice > 1 { places[index] = words.count }
      words.append(SpokenWord(text: dice == 1 ? other : word.w))
    }
    let before = OwnUsage.processorSeconds
    let ranges = Self.ranges(of: words, in: sound, language: known.language, condition)
    let seconds = OwnUsage.processorSeconds - before
    cost = seconds * 60 * Double(WordTimer.sampleRate) / Double(sound.count)
    for (index, word) in said.enumerated() {
      guard let range = places[index].map({ ranges[$0] }) else { continue }
      let start = abs(range.lowerBound - Timestamp(seconds: word.start))
      starts.append(start)
      if index == 0 || Self.isStop(said[index - 1].w) { sentenceStarts.append(start) }
      if index + 1 == said.count || Self.isStop(word.w) {
        sentenceEnds.append(abs(range.upperBound - Timestamp(seconds: word.end)))
      }
    }
  }

  private static func ranges(
    of words: [SpokenWord], in sound: [Float], language: String, _ condition: Condition
  ) -> [TimeRange] {
    func times(by timer: WordTimer) -> TimedText {
      var rest = sound[...]
      return timer.times(of: words) { count in
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
      }
    }
    switch condition {
    case .pauses: return WordTimer.byPauses(words, in: sound)
    case .learnt:
      let ranges = WordTimer.byPauses(words, in: sound)
      let learnt = WordTimer.learnt(from: words, at: ranges) { Array(sound.prefix($0)) }
      let timed = learnt.map(times(by:))
      return timed?.ranges ?? ranges
    case .broad: return times(by: WordTimer(language: TimingTable.anyLanguage)).ranges
    case .clean, .noise, .wrong, .faltering: return times(by: WordTimer(language: language)).ranges
    }
  }

  private static func isStop(_ word: String) -> Bool {
    word.last.map { ".!?".contains($0) } ?? false
  }

  /// White noise 10 dB under the sound's mean power.
  private static func noisy(_ samples: [Float], using random: inout SplitMix64) -> [Float] {
    let power = samples.reduce(0) { $0 + Double($1 * $1) } / Double(max(samples.count, 1))
    let reach = Float((3 * power / 10).squareRoot())
    return samples.map { $0 + Float.random(in: -reach...reach, using: &random) }
  }

  private static func figures(_ errors: [Int]) -> String {
    guard !errors.isEmpty else { return "–" }
    let sorted = errors.sorted()
    return "\(sorted[sorted.count / 2]) / \(sorted.reduce(0, +) / sorted.count) / "
      + "\(sorted[(sorted.count - 1) * 95 / 100])"
  }

  var description: String {
    let columns = [starts, sentenceStarts, sentenceEnds].map(Self.figures)
    return "\(condition.rawValue) | \(starts.count) | \(columns.joined(separator: " | ")) | "
      + String(format: "%.3f", cost)
  }
}
