import ArgumentParser
import Foundation
import PeciaCore
import PeciaStitch
import Simulation

@main
struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pecia-train", abstract: "Make the tables that the program ships.",
    subcommands: [TrainWords.self, TrainSpeech.self], defaultSubcommand: TrainWords.self)
}

struct TrainWords: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "words",
    abstract: "Make the word timer's table from sound and text.",
    discussion: """
      FOLDER holds sound files and beside each a JSON file: {"audio": FILE, "language": CODE, \
      "words": [{"w", "start", "end"}]}. The times are not learnt from: they cut long sounds at \
      pauses and measure. Sounds whose names begin with the same letters are taken for one voice.

      The head of TABLE (units, rules, words) is kept, and what is trained is written behind it. \
      First each voice is left out once: that measures every round on what it was not trained on, \
      and sets the limits of the check of a text against its sound.
      """)

  @Argument(help: "A folder of sounds with their words.", completion: .directory)
  var folder: String
  @Option(help: "The table to train; only its head is read.", completion: .file())
  var table: String
  @Option(help: "The language of the sounds, if it is another than the table's.")
  var spoken: String?
  @Option(help: "What to say of the training material.")
  var about: String?
  @Option(help: "Gaussians in each mixture.") var components = 4
  @Option(help: "Rounds of fitting and aligning.") var rounds = 12
  @Flag(help: "Only measure voices that are left out; write nothing.") var check = false
  @Flag(help: "Only measure the table as it is on the sounds in FOLDER.") var measure = false

  func run() throws {
    let text = try String(contentsOf: URL(filePath: table), encoding: .utf8)
    var head = try TimingTable(text: text, file: table)
    let sounds = try LabelledSound.sounds(in: folder).filter {
      $0.language == spoken ?? head.language
    }
    guard !sounds.isEmpty else {
      throw ValidationError(
        "‘\(folder)’ holds no sound with words in ‘\(spoken ?? head.language)’")
    }
    if let about { head.about = about }
    guard !measure else {
      print(WordErrors(of: sounds.flatMap { $0.pieces(under: 25) }, timedBy: head))
      print(FitTrial(of: sounds, timedBy: head))
      return
    }
    let lessons = sounds.flatMap { $0.pieces(under: 25) }
    let (errors, limits) = trial(of: head, on: lessons)
    print("voices left out: \(errors)")
    guard !check else { return }
    head.limits = limits?.entries ?? [:]
    var trainer = trainer(of: head)
    trainer.train(on: lessons.map(\.spokenSound))
    try trainer.table.text.write(toFile: table, atomically: true, encoding: .utf8)
    print("wrote \(table): \(trainer.table.text.utf8.count) bytes")
  }

  private func trainer(of head: TimingTable) -> TableTrainer {
    var trainer = TableTrainer(table: head)
    trainer.components = components
    trainer.rounds = rounds
    return trainer
  }

  /// The errors on every voice of tables that never heard it, and the limits that these set.
  private func trial(
    of head: TimingTable, on lessons: [LabelledSound]
  ) -> (errors: WordErrors, limits: FitLimits?) {
    var all = WordErrors()
    var fit = LimitFit()
    for voice in Set(lessons.map(\.voice)).sorted() {
      let own = lessons.filter { $0.voice == voice }
      var trainer = trainer(of: head)
      trainer.train(
        on: lessons.filter { $0.voice != voice }.map(\.spokenSound)
      ) { round, table in
        print("\(voice), round \(round): \(WordErrors(of: own, timedBy: table))")
      }
      all += WordErrors(of: own, timedBy: trainer.table)
      fit.add(own, timedBy: trainer.table)
    }
    return (all, fit.limits)
  }
}
