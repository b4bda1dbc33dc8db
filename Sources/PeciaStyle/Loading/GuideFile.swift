/// A guide's YAML, together with what it extends: not yet checked rule by rule.
struct GuideFile: Sendable {
  struct RuleEntry: Sendable {
    var id: String
    /// The keys of the rule, those of the guide that it overrides included.
    var keys: [Entry.Pair]
    var place: StyleError.Place
    /// The file whose examples the rule has.
    var examplesFile: String?

    subscript(key: String) -> Entry? { keys.first { $0.key.text == key }?.value }
  }

  var name = ""
  var title = ""
  var language = ""
  var purpose = ""
  var extended: [String] = []
  var vocabulary = Vocabulary()
  var parameters: [(name: String, value: Entry)] = []
  var rules: [RuleEntry] = []
  /// Rules of the extended guides that are switched off.
  var off: [String] = []

  /// Reads the guide `yaml`; `load` gives the texts of guides that it extends, by name or file.
  init(
    yaml: String, file: String, chain: [String] = [],
    load: (String, StyleError.Place) throws -> (yaml: String, file: String)
  ) throws {
    let entry = try Entry(yaml: yaml, file: file)
    var fields = try Fields(entry, "guide")
    let name = try fields.required("name")
    let title = try fields.string("title")
    let parents = fields.optional("extends")?.entries ?? []
    let language = try fields.string("language")
    let purpose = try fields.string("purpose")
    let vocabulary = fields.optional("vocabulary")
    let parameters = fields.optional("parameters")
    let rules = fields.optional("rules")
    try fields.finish()

    for parent in parents {
      let wanted = try parent.string("extends")
      let (text, parentFile): (String, String)
      do { (text, parentFile) = try load(wanted, parent.place) } catch StyleError.unknownGuide(
        let name, let known)
      {
        throw parent.wrong(
          "no style guide is called ‘\(name)’",
          "name a file, or " + meant(name, among: known))
      }
      guard !chain.contains(parentFile), parentFile != file else {
        throw parent.wrong(
          "‘\(wanted)’ extends this guide in its turn, round and round",
          "take one ‘extends’ out of \((chain + [file]).joined(separator: " → "))")
      }
      merge(
        try GuideFile(yaml: text, file: parentFile, chain: chain + [file], load: load))
    }
    self.name = try name.string("name")
    guard !self.name.isEmpty,
      self.name.allSatisfy({ $0.isLetter || $0.isNumber || "-_. ".contains($0) })
    else { throw name.wrong("‘\(self.name)’ is no name", "use letters, digits and hyphens") }
    self.title = title ?? self.name
    self.language = language ?? (self.language.isEmpty ? "en" : self.language)
    self.purpose = purpose ?? self.purpose
    extended = try parents.map { try $0.string("extends") }
    if let vocabulary { try self.vocabulary.add(vocabulary) }
    if let parameters { try set(parameters) }
    if let rules { try add(rules, file: file) }
    if self.rules.isEmpty {
      throw entry.wrong("the guide has no rules", "write ‘rules:’, or ‘extends: base’")
    }
  }

  /// Takes over what `parent` holds; what is named twice is taken from the later.
  private mutating func merge(_ parent: GuideFile) {
    if !parent.language.isEmpty { language = parent.language }
    purpose = parent.purpose
    vocabulary.add(parent.vocabulary)
    for (name, value) in parent.parameters { set(name, value) }
    for rule in parent.rules {
      if let index = rules.firstIndex(where: { $0.id == rule.id }) {
        rules[index] = rule
      } else {
        rules.append(rule)
      }
    }
    off += parent.off
  }

  private mutating func set(_ name: String, _ value: Entry) {
    if let index = parameters.firstIndex(where: { $0.name == name }) {
      parameters[index].value = value
    } else {
      parameters.append((name, value))
    }
  }

  private mutating func set(_ entry: Entry) throws {
    guard let pairs = entry.pairs else {
      throw entry.wrong("‘parameters’ is not a map", "write ‘name: value’ lines under it")
    }
    for pair in pairs {
      guard let name = pair.key.text, name.first?.isLetter == true,
        name.allSatisfy({ $0.isLetter || $0.isNumber })
      else { throw pair.key.wrong("a parameter has no name", "use letters and digits") }
      set(name, pair.value)
    }
  }

  private mutating func add(_ entry: Entry, file: String) throws {
    guard let entries = entry.list else {
      throw entry.wrong("‘rules’ is not a list", "begin every rule with ‘- id: …’")
    }
    let inherited = Set(rules.map(\.id))
    var own: [String: StyleError.Place] = [:]
    for rule in entries {
      var fields = try Fields(rule, "rule")
      let idEntry = try fields.required("id")
      let id = try idEntry.string("id")
      guard !id.isEmpty, id.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) }) else {
        throw idEntry.wrong("‘\(id)’ is no id", "use letters, digits, points and hyphens")
      }
      if let first = own[id] {
        throw idEntry.wrong(
          "the rule ‘\(id)’ stands twice, first in line \(first.line)", "give one another id")
      }
      own[id] = idEntry.place
      for key in Self.ruleKeys { _ = fields.optional(key) }
      try fields.finish()
      try add(id, rule, idEntry, inherited: inherited, file: file)
    }
  }

  static let ruleKeys = ["level", "message", "reason", "scope", "check", "fix", "examples"]

  private mutating func add(
    _ id: String, _ rule: Entry, _ idEntry: Entry, inherited: Set<String>, file: String
  ) throws {
    let pairs = rule.pairs ?? []
    if rule["level"]?.text == "off" {
      guard inherited.contains(id) else {
        throw idEntry.wrong(
          "there is no rule ‘\(id)’ to switch off", meant(id, among: inherited.sorted()))
      }
      guard pairs.count == 2 else {
        throw idEntry.wrong(
          "a rule that is off says more than ‘id’ and ‘level’", "take the rest out")
      }
      rules.removeAll { $0.id == id }
      off.append(id)
      return
    }
    guard inherited.contains(id), let index = rules.firstIndex(where: { $0.id == id }) else {
      guard rule["check"] != nil else {
        throw idEntry.wrong(
          "the rule ‘\(id)’ has no ‘check’, and no guide that this one extends has the rule",
          inherited.isEmpty ? "write ‘check: …’" : meant(id, among: inherited.sorted()))
      }
      rules.append(
        RuleEntry(
          id: id, keys: pairs, place: idEntry.place,
          examplesFile: rule["examples"] == nil ? nil : file))
      return
    }
    var merged = rules[index]
    // Another check makes other examples and another fix.
    if rule["check"] != nil { merged.keys.removeAll { ["examples", "fix"].contains($0.key.text) } }
    for pair in pairs {
      merged.keys.removeAll { $0.key.text == pair.key.text }
      merged.keys.append(pair)
    }
    merged.place = idEntry.place
    if rule["examples"] != nil { merged.examplesFile = file }
    rules[index] = merged
  }
}

extension Vocabulary {
  fileprivate mutating func add(_ entry: Entry) throws {
    if entry.list != nil {
      words += try entry.entries.map { try $0.string("vocabulary") }
      return
    }
    var fields = try Fields(entry, "vocabulary")
    add(
      Vocabulary(
        words: try fields.strings("words"), names: try fields.strings("names"),
        tags: try fields.strings("tags"), speakers: try fields.strings("speakers")))
    try fields.finish()
  }

  fileprivate mutating func add(_ other: Vocabulary) {
    words += other.words
    names += other.names
    tags += other.tags
    speakers += other.speakers
  }
}
