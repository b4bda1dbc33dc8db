import PeciaStyle

/// The style guides, as `pecia style` shows them.
public enum StyleGuides {
  /// Names and titles of the built-in guides, in order of name.
  public static func list() throws -> [(name: String, title: String, purpose: String)] {
    try Guide.builtIn.map {
      let guide = try Guide.named($0)
      return (guide.name, guide.title, guide.purpose)
    }
  }

  /// The guide as a page for workers; `form` is `text`, `markdown` or `html`, nil for its YAML.
  public static func page(of style: String, form: String?) throws -> String {
    let guide = try Guide.named(style)
    guard let form = form.flatMap(GuideForm.init) else { return guide.source }
    return guide.rendered(as: form)
  }

  /// What a guide's own examples show of it.
  public struct TestResult: Sendable {
    public var rules: Int
    public var examples: Int
    /// Rules that do not do what their examples say, a line each.
    public var failures: [String]
    /// The same of examples that come from an extended guide, and that other parameters may have
    /// made untrue here.
    public var notes: [String]
  }

  public static func test(_ style: String) throws -> TestResult {
    let guide = try Guide.named(style)
    let failures = guide.exampleFailures
    return TestResult(
      rules: guide.rules.count,
      examples: guide.rules.reduce(0) { $0 + $1.examples.right.count + $1.examples.wrong.count },
      failures: failures.filter { !$0.isInherited }.map(\.description),
      notes: failures.filter(\.isInherited).map(\.description))
  }
}
