import Foundation
import PeciaCore
import PeciaStore
import Support
import Testing

@Suite struct ProjectStoreTests {
  @Test func `a project is opened again with what was put in`() throws {
    let project = try ScratchProject(ProjectSettings(language: "de", copies: 2))
    let store = try ProjectStore(openingAt: project.store.folder)
    #expect(try store.settings() == ProjectSettings(language: "de", copies: 2))
    #expect(try store.recordings().map(\.name) == ["talk"])
    #expect(try store.clips(of: "talk").map(\.number) == Array(1...6))
    #expect(try store.gaps(of: "talk").count == 1)
    #expect(try store.cutting(of: "talk") == CuttingSettings())
    #expect(try project.counts() == [.open: 6])
  }

  @Test func `a recording is added once`() throws {
    let project = try ScratchProject()
    try project.add("talk", clips: 6)
    #expect(try project.store.clips(of: "talk").count == 6)
    let talk = try #require(try project.store.recording(named: "talk"))
    #expect(throws: StoreError.cutOtherwise(name: "talk")) {
      try project.store.add(
        talk, clips: [], gaps: [], cutting: CuttingSettings(target: 1000))
    }
  }

  @Test func `a folder without a project is refused`() throws {
    let folder = try TemporaryFolder()
    #expect(throws: StoreError.notAProject(path: folder.url.path)) {
      try ProjectStore(openingAt: folder.url)
    }
  }

  @Test func `a task goes from claim to submission`() throws {
    let project = try ScratchProject()
    let lease = try #require(try project.claim("ana"))
    #expect(lease.clip.number == 1 && lease.worker == "ana")
    #expect(lease.expires == second(1800))
    #expect(try project.counts() == [.open: 5, .leased: 1])
    let done = try project.store.submit(
      "Hello.\n", lease: lease.token, findings: [], at: second(5))
    #expect(done == .accepted)
    #expect(
      try project.store.submissions(of: "talk") == [
        Submission(clip: 1, worker: "ana", text: "Hello.\n", submitted: second(5))
      ])
    #expect(try project.counts() == [.open: 5, .submitted: 1])
    #expect(try project.store.status(at: second(6)).workers.first?.submissions == 1)
  }

  @Test func `the same text twice is one submission, another is kept as a draft`() throws {
    let project = try ScratchProject()
    let token = try #require(try project.claim("ana")).token
    let submit = { try project.store.submit($0, lease: token, findings: [], at: second(1)) }
    #expect(try submit("Hello.") == .accepted)
    #expect(try submit("Hello.") == .alreadyIn)
    guard case .keptAsDraft = try submit("Hello!") else {
      Issue.record("it should be a draft")
      return
    }
    #expect(try project.store.submissions(of: "talk").map(\.text) == ["Hello."])
    #expect(try project.store.lease(token)?.draft == "Hello!")
  }

  @Test func `a worker gets a clip once, and neighbours last`() throws {
    let project = try ScratchProject(ProjectSettings(copies: 2))
    let numbers = try (0..<7).map { try project.claim("ana", at: $0)?.clip.number }
    #expect(numbers == [1, 3, 5, 6, 2, 4, nil])
    #expect(try project.claim("bo")?.clip.number == 1)
  }

  @Test func `a strict project gives no neighbours`() throws {
    let project = try ScratchProject(ProjectSettings(apart: .strict))
    let numbers = try (0..<4).map { try project.claim("ana", at: $0)?.clip.number }
    #expect(numbers == [1, 3, 5, nil])
  }

  @Test func `a lease that has run out frees the place, and its late text counts while it is free`()
    throws
  {
    let project = try ScratchProject(clips: 1)
    let first = try #require(try project.claim("ana"))
    #expect(try project.claim("bo", at: 1799) == nil)
    #expect(try project.counts(at: 1800) == [.open: 1])
    let second_ = try #require(try project.claim("bo", at: 1800))
    let late = try project.store.submit("Late.", lease: first.token, findings: [], at: second(1900))
    guard case .keptAsDraft = late else {
      Issue.record("\(late)")
      return
    }
    try project.store.release(second_.token, reason: nil, at: second(2000))
    #expect(try project.claim("ana", at: 2001)?.draft == "Late.")
  }

  @Test func `an error-level finding keeps the text as a draft`() throws {
    let project = try ScratchProject(clips: 1)
    let token = try #require(try project.claim("ana")).token
    let place = TextPlace(line: 1, column: 1)
    let finding = Finding(
      rule: "r", level: .error, message: "m", range: 0..<1, start: place, end: place, text: "x")
    let refused = try project.store.submit("x", lease: token, findings: [finding], at: second(1))
    #expect(refused == .keptAsDraft(reason: "1 error-level finding"))
    #expect(try project.store.submissions(of: "talk").isEmpty)
    #expect(try project.store.lease(token)?.draft == "x")
  }

  @Test func `a clip given back by two for the same reason is set aside`() throws {
    let project = try ScratchProject(clips: 1)
    for worker in ["ana", "bo"] {
      let token = try #require(try project.claim(worker)).token
      try project.store.release(token, reason: .inaudible, at: second(1))
    }
    #expect(try project.counts() == [.setAside: 1])
    #expect(try project.claim("cy") == nil)
  }

  @Test func `judging sets the state and asks for one more copy once`() throws {
    let project = try ScratchProject(clips: 1)
    let token = try #require(try project.claim("ana")).token
    _ = try project.store.submit("x", lease: token, findings: [], at: second(1))
    let verdict = ProjectStore.Verdict(clip: 1, agreement: 0.4, state: .disputed, wantsCopy: true)
    for now in 2...4 { try project.store.record([verdict], of: "talk", at: second(now)) }
    #expect(try project.store.copies(of: "talk") == [1: 2])
    #expect(try project.store.states(of: "talk", at: second(5)) == [1: .disputed])
    #expect(try project.claim("bo", at: 6)?.clip.number == 1)
  }
}
