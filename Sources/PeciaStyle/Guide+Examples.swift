import PeciaCore

/// An example that a rule does not do as it says.
public struct ExampleFailure: Hashable, Sendable, CustomStringConvertible {
  public var rule: String
  public var text: String
  public var problem: String
  /// Whether the example comes from a guide that this one extends: other parameters may have
  /// made it untrue here.
  public var isInherited: Bool

  public var description: String { "\(rule): ‘\(text)’ \(problem)" }
}

extension Guide {
  /// Runs every rule on its own examples: right ones must keep it, wrong ones must break it, and
  /// the fix must make of the wrong ones what stands beside them.
  public var exampleFailures: [ExampleFailure] {
    rules.indices.flatMap { number -> [ExampleFailure] in
      let rule = rules[number]
      // A check that cannot run here cannot be tested here.
      if (rule.check as? SpellingCheck)?.note != nil { return [] }
      func failure(_ example: Rule.Examples.Example, _ problem: String) -> ExampleFailure {
        ExampleFailure(
          rule: rule.id, text: example.text, problem: problem, isInherited: rule.isInherited)
      }
      var failures: [ExampleFailure] = []
      for example in rule.examples.right {
        let found = violations(of: number, in: example)
        if let first = found.first {
          failures.append(
            failure(
              example, "is right, but breaks the rule at character \(first.range.lowerBound + 1)"))
        }
      }
      for (index, example) in rule.examples.wrong.enumerated() {
        if violations(of: number, in: example).isEmpty {
          failures.append(failure(example, "is wrong, but the rule says nothing"))
        } else if rule.fixes {
          failures += fixFailure(rule, example, rule.examples.fixed[index], number: number)
            .map { failure(example, $0) }
        }
      }
      return failures
    }
  }

  private func violations(of rule: Int, in example: Rule.Examples.Example) -> [Violation] {
    violations(in: read(example.text, as: rules[rule].kind(of: example)), rule: rule)
      .map(\.violation)
  }

  private func fixFailure(
    _ rule: Rule, _ example: Rule.Examples.Example, _ wanted: String?, number: Int
  ) -> [String] {
    let kind = rule.kind(of: example)
    let made = fixed(example.text, as: kind, rule: number)
    let wanted = wanted ?? example.text
    return made == wanted ? [] : ["becomes ‘\(made)’, not ‘\(wanted)’"]
  }
}
