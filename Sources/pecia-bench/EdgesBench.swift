import ArgumentParser
import Foundation
import PeciaAudio
import PeciaCore
import Simulation

/// Whether clips begin and end inside words.
struct EdgesBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "edges",
    abstract: "How many clip edges lie inside a word, with and without noise.",
    discussion: """
      FOLDER holds sound files and beside each a JSON file: {"audio": FILE, "language": CODE, \
      "words": [{"w", "start", "end"}]}. Each is cut as `pecia split` cuts it, with its own \
      options and with clips of 30 s that share 0.5 s, under every condition; all edges of both \
      count but the recording's own ends.

      ‘in a word’ counts edges in a word's core, the word less 50 ms on either side, by the bare \
      word times. ‘no pause’ counts those of them that lie in none of the pauses that the file \
      states ("pauses": [[START, END]], seconds; optional): an aligner draws words into silence. \
      ‘and sounding’ counts those of the first where the clean recording is above −50 dBFS in \
      the frames of 10 ms before and behind the edge, pauses under 100 ms filled. ‘speech’ is the \
      seconds of speech that the manifest states beside those of the word times (pauses under \
      100 ms filled) in the same clips.

      Noise is made from a seed; babble is six of the folder's recordings at once, from random \
      places. Leave out recordings that the table was fitted to.
      """)

  @Argument(help: "A folder of sounds with timed words.", completion: .directory)
  var folder: String
  @Option(help: "Cut by another table than the one in the program.", completion: .file())
  var table: String?
  @Flag(help: "Name every edge that lies in a word.") var places = false

  func run() throws {
    let folder = URL(filePath: folder)
    let recordings = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).filter { $0.pathExtension == "json" }.sorted { $0.path < $1.path }.map { file in
      let known = try JSONDecoder().decode(Known.self, from: Data(contentsOf: file))
      return TimedRecording(
        name: file.deletingPathExtension().lastPathComponent, words: known.words,
        pauses: known.pauses ?? [],
        sound: try readSound(folder.appending(path: known.audio).path))
    }
    let text = try table.map { try String(contentsOf: URL(filePath: $0), encoding: .utf8) }
    let model = text.map { SpeechModel($0) } ?? .shipped
    print("| recording | condition | edges | in a word | no pause | and sounding | speech |")
    print("|---|---|---|---|---|---|---|")
    var sums: [CutCondition: CutEdges] = [:]
    for recording in recordings {
      let voices = recordings.map { $0.sound.mono(at: recording.sound.rate) }
      for condition in CutCondition.allCases {
        let edges = CutEdges(of: recording, under: condition, babble: voices, model)
        print("| \(recording.name) | \(condition.rawValue) | \(edges) |")
        if places { edges.inWords.forEach { print("  \($0)") } }
        sums[condition, default: CutEdges()] += edges
      }
    }
    guard recordings.count > 1 else { return }
    for condition in CutCondition.allCases {
      print("| all | \(condition.rawValue) | \(sums[condition] ?? CutEdges()) |")
    }
  }
}

/// A recording whose words' times are known.
struct TimedRecording {
  var name: String
  var words: [Known.Word]
  /// Start and end, in seconds.
  var pauses: [[Double]]
  var sound: Sound
}

/// What is done to a recording before it is cut.
enum CutCondition: String, CaseIterable {
  case clean
  case quiet = "gain −20 dB"
  case pink = "pink, −30 dBFS"
  case white = "white, −30 dBFS"
  case babble = "babble, −30 dBFS"
  case music = "music, −30 dBFS"
  case nearWhite = "white, 10 dB below the speech"
  case nearBabble = "babble, 10 dB below the speech"
  case nearMusic = "music, 10 dB below the speech"

  private var bed: NoiseBed? {
    switch self {
    case .clean, .quiet, .babble, .nearBabble: nil
    case .pink: .pink
    case .white, .nearWhite: .white
    case .music, .nearMusic: .music
    }
  }
  private var isNear: Bool { [.nearWhite, .nearBabble, .nearMusic].contains(self) }
  private var isBabble: Bool { [.babble, .nearBabble].contains(self) }

