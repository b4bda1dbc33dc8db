public import PeciaCore

extension Guide {
  /// What two texts may differ in and still agree, as the guide's own rules have it.
  ///
  /// Words that a rule takes out are ignored; spellings that a rule brings together count as one;
  /// repeats count once where a rule forbids them.
  public var normalisation: Normalisation {
    var ignored: Set<String> = []
    var spellings = ["ok": "okay", "o.k.": "okay"]
    for rule in rules {
      if let check = rule.check as? ForbidCheck, rule.fix == .remove {
        ignored.formUnion(check.words.map { $0.lowercased() }.filter { !$0.contains(" ") })
      }
      guard let check = rule.check as? SubstituteCheck, rule.fix == .own else { continue }
      for (from, to) in check.swaps where to.count == 1 && !from.contains(" ") {
        let (from, to) = (from.lowercased(), to[0].lowercased())
        if from != to { spellings[from] = to }
      }
    }
    return Normalisation(
      language: language, ignoredWords: ignored,
      ignoresRepeats: rules.contains { ($0.check as? RepeatCheck).map { $0.words > 0 } ?? false },
      ignoresNumberForm: true,
      sameSpellings: spellings, ignoresTags: true)
  }
}
