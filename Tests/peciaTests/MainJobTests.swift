import Foundation
import Support
import Testing

/// A recording becomes captions: the sample goes through the built `pecia` from end to end.
@Suite struct MainJobTests {
  struct Cutting: Sendable, CustomTestStringConvertible {
    var target: Int, overlap: Int
    var testDescription: String { "--target \(target) --overlap \(overlap)" }
  }

  @Test(arguments: [
    Cutting(target: 20, overlap: 2), Cutting(target: 8, overlap: 1),
    Cutting(target: 12, overlap: 4),
    Cutting(target: 25, overlap: 5),
  ])
  func `what a perfect worker types comes back word for word`(cutting: Cutting) throws {
    let folder = try TemporaryFolder()
    let (project, merged) = (folder("project"), folder("merged.json"))
    try expectDone(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain",
      "--target", "\(cutting.target)", "--overlap", "\(cutting.overlap)")
    try expectDone(
      "transcribe", project, "--as", "ana", "--with", try Sample.perfectWorker(in: folder))
    try expectDone("merge", project, "-o", merged)

    let (words, reference) = (try Sample.merged(merged).words, try Sample.words())
    #expect(words.map(\.text) == reference.map(\.word))
    #expect(words.map(\.speaker) == reference.map(\.speaker))
    #expect(zip(words, words.dropFirst()).allSatisfy { $0.start <= $1.start })
  }

  @Test func `three workers together are better than each alone`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    try expectDone("split", Sample.file("lighthouse.flac"), "--into", project, "--copies", "3")
    for worker in Sample.workers {
      let run = try BuiltTool.run(
        "transcribe", project, "--as", worker, "--fix",
        "--with", "'\(Sample.file("worker"))' \(worker)")
      #expect(run.status <= 1, "\(run.errors)")
    }
    try expectDone(
      "merge", project, "-o", folder("merged.txt"), folder("merged.srt"), folder("merged.vtt"))

    let merged = try Sample.wordErrorRate(of: folder("merged.txt"))
    for worker in Sample.workers {
      #expect(merged < (try Sample.wordErrorRate(of: Sample.file("workers/\(worker).txt"))))
    }
    #expect(try folder.read("merged.srt").hasPrefix("1\n00:00:0"))
    #expect(try folder.read("merged.vtt").hasPrefix("WEBVTT"))
  }

  @Test func `merge says where words are timed roughly`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    try expectDone(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain",
      "--language", "xx")
    try expectDone(
      "transcribe", project, "--as", "ana", "--with", try Sample.perfectWorker(in: folder))
    let merged = try BuiltTool.run("merge", project, "-o", folder("out.srt"))
    #expect(merged.status == 0)
    #expect(
      merged.errors.contains("clips are timed by pauses and broad classes of sounds, for want of"))
    #expect(merged.errors.contains("for ‘xx’"), "\(merged.errors)")
  }

  @Test func `merge notices over all clips that a recording is of another language`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    try expectDone(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain",
      "--language", "en")
    // As another language would spell it: the letters stand for other sounds.
    let perfect = try Sample.perfectWorker(in: folder)
    let strange = "tr aeioubdgkmnprstlv ioaeuptkgnmrbzdvl"
    try expectDone(
      "transcribe", project, "--as", "ana", "--with",
      "text=$(\(perfect)) || exit 3; printf %s \"$text\" | \(strange)")
    let merged = try BuiltTool.run("merge", project, "-o", folder("out.srt"))
    #expect(merged.status == 0)
    let notes = merged.errors.split(separator: "\n").filter { $0.contains("clips are timed") }
      .map { $0.split(separator: " ") }
    #expect(merged.errors.contains("since they do not sound like ‘en’"), "\(merged.errors)")
    // All of them, not only those that show it alone; a single one may have been left to its pauses.
    let count = notes.reduce(0) { $0 + (Int($1[0]) ?? 0) }
    #expect(count == notes.first.flatMap { Int($0[2]) }, "\(merged.errors)")
  }

  @Test func `merge learns of a recording what no table knows`() throws {
    let folder = try TemporaryFolder()
    let (project, merged) = (folder("project"), folder("merged.json"))
    try expectDone(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain",
      "--language", "xx")
    // Every consonant stands for another one, and `h` for nothing that the broad table knows.
    let perfect = try Sample.perfectWorker(in: folder)
    let (letters, others) = ("bcdfghjklmnpqrstvwxyz", "klmnpqrstvwxyzbcdfghj")
    let strange = "tr \(letters + letters.uppercased()) \(others + others.uppercased())"
    try expectDone(
      "transcribe", project, "--as", "ana", "--with",
      "text=$(\(perfect)) || exit 3; printf %s \"$text\" | \(strange)")
    let run = try BuiltTool.run("merge", project, "-o", merged)
    #expect(run.status == 0)
    #expect(run.errors.contains("and by how its letters sound"), "\(run.errors)")
    let (words, truth) = (try Sample.merged(merged).words, try Sample.words())
    try #require(words.count == truth.count)
    let errors = zip(words, truth).map { abs($0.start - $1.start) }.sorted()
    #expect(errors[errors.count / 2] <= 0.08, "median \(errors[errors.count / 2])")
    #expect(errors[errors.count * 95 / 100] <= 0.3, "95th \(errors[errors.count * 95 / 100])")
  }

  @Test func `clips without a text are one gap where they follow each other`() throws {
    let folder = try TemporaryFolder()
    let project = folder("project")
    try expectDone(
      "split", Sample.file("lighthouse.flac"), "--into", project, "--style", "plain")
    try expectDone("merge", project, "-o", folder("out.txt"))
    #expect(try folder.read("out.txt") == "[untranscribed 0:00–4:54]\n")
  }

  @Test func `every moment is in a clip or in a gap, and no clip is too long`() throws {
    let folder = try TemporaryFolder()
    let split = try expectDone(
      "split", Sample.file("lighthouse.flac"), "--into", folder("project"), "--target", "10",
      "--longest", "15", "--json")
    let recording = try #require(
      JSONDecoder().decode(Sample.Split.self, from: Data(split.output.utf8)).recordings.first)
    #expect(recording.clips.allSatisfy { $0.end - $0.start <= 15.0005 })
    var covered = 0.0
    for stretch in (recording.clips + recording.gaps).sorted(by: { $0.start < $1.start }) {
      #expect(stretch.start <= covered + 0.0005)
      covered = max(covered, stretch.end)
    }
    #expect(abs(covered - recording.duration) < 0.0015)
  }

  @discardableResult
  private func expectDone(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> BuiltTool.Result {
    let result = try BuiltTool.run(arguments)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    return result
  }
}
