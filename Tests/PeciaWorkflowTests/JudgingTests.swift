import Foundation
import PeciaCore
import PeciaStore
import PeciaStyle
import PeciaWorkflow
import Support
import Testing

@Suite struct JudgingTests {
  /// What was said in the clips of a `ScratchProject`: 9 words in each 18 seconds, and the shared 2.
  static func text(ofClip number: Int, mistakes: Double, using random: inout SplitMix64) -> String {
    let said = [
      "harbor", "lens", "petrie", "weather", "count", "tower", "ship", "letter", "winter", "lamp",
      "keeper",
    ]
    return (0..<11).compactMap { position -> String? in
      let place = (number - 1) * 9 + position
      guard Double.random(in: 0..<1, using: &random) < mistakes else {
        return "\(said[place % said.count])\(place)"
      }
      return Bool.random(using: &random) ? nil : "w\(Int.random(in: 0..<50, using: &random))"
    }.joined(separator: " ")
  }

  @Test(arguments: 0..<12)
  func `judging what a text touches gives what judging everything gives`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let copies = Int(seed % 3) + 1
    let scratch = try ScratchProject(ProjectSettings(style: "plain", copies: copies), clips: 7)
    try Data(Guide.named("plain").source.utf8)
      .write(to: scratch.store.folder.appending(path: "style.yml"))
    let project = try Project(opening: scratch.path)
    for step in 0..<30 {
      let worker = "w\(Int.random(in: 0..<4, using: &random))"
      guard let task = try project.claim(by: worker, at: second(step)) else { continue }
      let text = Self.text(
        ofClip: task.clip.number, mistakes: Bool.random(using: &random) ? 0 : 0.3, using: &random)
      _ = try project.submit(text, lease: task.lease.token, at: second(step))
    }
    let before = try project.store.states(of: "talk", at: second(40))
    let first = try project.checked(at: second(41))
    #expect(before == (try project.store.states(of: "talk", at: second(42))))
    let copiesAsked = try project.store.copies(of: "talk")
    let again = try project.checked(at: second(43))
    #expect(again == first, "checking twice says the same")
    #expect(copiesAsked == (try project.store.copies(of: "talk")), "and asks for copies once")
    #expect(first.clips.map(\.clip) == Array(1...7))
    #expect(first.seams.count == 6)
  }

  @Test func `texts that agree are agreed, and one that stands alone is disputed`() throws {
    var random = SplitMix64(seed: 1)
    let scratch = try ScratchProject(ProjectSettings(style: "plain", copies: 2), clips: 2)
    try Data(Guide.named("plain").source.utf8)
      .write(to: scratch.store.folder.appending(path: "style.yml"))
    let project = try Project(opening: scratch.path)
    for (worker, second_) in [("ana", 1), ("kim", 2)] {
      while let task = try project.claim(by: worker, at: second(second_)) {
        let text =
          worker == "kim" && task.clip.number == 2
          ? "nothing of this was said by anybody at all"
          : Self.text(ofClip: task.clip.number, mistakes: 0, using: &random)
        _ = try project.submit(text, lease: task.lease.token, at: second(second_))
      }
    }
    let report = try project.checked(at: second(9))
    #expect(report.clips[0].state == .agreed)
    #expect(report.clips[1].state != .agreed)
    #expect(report.hasComplaints == (report.clips[1].state == .disputed))
    #expect(!report.disputes.isEmpty)
    #expect(try project.store.copies(of: "talk")[2] == 3, "a third text is asked for")
  }

  @Test func `a reviewer sees tags that differ, though agreement ignores them`() throws {
    let scratch = try ScratchProject(ProjectSettings(style: "plain", copies: 2), clips: 1)
    let project = try Project(opening: scratch.path)
    for (worker, text) in [
      ("ana", "the keeper [laughs] came back"), ("kim", "a sleeper went black"),
    ] {
      let task = try #require(try project.claim(by: worker, at: second(1)))
      _ = try project.submit(text, lease: task.lease.token, at: second(2))
    }
    let desk = try PlayerDesk(opening: scratch.path, worker: "rita", reviews: true)
    let review = try #require(try desk.next(at: second(3), excluding: [])?.review)
    #expect(review.variants.map(\.worker) == ["ana", "kim"])
    #expect(!review.normalisation.ignoresTags)
  }
}
