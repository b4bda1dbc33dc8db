import Foundation
import PeciaCore
import PeciaWorkflow

@testable import PeciaPlayer

/// A player with a clip at hand, and what it asked for.
struct TestPlayer {
  var player: Player
  var effects: [Player.Effect] = []
  var now = 1000

  init(
    text: String = "", columns: Int = 80, rows: Int = 24, draft: String? = nil,
    minutes: Int? = nil
  ) {
    var settings = Player.Settings()
    settings.minutes = minutes
    player = Player(settings: settings, worker: "kim")
    send(.resized(columns: columns, rows: rows))
    send(.began(Self.clip(text: text, draft: draft)))
    effects = []
  }

  /// A clip of 20 seconds: the 7th of 42, with 2 seconds shared on both sides.
  static func clip(number: Int = 7, text: String = "", draft: String? = nil) -> Player.ClipAtHand {
    let clip = Clip(
      recording: "interview", number: number,
      range: Timestamp(milliseconds: 108_000)..<Timestamp(milliseconds: 128_000),
      file: "clips/interview/0007.flac", speech: 15_000, sha256: "")
    let lease = Lease(token: "t-\(number)", clip: clip, worker: "kim", expires: Date())
    // Two bursts with silence between them.
    var sound = Measured.tone(200, seconds: 20, rate: 1000)
    for frame in sound.samples.indices {
      let time = Double(frame) / 1000
      let loud = max(0, sin(time * 0.9)) * (0.6 + 0.4 * sin(time * 5))
      sound.samples[frame] *= Float(loud)
    }
    return Player.ClipAtHand(
      task: PlayerTask(
        lease: lease, clips: 42, sharedBefore: 2000, sharedAfter: 2000, language: "en",
        style: "clean-verbatim", machineDraft: draft, text: text),
      waveform: Waveform(sound), speech: [0..<3500, 7000..<10_500, 14_000..<16_000],
      milliseconds: 20_000, channels: 2, leaseEnds: 1_500_000)
  }

  /// What two workers and the next clip have where the reviewer has: A light house stood on the
  /// outer rock.
  static let review = ReviewFacts(
    variants: [
      Variant(worker: "ada", text: "The lighthouse stood on the outer rock."),
      Variant(worker: "ben", text: "A light house stood under the water rock."),
    ],
    words: [
      ("A", 3000, 3200), ("light", 3300, 3800), ("house", 3800, 4500), ("stood", 5000, 5500),
      ("on", 9000, 9200), ("the", 9200, 9400), ("outer", 9500, 10_000),
      ("rock.", 18_500, 19_000),
    ].map { HeardWord(text: $0.0, start: $0.1, end: $0.2) },
    seams: [DisputedSeam(neighbour: 8, start: 18_400, end: 19_200, texts: ["rock", "dock."])])

  mutating func send(_ event: Player.Event) { effects += player.update(event, at: now) }

  /// Presses keys by their names: `press("Ctrl-S")`.
  mutating func press(_ names: String...) {
    for name in names {
      guard let stroke = KeyStroke(name: name) else { continue }
      send(.input(.key(stroke.first)))
      if let second = stroke.second { send(.input(.key(second))) }
    }
  }

  mutating func type(_ text: String) {
    for character in text {
      now += 100
      send(.input(.key(character == "\n" ? Key(.enter) : Key(.character(character)))))
    }
  }

  mutating func wait(_ milliseconds: Int) {
    now += milliseconds
    send(.tick)
  }

  /// Says what the guide found in the text as it is.
  mutating func check(_ findings: [Finding], reasons: [String: String] = [:]) {
    send(.checked(findings, reasons: reasons, revision: player.editor.revision))
  }

  mutating func heard(at position: Int, playing: Bool) {
    send(.sound(Speaker.Report(position: position, isPlaying: playing)))
  }

  var screen: Screen { PlayerView.screen(of: player) }
  /// What was asked for since the last look.
  mutating func asked() -> [Player.Effect] {
    defer { effects = [] }
    return effects
  }

  static func finding(
    _ range: Range<Int>, _ message: String, level: Finding.Level = .error,
    rule: String = "no-gonna",
    fix: String? = nil, tidy: Finding.Change? = nil
  ) -> Finding {
    let place = TextPlace(line: 1, column: range.lowerBound + 1)
    return Finding(
      rule: rule, level: level, message: message, range: range, start: place,
      end: TextPlace(line: 1, column: range.upperBound + 1), text: "", fix: fix,
      tidy: tidy)
  }
}
