import Foundation
import PeciaCore
import PeciaStore
import PeciaStyle
import Support
import Testing

@testable import PeciaWorkflow

/// The compiled guide of an open project.
@Suite struct GuideCacheTests {
  private func guide(forbidding word: String, extends: String? = nil) -> String {
    """
    name: ours
    \(extends.map { "extends: \($0)" } ?? "language: en")
    rules:
      - id: ours.word
        level: error
        message: not this word
        check: { forbid: { words: [\(word)] } }
        examples: { right: [Yes.], wrong: [\(word)] }

    """
  }

  @Test func `a guide that is written anew holds from the next hand-in on`() throws {
    let scratch = try ScratchProject()
    let file = scratch.store.folder.appending(path: "style.yml")
    let project = try Project(opening: scratch.path)
    var refused: [Bool] = []
    for word in ["red", "red", "green", "red"] {
      try Data(guide(forbidding: word).utf8).write(to: file)
      let task = try #require(try project.claim(by: "ana", at: second(0)))
      refused.append(
        try project.submit("red", lease: task.lease.token, at: second(1)).isRefused)
      // It was kept: nothing is compiled for the same bytes.
      let kept = try project.compiledGuide.guide(from: .file(Data(contentsOf: file))) {
        throw CancellationError()
      }
      #expect(kept.name == "ours")
    }
    #expect(refused == [true, true, false, true])
  }

  @Test func `one that rests on another file is read anew each time`() throws {
    let scratch = try ScratchProject()
    let file = scratch.store.folder.appending(path: "style.yml")
    let project = try Project(opening: scratch.path)
    try Data(guide(forbidding: "red", extends: "house").utf8).write(to: file)
    for level in ["error", "warning"] {
      try Data(
        """
        name: house
        rules:
          - id: house.blue
            level: \(level)
            message: not blue
            check: { forbid: { words: [blue] } }
            examples: { right: [Yes.], wrong: [blue] }

        """.utf8
      ).write(to: scratch.store.folder.appending(path: "house.yml"))
      let found = try project.guide().findings(in: "Blue.")
      #expect(found.map { "\($0.level)" } == [level])
    }
  }
}
