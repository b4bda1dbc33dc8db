import Foundation
import PeciaCore
import PeciaStore
import Support
import Testing

@Suite struct HistoryTests {
  private let place = TextPlace(line: 1, column: 1)

  private func finding(_ level: Finding.Level) -> Finding {
    Finding(
      rule: "r", level: level, message: "m", range: 0..<1, start: place, end: place, text: "x")
  }

  @Test func `a clip's history says who, when, how long, what was heard and what became of it`()
    throws
  {
    let project = try ScratchProject(clips: 1)
    let store = project.store
    let first = try #require(try project.claim("ana"))
    try store.release(first.token, reason: .inaudible, at: second(60), heard: 4_000)
    let next = try #require(try project.claim("bo", at: 100))
    try store.saveDraft("Hel", lease: next.token, at: second(110), heard: 8_000)
    _ = try store.submit(
      "um", lease: next.token, findings: [finding(.error)], at: second(120), heard: 2_000)
    _ = try store.submit(
      "Hello.", lease: next.token, findings: [finding(.warning)], at: second(130), heard: 500)
    try store.reopen(1, of: "talk", at: second(200))
    try store.accept("Hello!", for: 1, of: "talk", by: "rita", at: second(300))

    let history = try store.history(of: .clip(recording: "talk", number: 1), at: second(400))
    #expect(history.map(\.kind) == ["released", "submitted", "kept", "reopened", "accepted"])
    #expect(history.map(\.worker) == ["ana", "bo", "bo", nil, "rita"])
    #expect(history.map(\.heard) == [4_000, 10_500, nil, nil, nil])
    #expect(history.map(\.began) == [0, 100, 120, 200, 300].map(second))
    #expect(history[0].ended == second(60) && history[0].reason == "inaudible")
    #expect(history[1].ended == second(130) && history[1].findings?.map(\.level) == [.warning])
    #expect(history[1].text == "Hello." && !history[1].counts)
    #expect(history[2].text == "um" && history[2].findings?.map(\.level) == [.error])
    #expect(try store.history(of: .worker("ana"), at: second(400)).map(\.kind) == ["released"])
    #expect(
      try store.history(of: .latest(2), at: second(400)).map(\.kind) == ["reopened", "accepted"])
    #expect(throws: StoreError.unknownWorker(name: "eve")) {
      try store.history(of: .worker("eve"), at: second(0))
    }
  }

  @Test func `a lease that ran out says so, though nobody has swept it`() throws {
    let project = try ScratchProject(clips: 1)
    _ = try project.claim("ana")
    let kind = { try project.store.history(of: .worker("ana"), at: second($0)).map(\.kind) }
    #expect(try kind(10) == ["held"])
    #expect(try kind(1800) == ["expired"])
  }

  @Test func `a text that is changed keeps the old one in the history`() throws {
    let project = try ScratchProject(clips: 1)
    let lease = try #require(try project.claim("ana"))
    _ = try project.store.submit("One.", lease: lease.token, findings: [], at: second(5))
    try project.store.change("Two.", lease: lease.token, findings: [], at: second(9))
    #expect(try project.store.submissions(of: "talk").map(\.text) == ["Two."])
    let history = try project.store.history(of: .worker("ana"), at: second(10))
    #expect(history.filter { $0.kind == "submitted" }.map(\.text) == ["One.", "Two."])
    #expect(history.filter { $0.kind == "submitted" }.map(\.counts) == [false, true])
    #expect(try project.store.examine(at: second(10)) == ProjectStore.Examination())
  }

  @Test func `a reviewer's draft is kept until they decide`() throws {
    let project = try ScratchProject(clips: 1)
    let clip = try #require(try project.store.clips(of: "talk").first)
    try project.store.saveReview("Half", for: clip, by: "rita", at: second(1))
    #expect(try project.store.review(of: clip, by: "rita") == "Half")
    try project.store.decide("Whole.", for: clip, by: "rita", at: second(2))
    #expect(try project.store.review(of: clip, by: "rita") == nil)
    #expect(try project.store.examine(at: second(3)) == ProjectStore.Examination())
  }
}
