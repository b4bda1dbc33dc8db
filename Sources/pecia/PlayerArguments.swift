import ArgumentParser
import Foundation
import PeciaPlayer

/// The options of the player, for the commands that open it.
struct PlayerArguments: ParsableArguments {
  @Option(
    help: "Where sound goes: auto, none (silently, in real time) or file:OUT.wav.",
    transform: {
      guard let choice = OutputChoice($0) else {
        throw ValidationError("‘\($0)’ is no output; write auto, none or file:OUT.wav")
      }
      return choice
    })
  var output = OutputChoice.automatic

  @Option(
    help: "A file of keys and snippets; without it ~/.config/pecia/keys, if that is there.",
    completion: .file())
  var keys: String?

  @Option(help: "Colours: \(PlayerOptions.themes.joined(separator: ", ")).") var theme = "auto"
  @Option(help: "Work in rounds of so many minutes, with a pause between them.") var minutes: Int?
  @Option(help: "Seconds that a pause steps back.") var stepBack = 1.5

  @Option(
    help: "Cyclic dictation: seconds to play, to be silent, and to step back, as 5,8,1.",
    transform: PlayerArguments.seconds)
  var cycle: [Double] = [5, 8, 1]

  @Flag(help: "Lines in place of a screen, for screen readers.") var plain = false

  func validate() throws {
    guard PlayerOptions.themes.contains(theme) else {
      let themes = PlayerOptions.themes.joined(separator: ", ")
      throw ValidationError("‘\(theme)’ is no theme; choose one of \(themes)")
    }
    if let minutes, !(1...480).contains(minutes) {
      throw ValidationError("--minutes must lie between 1 and 480")
    }
    guard (0...60).contains(stepBack) else {
      throw ValidationError("--step-back must lie between 0 and 60 seconds")
    }
  }

  private static func seconds(_ text: String) throws -> [Double] {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Double($0) }
    let seconds = numbers.compactMap { $0 }
    guard numbers.count == 3, seconds.count == 3, (0.5...600).contains(seconds[0]),
      (0...600).contains(seconds[1]), seconds[2] >= 0, seconds[2] < seconds[0]
    else {
      throw ValidationError(
        "‘\(text)’ is no cycle; write seconds to play, to be silent, and to step back, as 5,8,1")
    }
    return seconds
  }

  var options: PlayerOptions {
    var options = PlayerOptions()
    options.output = output
    options.keys = keys
    options.theme = theme
    options.minutes = minutes
    options.stepBack = stepBack
    options.cycle = cycle
    options.plain = plain
    if let program = Bundle.main.executablePath { options.soundProbe = [program, "probe-sound"] }
    return options
  }
}
