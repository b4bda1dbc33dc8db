import Foundation
import PeciaWorkflow

/// What a person may choose when the player starts.
public struct PlayerOptions: Sendable {
  public var output = OutputChoice.automatic
  /// A file of keys; nil looks where such files stand.
  public var keys: String?
  /// `auto`, `dark`, `light` or `none`.
  public var theme = "auto"
  /// The length of a round; nil works without rounds.
  public var minutes: Int?
  /// Seconds that a pause steps back.
  public var stepBack = 1.5
  /// Seconds that cyclic dictation plays, is silent, and steps back.
  public var cycle: [Double] = [5, 8, 1]
  /// Lines in place of a screen.
  public var plain = false
  /// A command that calls `endsIfPortAudioDoes`: PortAudio is used where it exits with 0; with none
  /// PortAudio is used untried.
  public var soundProbe: [String] = []

  public init() {}

  public static let themes = ["auto"] + Theme.allCases.map(\.rawValue)
}

/// Why the player cannot begin.
public enum PlayerError: Error, Equatable, CustomStringConvertible {
  case unreadableKeys(path: String, reason: String)

  public var description: String {
    switch self {
    case .unreadableKeys(let path, let reason): "cannot read the keys in ‘\(path)’: \(reason)"
    }
  }
}

extension PlayerOptions {
  /// What plays; it begins at once to look for a device.
  fileprivate var speaker: Speaker {
    Speaker(OutputFinder(output, probe: PortAudioProbe(command: soundProbe)))
  }

  var settings: Player.Settings {
    func milliseconds(_ seconds: Double) -> Int { Int((seconds * 1000).rounded()) }
    var settings = Player.Settings()
    settings.stepBack = milliseconds(stepBack)
    settings.minutes = minutes
    if cycle.count == 3 {
      settings.cycle = Playback.Cycle(
        play: milliseconds(cycle[0]), pause: milliseconds(cycle[1]), back: milliseconds(cycle[2]))
    }
    return settings
  }

  /// The keys of the file that was named, else of the person's own, else the standard ones.
  func keyMap(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws
    -> KeyMap
  {
    let home = environment["XDG_CONFIG_HOME"] ?? "\(environment["HOME"] ?? "")/.config"
    let own = environment["PECIA_KEYS"] ?? "\(home)/pecia/keys"
    let path = keys ?? own
    if keys == nil, environment["PECIA_KEYS"] == nil,
      !FileManager.default.fileExists(atPath: path)
    {
      return .standard
    }
    do {
      return try KeyMap(text: String(contentsOf: URL(filePath: path), encoding: .utf8), file: path)
    } catch let fault as KeyMap.Fault {
      throw fault
    } catch {
      throw PlayerError.unreadableKeys(path: path, reason: error.localizedDescription)
    }
  }

  /// The theme that was asked for, else what the environment says; the terminal may correct it.
  func theme(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> Theme {
    if let chosen = Theme(rawValue: theme) { return chosen }
    if environment["NO_COLOR"]?.isEmpty == false || environment["TERM"] == "dumb" {
      return .colourless
    }
    // `COLORFGBG` ends in the background's number; 7 and 15 are white.
    let background = environment["COLORFGBG"]?.split(separator: ";").last.flatMap { Int($0) }
    return background == 7 || background == 15 ? .light : .dark
  }
}

/// Lets a worker transcribe clip after clip in the terminal.
///
/// `report` gets what is to be said when the player has left the screen. Throws what says why it
/// cannot begin, or that the project cannot be opened. Returns whether a signal ended it.
public func transcribe(
  _ path: String, by worker: String, options: PlayerOptions, report: (String) -> Void
) throws -> Bool {
  let keys = try options.keyMap()
  let desk = try PlayerDesk(opening: path, worker: worker)
  let player = Player(
    keys: keys, settings: options.settings, worker: worker, theme: options.theme())
  return try work(player, at: desk, options, report)
}

/// Lets a reviewer decide what is disputed, in the same player; `report` as in `transcribe`.
public func review(
  _ path: String, by reviewer: String, options: PlayerOptions, report: (String) -> Void
) throws -> Bool {
  let keys = try options.keyMap()
  let desk = try PlayerDesk(opening: path, worker: reviewer, reviews: true)
  let player = Player(
    keys: keys, settings: options.settings, worker: reviewer, theme: options.theme())
  return try work(player, at: desk, options, report)
}

private func work(
  _ player: Player, at desk: PlayerDesk, _ options: PlayerOptions, _ report: (String) -> Void
) throws -> Bool {
  if options.plain {
    let session = PlainSession(player, project: desk, speaker: options.speaker)
    let end = session.run()
    try end.tell(report)
    return end.isStopped
  }
  let session = try Session(player, project: desk, speaker: options.speaker)
  let end = session.run()
  try end.tell(report)
  return end.isStopped
}

extension SessionEnd {
  /// Says what was done; a text that could not be stored is written to a file of its own.
  func tell(_ report: (String) -> Void) throws {
    if totals.clips > 0 {
      report(
        "\(Player.count(totals.clips, "clip")) handed in, \(Player.count(totals.words, "word"))")
    }
    guard let unsaved, !unsaved.isEmpty else { return }
    let name = "pecia-\((clip ?? "text").replacing("/", with: "-"))-\(UUID().uuidString).txt"
    for folder in [FileManager.default.currentDirectoryPath, NSTemporaryDirectory()] {
      let file = URL(filePath: folder).appending(path: name)
      guard (try? Data(unsaved.utf8).write(to: file)) != nil else { continue }
      report("the text could not be stored in the project; it is in ‘\(file.path)’")
      return
    }
    report("the text could not be stored anywhere; here it is:\n\(unsaved)")
  }
}
