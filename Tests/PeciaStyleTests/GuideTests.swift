import PeciaCore
import PeciaStyle
import Testing

@Suite struct GuideTests {
  @Test(arguments: Guide.builtIn)
  func `every rule does as its own examples say`(name: String) throws {
    let guide = try Guide.named(name)
    #expect(guide.exampleFailures.map(\.description) == [])
  }

  @Test(arguments: Guide.builtIn)
  func `a guide's source stands alone and finds the same`(name: String) throws {
    let guide = try Guide.named(name)
    let again = try Guide(yaml: guide.source, file: "style.yml")
    #expect(again.source == guide.source)
    #expect(again.rules.map(\.id) == guide.rules.map(\.id))
    for rule in guide.rules {
      for example in rule.examples.right + rule.examples.wrong {
        for kind in [TextKind.submission(), .transcript()] {
          #expect(
            again.findings(in: example.text, as: kind) == guide.findings(in: example.text, as: kind)
          )
        }
      }
    }
  }

  @Test(arguments: Guide.builtIn)
  func `a guide's page has nothing left to fill in`(name: String) throws {
    let guide = try Guide.named(name)
    for rule in guide.rules {
      #expect(!rule.reason.isEmpty, "\(rule.id) does not say why")
      #expect(!rule.reason.contains(/\{\w+\}/), "\(rule.id): \(rule.reason)")
    }
    for form in GuideForm.allCases {
      let page = guide.rendered(as: form)
      #expect(!page.contains("‘’") && !page.contains(/\{\w+\}/))
    }
  }

  @Test(arguments: Guide.builtIn)
  func `fixing twice changes nothing more`(name: String) throws {
    let guide = try Guide.named(name)
    for rule in guide.rules {
      for example in rule.examples.right + rule.examples.wrong {
        for kind in [TextKind.submission(), .transcript()] {
          let once = guide.fixed(example.text, as: kind)
          #expect(guide.fixed(once, as: kind) == once)
        }
      }
    }
  }
}
