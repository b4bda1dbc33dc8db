extension GuideFile {
  /// The whole guide as YAML that needs no other file, with the parameters that its rules use.
  func yaml(parameters used: Set<String>) -> String {
    let parameters = parameters.filter { used.contains($0.name) }
    var text = "name: \(Self.scalar(name))\ntitle: \(Self.scalar(title))\n"
    text += "language: \(Self.scalar(language))\n"
    if !purpose.isEmpty { text += "purpose: \(Self.scalar(purpose))\n" }
    let lists = [
      ("words", vocabulary.words), ("names", vocabulary.names), ("tags", vocabulary.tags),
      ("speakers", vocabulary.speakers),
    ].filter { !$0.1.isEmpty }
    if !lists.isEmpty {
      text += "vocabulary:\n"
      for (key, words) in lists {
        text += "  \(key): [\(words.map(Self.scalar).joined(separator: ", "))]\n"
      }
    }
    if !parameters.isEmpty {
      text += "parameters:\n"
      for (name, value) in parameters { text += "  \(name): \(Self.flow(value))\n" }
    }
    text += "rules:\n"
    for rule in rules {
      text += "  - id: \(Self.scalar(rule.id))\n"
      for key in Self.ruleKeys {
        guard let value = rule[key] else { continue }
        text += "    \(key):" + Self.block(value, indent: 6)
      }
    }
    return text
  }

  /// A map or list over several lines; a scalar behind its key.
  private static func block(_ entry: Entry, indent: Int) -> String {
    let blanks = String(repeating: " ", count: indent)
    switch entry.value {
    case .scalar: return " \(flow(entry))\n"
    case .list(let entries):
      guard !entries.isEmpty, flow(entry).count > 80 else { return " \(flow(entry))\n" }
      return "\n" + entries.map { "\(blanks)- \(flow($0))\n" }.joined()
    case .map(let pairs):
      guard !pairs.isEmpty else { return " {}\n" }
      return "\n"
        + pairs.map { "\(blanks)\(flow($0.key)):" + block($0.value, indent: indent + 2) }.joined()
    }
  }

  /// An entry on one line.
  private static func flow(_ entry: Entry) -> String {
    switch entry.value {
    case .scalar(let text, let plain):
      // What was plain may be a number, a switch or a parameter: it must stay so.
      entry.isNull ? "~" : plain && text.isParameter ? text : scalar(text)
    case .list(let entries): "[\(entries.map(flow).joined(separator: ", "))]"
    case .map(let pairs):
      "{\(pairs.map { "\(flow($0.key)): \(flow($0.value))" }.joined(separator: ", "))}"
    }
  }

  /// `text` so that YAML reads it back as it is.
  private static func scalar(_ text: String) -> String {
    let isPlain =
      text.first.map { $0.isASCII && ($0.isLetter || $0.isNumber) } ?? false
      && text.last != " "
      && text.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || Code($0).isDigit || " .-_/".unicodeScalars.contains($0))
      }
    if isPlain, text != "null" { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\t": quoted += "\\t"
      case _
      where Code(scalar) < 32 || (0x7F...0xFFFF).contains(Code(scalar)) && !Code(scalar).isLetter:
        let digits = String(Code(scalar), radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
