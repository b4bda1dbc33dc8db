import ArgumentParser
import Foundation
import PeciaCore
import PeciaWorkflow

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Stitch the texts into one timed transcript, and write it.",
    discussion: """
      The ending of FILE chooses the form (.srt .vtt .txt .json .html and more); ‘-’ writes to \
      standard output and needs --form. With several recordings name one, or let FILE hold {name}.
      """)

  @Argument(help: "The project's folder.", completion: .directory) var project: String
  @Option(help: "The recording to merge.") var recording: String?
  @Option(
    name: .shortAndLong, parsing: .upToNextOption,
    help: "Files to write; several at once are welcome.", completion: .file())
  var output: [String]
  @Option(help: "The form to write, where the ending cannot say (ebu-tt-d, audacity).")
  var form: String?
  @Option(help: "Cut captions by this profile: a name, or a YAML file.")
  var profile = "netflix"
  @Option(help: "Begin and end cues on whole frames of this rate (24, 29.97).")
  var fps: Double?
  @Flag(help: "Write the time of each word, in WebVTT and ASS.") var karaoke = false
  @Flag(help: "Begin the paragraphs of plain text and Markdown with their time.")
  var timestamps = false

  func validate() throws {
    guard !output.isEmpty else { throw ValidationError("name a file to write: -o FILE") }
    if let fps, !(1...1000).contains(fps) {
      throw ValidationError("--fps must lie between 1 and 1000")
    }
  }

  func run() throws {
    let project = try Project(opening: project)
    for recording in try recordings(of: project) {
      let merged = try project.merged(recording, at: Date())
      let files = output.map { $0.replacing("{name}", with: recording.name) }
      let outputs = try files.map { try Captioning.Output(path: $0, form: form) }
      let sound = try project.sound(of: recording, for: outputs)
      let options = try Captioning.Options(
        profileNamed: profile, framesPerSecond: fps, karaoke: karaoke, timestamps: timestamps,
        sound: sound.path)
      let losses = try merged.write(outputs, options)
      for note in merged.notes + sound.notes + losses { report(note) }
      reportWeakness(of: merged, in: recording.name)
    }
  }

  /// Says how many clips have no sure text, or none.
  private func reportWeakness(of merged: Merged, in name: String) {
    guard !merged.disputed.isEmpty || !merged.missing.isEmpty else { return }
    report(
      "\(name): the best text was taken for \(count(merged.disputed, "disputed clip")), "
        + "and a gap left for \(count(merged.missing, "clip")) without a text")
  }

  private func recordings(of project: Project) throws -> [Recording] {
    if let recording { return [try project.recording(named: recording)] }
    let all = try project.store.recordings()
    guard all.count == 1 || output.allSatisfy({ $0.contains("{name}") }) else {
      throw ValidationError(
        "the project has \(all.count) recordings: name one with --recording, or write {name} in FILE"
      )
    }
    return all
  }
}
