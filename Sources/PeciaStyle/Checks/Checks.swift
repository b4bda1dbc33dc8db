/// All kinds of checks, by the key under `check:`.
enum Checks {
  static let all: [any Check.Type] = [
    ForbidCheck.self, SubstituteCheck.self, RequireCheck.self, ConditionalCheck.self,
    OccurrenceCheck.self, RepeatCheck.self, ConsistentCheck.self, CapitalsCheck.self,
    SentenceCheck.self, SpacingCheck.self, PunctuationCheck.self, BalanceCheck.self,
    CharacterCheck.self, NumberCheck.self, LengthCheck.self, RateCheck.self, MetricCheck.self,
    EdgeCheck.self, TagCheck.self, SpeakerCheck.self, TimeCheck.self, OrderCheck.self,
    TimingCheck.self, LineBreakCheck.self, PayloadCheck.self, FalseStartCheck.self,
    FirstMentionCheck.self, SpellingCheck.self,
  ]

  static func check(_ entry: Entry, _ context: RuleContext) throws -> any Check {
    let known = all.map { $0.key }
    guard let pairs = entry.pairs, pairs.count == 1, let pair = pairs.first,
      let key = pair.key.text
    else {
      throw entry.wrong(
        "‘check’ is not one kind of check",
        "write ‘check: { KIND: { … } }’ with one of \(known.joined(separator: ", "))")
    }
    guard let type = all.first(where: { $0.key == key }) else {
      throw pair.key.wrong("there is no check ‘\(key)’", meant(key, among: known))
    }
    var fields = try Fields(pair.value, "check ‘\(key)’")
    let check = try type.init(&fields, context)
    try fields.finish()
    return check
  }
}
