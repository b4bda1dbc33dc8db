import ArgumentParser
import Foundation
import PeciaWorkflow

/// `pecia style`: the guides, shown and tested.
struct Style: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The style guides: list, show and test them.",
    subcommands: [List.self, Show.self, Test.self])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the built-in guides.")

    func run() async throws {
      let guides = try StyleGuides.list()
      let width = guides.map(\.name.count).max() ?? 0
      for guide in guides {
        let blanks = String(repeating: " ", count: width - guide.name.count + 2)
        print("\(guide.name)\(blanks)\(guide.title)")
      }
    }
  }

  struct Show: AsyncParsableCommand {
    enum Format: String, ExpressibleByArgument, CaseIterable { case text, markdown, html, yaml }

    static let configuration = CommandConfiguration(
      abstract: "Show a guide as a page for workers.")
    @Argument(help: "A guide’s name or file.", completion: .file()) var guide: String
    @Option(help: "text, markdown, html, or yaml: one file that needs no other.")
    var format = Format.text

    func run() async throws {
      let page = try StyleGuides.page(of: guide, form: format.rawValue)
      print(page, terminator: "")
    }
  }

  struct Test: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run every rule of a guide on its own examples.")
    @Argument(help: "Guides’ names or files.", completion: .file()) var guides: [String]

    func run() async throws {
      var failed = false
      for name in guides {
        let result = try StyleGuides.test(name)
        for failure in result.failures { print("\(name): \(failure)") }
        for note in result.notes { report("\(name): note: \(note)") }
        if result.failures.isEmpty {
          print(
            "\(name): \(count(result.rules, "rule")), \(count(result.examples, "example")): all as they say"
          )
        } else {
          failed = true
        }
      }
      if failed { throw ExitCode(1) }
    }
  }
}