  /// The recording as it is cut: 16 bits, the same noise on every channel.
  func sound(of recording: TimedRecording, babble voices: [[Float]]) -> Sound {
    var sound = recording.sound
    let (rate, channels) = (sound.rate, sound.channels)
    let gain: Float = self == .quiet ? 0.1 : 1
    var noise: [Float] = [0]
    if isBabble {
      var random = SplitMix64(seed: 7)
      noise = NoiseBed.babble(of: voices, sound.frames, using: &random)
    } else if let bed {
      noise = bed.samples(min(sound.frames, 32 * rate), rate: rate, seed: 7)
    }
    let level = isNear ? recording.speechLevel * pow(10, -0.5) : pow(10, -1.5)
    sound.samples.withUnsafeMutableBufferPointer { samples in
      for frame in 0..<samples.count / channels {
        let under = level * noise[frame % noise.count]
        for index in frame * channels..<(frame + 1) * channels {
          let value = (gain * samples[index] + under) * 32_768
          samples[index] = max(-32_768, min(32_767, value.rounded())) / 32_768
        }
      }
    }
    return sound
  }
}

extension TimedRecording {
  /// The root mean square inside words.
  var speechLevel: Float {
    var (sum, count) = (0.0, 0)
    for word in words {
      let first = max(0, Int(word.start * Double(sound.rate))) * sound.channels
      let last = min(sound.samples.count, Int(word.end * Double(sound.rate)) * sound.channels)
      for index in first..<max(first, last) {
        sum += Double(sound.samples[index] * sound.samples[index])
        count += 1
      }
    }
    return Float((sum / Double(max(1, count))).squareRoot())
  }
}

/// The edges of a recording's clips, and which of them lie in words.
struct CutEdges: CustomStringConvertible {
  private var edges = 0
  /// In a core, as `12.340 s in ‘word’`.
  private(set) var inWords: [String] = []
  private var unpaused = 0
  private var sounding = 0
  /// Seconds.
  private var stated = 0.0
  private var spoken = 0.0

  init() {}

  init(
    of recording: TimedRecording, under condition: CutCondition, babble voices: [[Float]],
    _ model: SpeechModel
  ) {
    let sound = condition.sound(of: recording, babble: voices)
    let activity = Activity(of: recording.sound)
    let end = Double(sound.frames) / Double(sound.rate)
    let short = CutSettings(target: 29_500, longest: 30_000, overlap: 500)
    for settings in [CutSettings(), short] {
      let clips = sound.plan(settings, by: model).clips
      for clip in clips {
        stated += Double(clip.speech) / 1000
        spoken += recording.speech(in: clip.range)
        for edge in [clip.range.lowerBound.seconds, clip.range.upperBound.seconds]
        where edge > 0 && edge < end - 0.001 {
          edges += 1
          let word = recording.words.first { $0.start + 0.05 < edge && edge < $0.end - 0.05 }
          guard let word else { continue }
          inWords.append("\(Timestamp(seconds: edge)) s in ‘\(word.w)’")
          if !recording.pauses.contains(where: { $0[0] <= edge && edge <= $0[1] }) { unpaused += 1 }
          if activity.isSounding(at: edge) { sounding += 1 }
        }
      }
    }
  }

  static func += (sum: inout Self, more: Self) {
    sum.edges += more.edges
    sum.inWords += more.inWords
    sum.unpaused += more.unpaused
    sum.sounding += more.sounding
    sum.stated += more.stated
    sum.spoken += more.spoken
  }

  var description: String {
    let share = String(format: "%.1f", 100 * Double(inWords.count) / Double(max(1, edges)))
    let speech = String(format: "%.2f", stated / max(1, spoken))
    return "\(edges) | \(inWords.count) (\(share) %) | \(unpaused) | \(sounding) | \(speech)"
  }
}

extension TimedRecording {
  /// Seconds of speech in a clip by the words' times, pauses under 100 ms filled.
  fileprivate func speech(in range: TimeRange) -> Double {
    var (sum, last) = (0.0, -1.0)
    for word in words {
      let start = max(word.start - last < 0.1 ? last : word.start, range.lowerBound.seconds)
      last = max(last, word.end)
      sum += max(0, min(last, range.upperBound.seconds) - start)
    }
    return sum
  }
}

/// Where a clean sound is above −50 dBFS, in frames of 10 ms, pauses under 100 ms filled.
private struct Activity {
  private var frames: [Bool]

  init(of sound: Sound) {
    let length = max(1, sound.rate / 100 * sound.channels)
    let count = sound.samples.count / length
    frames = (0..<count).map { frame in
      let samples = sound.samples[frame * length..<(frame + 1) * length]
      return samples.reduce(0) { $0 + $1 * $1 } / Float(length) > 1e-5
    }
    var last: Int?
    for frame in frames.indices where frames[frame] {
      if let last, frame - last <= 10 { for quiet in last + 1..<frame { frames[quiet] = true } }
      last = frame
    }
  }

  func isSounding(at time: Double) -> Bool {
    let frame = Int((time * 100).rounded())
    return frames.indices.contains(frame - 1) && frames.indices.contains(frame)
      && frames[frame - 1] && frames[frame]
  }
}
