extension Guide {
  /// How many seconds each rule takes for `text`, by the rule's id; `(reading)` is what comes
  /// before all rules.
  public func timeByRule(
    in text: String, as kind: TextKind
  ) -> [(name: String, seconds: Double)] {
    let clock = ContinuousClock()
    func seconds(_ work: () -> Void) -> Double {
      let (whole, part) = clock.measure(work).components
      return Double(whole) + Double(part) / 1e18
    }
    var times = [(name: "(reading)", seconds: seconds { _ = read(text, as: kind) })]
    let reading = read(text, as: kind)
    var hits: [[Lexicon.Hit]] = []
    times.append(
      ("(words)", seconds { hits = lexicon.hits(in: reading, rules: rules.count) }))
    for (number, rule) in rules.enumerated() {
      let time = seconds { _ = rule.check.violations(in: reading, hits: hits[number]) }
      times.append((rule.id, time))
    }
    return times
  }
}
