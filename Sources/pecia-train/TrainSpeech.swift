import ArgumentParser
import Foundation
import PeciaCore
import Simulation

/// Makes the table that tells words from pauses.
struct TrainSpeech: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "speech",
    abstract: "Make the table by which clips' edges are kept out of words.",
    discussion: """
      FOLDER holds sounds with their words as `pecia-train words` takes them; here the times are \
      learnt from. Voices of espeak-ng and flite that are on the PATH say stretches of the same \
      words beside the readers. Recordings are made up of both, with white and pink noise, hum, \
      music and babble of the same voices under them, in telephone bands, clipped, with an offset, \
      at gains of −28 to 6 dB and four rates; all is drawn from a seed. The same folder, seed and \
      synthesisers give the same table.

      First every third voice is left out and tried; then the table is fitted to all.
      """)

  @Argument(help: "A folder of sounds with their words.", completion: .directory)
  var folder: String
  @Option(help: "The table to write.", completion: .file())
  var table = "Sources/PeciaAudio/Tables/speech.table"
  @Option(help: "How many recordings of three minutes are made up.") var recordings = 400
  @Option(help: "How often each bin is learnt from.") var rounds = 12
  @Option(help: "Decides everything that is drawn.") var seed: UInt64 = 1
  @Flag(help: "Only try voices that are left out; write nothing.") var check = false

  func run() throws {
    let sounds = try LabelledSound.sounds(in: folder)
    let readers = sounds.map { SpokenTurn.Voice(reader: $0) }
    guard !readers.isEmpty else {
      throw ValidationError("‘\(folder)’ holds no sound with words")
    }
    let words = sounds.flatMap { $0.words.map(\.w) }
    let synthesisers = try Synthesiser.all.map { try $0.voice(saying: words, seed: seed) }
    let programs = Set(Synthesiser.all.map(\.program)).sorted().joined(separator: " and ")
    print(
      "\(readers.count) sounds of readers, \(synthesisers.count) voices"
        + (programs.isEmpty ? ": neither espeak-ng nor flite is on the PATH" : " of \(programs)"))
    let voices = SpokenTurn.Voice.joined(readers) + synthesisers
    let left = voices.indices.filter { $0 % 3 == 1 }.map { voices[$0] }
    let kept = voices.indices.filter { $0 % 3 != 1 }.map { voices[$0] }
    var fit = fitted(to: kept, rounds: max(1, rounds / 2))
    let strange = MadeUpLessons(of: left, count: max(1, recordings / 6), seed: seed &+ 1)
    print("voices left out: \(fit.errors(on: strange))")
    guard !check else { return }
    fit = fitted(to: voices, rounds: rounds)
    try fit.text.write(toFile: table, atomically: true, encoding: .utf8)
    print("wrote \(table)")
  }

  private func fitted(to voices: [SpokenTurn.Voice], rounds: Int) -> NetworkFit {
    let lessons = MadeUpLessons(of: voices, count: recordings, seed: seed)
    var fit = NetworkFit(scaledBy: lessons, seed: seed)
    for round in 0..<rounds {
      fit.improve(
        on: lessons, from: Float(round) / Float(rounds), to: Float(round + 1) / Float(rounds))
      print("\(voices.count) voices, round \(round + 1): \(fit.errors(on: lessons))")
    }
    return fit
  }
}
