import Foundation
import Support
import Testing

/// Texts against their sounds, from hand-in to `check`.
@Suite struct SoundCheckTests {
  private struct Checked: Decodable {
    struct Clip: Decodable {
      struct Found: Decodable { var rule: String, level: String, message: String, worker: String }
      var clip: Int, findings: [Found]
    }
    var clips: [Clip]
  }

  private func doubts(in project: String) throws -> [Checked.Clip.Found] {
    let check = try BuiltTool.run("check", project, "--json")
    let checked = try JSONDecoder().decode(Checked.self, from: Data(check.output.utf8))
    return checked.clips.flatMap(\.findings).filter { $0.rule == "sound.fit" }
  }

  @Test func `another text than the sound's is taken, with a warning`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    let sample = Sample.file("lighthouse.flac")
    let split = try BuiltTool.run(
      "split", sample, "--into", project, "--style", "plain", "--copies", "2")
    #expect(split.status == 0, "\(split.errors)")
    let honest = try BuiltTool.run(
      "transcribe", project, "--as", "ana", "--with", try Sample.perfectWorker(in: folder))
    #expect(honest.status == 0)
    // The synthesiser reads the year 1968 as a number of thousands: that is let pass.
    #expect(try doubts(in: project).isEmpty)

    let other = """
      The committee met again in the small room behind the library, and everybody agreed that \
      the roof should be mended before winter, because the books on the upper shelves were wet.
      """
    let wrong = try BuiltTool.run(
      "transcribe", project, "--as", "bob", "--with", "echo '\(other)'")
    #expect(wrong.status == 0, "\(wrong.errors)")
    #expect(wrong.output.contains("doubted by their sound"), "\(wrong.output)")
    let found = try doubts(in: project).filter { $0.worker == "bob" }
    #expect(found.count >= 10)
    #expect(found.allSatisfy { $0.level == "warning" })
    #expect(found.allSatisfy { $0.message.contains("listen again") })
    let page = try BuiltTool.run("check", project)
    // So short a text for so much sound: what is said first is that words are missing.
    #expect(page.output.contains("bob: words seem to be missing where the sound speaks"))
  }

  @Test func `silence is doubted where the sound speaks`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    let split = try BuiltTool.run(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain", "--language",
      "xx", "--copies", "2")
    #expect(split.status == 0, "\(split.errors)")
    for (worker, tag) in [("ana", "[silence]"), ("bob", "[inaudible]")] {
      let run = try BuiltTool.run("transcribe", project, "--as", worker, "--with", "echo '\(tag)'")
      #expect(run.status == 0 && run.output.contains("doubted") == (worker == "ana"), "\(run)")
    }
    #expect(try Set(doubts(in: project).map(\.worker)) == ["ana"])
  }

  @Test func `a text written twice is doubted, with its place`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    let split = try BuiltTool.run(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain")
    #expect(split.status == 0, "\(split.errors)")
    let worker = try Sample.perfectWorker(in: folder)
    let twice = try BuiltTool.run(
      "transcribe", project, "--as", "ana", "--with", "t=$(\(worker)); echo \"$t $t\"")
    #expect(twice.status == 0, "\(twice.errors)")
    let found = try doubts(in: project)
    #expect(found.count >= 10)
    #expect(
      found.count { $0.message.hasPrefix("there seem to be more words than the sound says, most") }
        >= 8, "\(found.map(\.message))")
  }

  @Test func `a text that nobody can say in the clip is refused, and kept as a draft`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    let split = try BuiltTool.run(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain")
    #expect(split.status == 0, "\(split.errors)")
    let book = String(repeating: "word ", count: 50_000) + "end"
    try folder.write(book, to: "book.txt")
    let wrong = try BuiltTool.run(
      "transcribe", project, "--as", "bob", "--with", "cat '\(folder("book.txt"))'")
    #expect(wrong.status == 1)
    #expect(wrong.output.contains("50001 words are more than"), "\(wrong.output)")
  }
}
