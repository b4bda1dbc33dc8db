import PeciaCore

extension Rule {
  /// Builds the rule that `entry` states, with the guide's parameters put in.
  init(
    _ entry: GuideFile.RuleEntry, in guide: GuideFile, file: String, used: inout Set<String>
  ) throws {
    isInherited = entry.examplesFile != file
    let whole = Entry(value: .map(entry.keys), place: entry.place)
    var fields = try Fields(whole, "rule ‘\(entry.id)’")
    _ = fields.optional("id")
    id = entry.id
    place = entry.place
    level = try fields.choice("level") ?? .error
    let messageEntry = try fields.required("message")
    reason = try fields.string("reason") ?? ""
    scope = try fields.choice("scope") ?? .text
    let checkEntry = try guide.filled(try fields.required("check"), used: &used)
    check = try Checks.check(
      checkEntry,
      RuleContext(scope: scope, vocabulary: guide.vocabulary, language: guide.language))
    lists = Self.lists(in: checkEntry)
    fix = try Self.fix(fields.optional("fix"), of: check)
    let examplesEntry = try fields.required("examples")
    examples = try Examples(examplesEntry, of: id, hasFix: fix != .none)
    try fields.finish()

    var parameters: [String: String] = [:]
    for (name, value) in guide.parameters { if let text = value.text { parameters[name] = text } }
    let text = try messageEntry.string("message")
    let known = type(of: check).placeholders.union(["match", "fix"])
    for name in Message(template: text).placeholders where !known.contains(name) {
      guard parameters[name] != nil else {
        throw messageEntry.wrong(
          "the message cannot say ‘{\(name)}’",
          meant(name, among: known.union(parameters.keys).sorted()))
      }
      used.insert(name)
    }
    message = Message(
      template: parameters.filter { !known.contains($0.key) }.sorted { $0.key < $1.key }
        .reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) })
  }

  private static func fix(_ entry: Entry?, of check: any Check) throws -> Fix {
    guard let entry else { return .none }
    if entry.pairs != nil {
      var fields = try Fields(entry, "fix")
      let text = try fields.required("with").string("with")
      try fields.finish()
      guard check is any PatternCheck else {
        throw entry.wrong("‘with’ needs a check of patterns", "use it with ‘forbid’")
      }
      return .with(text)
    }
    switch try entry.string("fix") {
    case "yes", "true", "on":
      guard type(of: check).knowsFixes else {
        throw entry.wrong(
          "the check ‘\(type(of: check).key)’ knows no fix of its own", "take ‘fix’ out")
      }
      return .own
    case "no", "false", "off": return .none
    case "remove":
      guard check is any PatternCheck else {
        throw entry.wrong("‘remove’ needs a check that forbids words", "write ‘fix: yes’")
      }
      return .remove
    case let other:
      throw entry.wrong("‘fix’ cannot be ‘\(other)’", "write yes, no, remove, or ‘with: TEXT’")
    }
  }
}

/// A check that finds words or patterns, so that they can be removed or replaced.
protocol PatternCheck: Check {}

extension Rule.Examples {
  init(_ entry: Entry, of rule: String, hasFix: Bool) throws {
    var fields = try Fields(entry, "examples")
    let wrongEntry = try fields.required("wrong")
    wrong = try wrongEntry.entries.map(Self.example)
    right = try fields.required("right").entries.map(Self.example)
    let fixedEntry = fields.optional("fixed")
    fixed = try fixedEntry?.entries.map { $0.isNull ? nil : try $0.string("fixed") } ?? []
    try fields.finish()
    guard !wrong.isEmpty, !right.isEmpty else {
      throw entry.wrong(
        "the rule ‘\(rule)’ lacks examples", "give at least one text under ‘right’ and ‘wrong’")
    }
    guard fixed.count == (hasFix ? wrong.count : 0) else {
      throw (fixedEntry ?? wrongEntry).wrong(
        hasFix
          ? "the rule ‘\(rule)’ has \(wrong.count) wrong examples and \(fixed.count) fixed ones"
          : "the rule ‘\(rule)’ has fixed examples, but no fix",
        hasFix ? "give one under ‘fixed’ for each, or ‘null’" : "write ‘fix: …’, or take them out")
    }
  }

  private static func example(_ entry: Entry) throws -> Example {
    guard entry.pairs != nil else { return Example(text: try entry.string("example")) }
    var fields = try Fields(entry, "example")
    let text = try fields.required("text").string("text")
    let seconds = try fields.number("seconds", in: 0.001...86_400)
    try fields.finish()
    return Example(text: text, duration: seconds.map { Timestamp(seconds: $0) })
  }
}

extension GuideFile {
  /// `entry` with every `$name` replaced by the parameter's value.
  func filled(_ entry: Entry, used: inout Set<String>) throws -> Entry {
    switch entry.value {
    case .scalar(let text, plain: true) where text.isParameter:
      let name = String(text.dropFirst())
      guard let value = parameters.first(where: { $0.name == name })?.value else {
        throw entry.wrong(
          "there is no parameter ‘\(name)’", meant(name, among: parameters.map(\.name).sorted()))
      }
      used.insert(name)
      return value
    case .scalar: return entry
    case .list(let entries):
      return Entry(
        value: .list(
          try entries.flatMap { item -> [Entry] in
            let value = try filled(item, used: &used)
            // A list in the place of one word brings in all its words.
            return item.list == nil ? value.entries : [value]
          }),
        place: entry.place)
    case .map(let pairs):
      return Entry(
        value: .map(
          try pairs.map { Entry.Pair(key: $0.key, value: try filled($0.value, used: &used)) }),
        place: entry.place)
    }
  }
}

extension String {
  /// Whether this is `$name`, and not a group of a pattern (`$1`).
  var isParameter: Bool {
    let name = dropFirst()
    return first == "$" && name.first?.isLetter == true
      && name.allSatisfy { $0.isLetter || $0.isNumber }
  }
}
