import ArgumentParser
import PeciaPlayer

/// Tries PortAudio for the player, which starts it as a process of its own.
struct ProbeSound: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe-sound", abstract: "Try whether PortAudio can begin here.",
    shouldDisplay: false)

  func run() { endsIfPortAudioDoes() }
}
