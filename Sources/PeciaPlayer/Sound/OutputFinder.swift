import Foundation

/// Finds where sound can go on this machine, best first.
struct OutputFinder: Sendable {
  var choice: OutputChoice
  var environment: [String: String]
  /// Whether the machine has a sound device or a sound server to reach.
  var hasDevice: Bool
  /// Whether PipeWire runs: `pw-cat` takes some sound even where it does not, and ends.
  var hasPipeWire: Bool
  var probe: PortAudioProbe

  init(
    _ choice: OutputChoice, probe: PortAudioProbe,
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    self.choice = choice
    self.probe = probe
    self.environment = environment
    hasDevice = Self.device(environment)
    hasPipeWire = Self.hasSocket("pipewire-0", environment)
  }

  /// An output that was found, its name, and what the worker should be told.
  struct Found {
    var output: any SoundOutput
    /// The name of what plays: `PortAudio`, `aplay`.
    var name: String
    var notice: String?
  }

  static let noDevice = "no sound device was found; playing silently, in real time"

  /// The best output but those named in `without`, which failed before.
  func output(rate: Int, channels: Int, without failed: Set<String> = []) throws -> Found {
    switch choice {
    case .none: return Found(output: SilentOutput(), name: "none")
    case .file(let path):
      let output = try FileOutput(path: path, rate: rate, channels: channels)
      return Found(output: output, name: "file")
    case .automatic: break
    }
    if !failed.contains("PortAudio"), let output = PortAudio(rate: rate, channels: channels) {
      return Found(output: output, name: "PortAudio")
    }
    guard hasDevice else {
      return Found(output: SilentOutput(), name: "silent", notice: Self.noDevice)
    }
    for name in PipeOutput.players where !failed.contains(name) {
      guard hasPipeWire || name != "pw-cat",
        let program = PipeOutput.program(name, path: environment["PATH"] ?? ""),
        let output = try? PipeOutput(program: program, rate: rate, channels: channels)
      else { continue }
      return Found(output: output, name: name)
    }
    let notice =
      failed.isEmpty
      ? "found no player for sound (\(PipeOutput.players.joined(separator: ", "))); install one, "
        + "or PortAudio; playing silently, in real time"
      : "\(failed.sorted().joined(separator: ", ")) cannot play here; playing silently, in real time"
    return Found(output: SilentOutput(), name: "silent", notice: notice)
  }

  /// A sound card that the kernel knows, or the socket of PulseAudio or PipeWire.
  private static func device(_ environment: [String: String]) -> Bool {
    #if os(Linux)
      let cards = (try? FileManager.default.contentsOfDirectory(atPath: "/dev/snd")) ?? []
      if cards.contains(where: { $0.hasPrefix("pcm") && $0.hasSuffix("p") }) { return true }
      if environment["PULSE_SERVER"] != nil || environment["AUDIODEV"] != nil { return true }
      return ["pipewire-0", "pulse/native"].contains { hasSocket($0, environment) }
    #else
      return true
    #endif
  }

  private static func hasSocket(_ name: String, _ environment: [String: String]) -> Bool {
    let folder = environment["XDG_RUNTIME_DIR"] ?? "/run/user/\(getuid())"
    return FileManager.default.fileExists(atPath: "\(folder)/\(name)")
  }
}
