/// `substitute`: words that are to be written another way.
struct SubstituteCheck: Check {
  static let key = "substitute"
  static let knowsFixes = true
  let list: WordList
  /// For each entry what to write; several where a person must choose.
  private let offers: [[String]]
  private let keepsCase: Bool
  /// The plain words and what they become, as the guide lists them.
  let swaps: [(from: String, to: [String])]
  var phrases: [(number: Int, text: String)] { list.phrases }

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    var list = WordList(scope: context.scope)
    var offers: [[String]] = []
    var swaps: [(from: String, to: [String])] = []
    keepsCase = try fields.bool("keepCase") ?? true
    let swap = fields.optional("swap")
    let patterns = fields.optional("patterns")
    for entry in swap.map({ [$0] }) ?? [] {
      guard let pairs = entry.pairs else {
        throw entry.wrong("‘swap’ is not a map", "write ‘gonna: going to’ lines under it")
      }
      for pair in pairs {
        let from = try pair.key.string("swap")
        let to = try pair.value.entries.map { try $0.string(from) }
        guard !to.contains(from), !to.isEmpty else {
          throw pair.key.wrong("‘\(from)’ is to become itself", "write what is wanted instead")
        }
        try list.add(from, number: offers.count, at: pair.key)
        offers.append(to)
        swaps.append((from, to))
      }
    }
    for entry in patterns?.entries ?? [] {
      var pair = try Fields(entry, "pattern")
      let pattern = try pair.required("pattern")
      let with = try pair.required("with").entries.map { try $0.string("with") }
      let ignoresCase = try pair.bool("ignoreCase") ?? true
      try pair.finish()
      try list.add(
        pattern: try pattern.string("pattern"), number: offers.count, at: pattern,
        ignoresCase: ignoresCase)
      offers.append(with)
    }
    for entry in fields.optional("except")?.entries ?? [] {
      try list.add(try entry.string("except"), number: -1, at: entry)
    }
    guard !offers.isEmpty else {
      throw fields.entry.wrong("the rule substitutes nothing", "write ‘swap: { from: to }’")
    }
    (self.list, self.offers, self.swaps) = (list, offers, swaps)
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    list.hits(in: reading, hits).compactMap { hit in
      let written = reading.string(hit.range)
      let offers = offers[hit.number].map { offer in
        var text = offer
        for (number, group) in hit.groups.enumerated() {
          text = text.replacing("$\(number + 1)", with: group.map { reading.string($0) } ?? "")
        }
        return keepsCase ? text.withCase(of: written) : text
      }
      // A swap that changes case alone must look at the case.
      guard !offers.contains(written) else { return nil }
      var values = ["fix": offers.joined(separator: "’ or ‘")]
      values["match"] = written
      return Violation(
        range: hit.range, fix: offers.count == 1 ? offers[0] : nil, values: values)
    }
  }
}

extension String {
  /// The text with the capitals that `other` shows: a first capital, or all capitals.
  func withCase(of other: String) -> String {
    guard let first = other.first, first.isUppercase, let own = self.first, own.isLowercase else {
      return self
    }
    let letters = other.filter(\.isLetter)
    if letters.count > 2, letters.allSatisfy(\.isUppercase) { return uppercased() }
    return own.uppercased() + dropFirst()
  }
}
