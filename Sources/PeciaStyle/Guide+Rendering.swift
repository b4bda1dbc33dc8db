/// How a guide is shown to people.
public enum GuideForm: String, CaseIterable, Sendable { case text, markdown, html }

extension Guide {
  /// The guide as a text for workers: its purpose, and the rules in sections with their reasons
  /// and examples.
  public func rendered(as form: GuideForm) -> String {
    var page = GuidePage(form: form)
    page.begin(title)
    page.paragraph(purpose)
    for (name, rules) in sections {
      page.heading(name)
      for rule in rules { page.rule(self.rules[rule], says: headline(of: rule)) }
    }
    page.end()
    return page.text
  }

  /// The numbers of the rules by the part of their id before the point, in the order of the guide.
  private var sections: [(name: String, rules: [Int])] {
    var sections: [(name: String, rules: [Int])] = []
    for (number, rule) in rules.enumerated() {
      let name = String(rule.id.split(separator: ".").first ?? "")
      if let index = sections.firstIndex(where: { $0.name == name }) {
        sections[index].rules.append(number)
      } else {
        sections.append((name, [number]))
      }
    }
    return sections.map { (Self.words($0.name), $0.rules) }
  }

  /// What the rule says of its first wrong example, as a sentence.
  private func headline(of rule: Int) -> String {
    let message = rules[rule].message
    var values: [String: String] = [:]
    if let example = rules[rule].examples.wrong.first {
      let reading = read(example.text, as: rules[rule].kind(of: example))
      values =
        violations(in: reading, rule: rule).first
        .map { self.values(of: $0, in: reading, TextPlaces(reading)) } ?? [:]
    }
    // A check that cannot run on this computer says nothing of the example.
    for name in message.placeholders where values[name] == nil { values[name] = "…" }
    let text = message.general(values)
    return text.prefix(1).uppercased() + text.dropFirst() + (text.last == "." ? "" : ".")
  }

  /// `fillerCommas` as a heading: ‘Filler commas’.
  private static func words(_ name: String) -> String {
    var text = ""
    for character in name {
      text += character.isUppercase ? " \(character.lowercased())" : String(character)
    }
    return text.prefix(1).uppercased() + text.dropFirst()
  }
}

/// A guide's page while it is written.
private struct GuidePage {
  let form: GuideForm
  private(set) var text = ""

  init(form: GuideForm) { self.form = form }

  mutating func begin(_ title: String) {
    switch form {
    case .text: text += "\(title)\n\(String(repeating: "=", count: title.count))\n\n"
    case .markdown: text += "# \(escaped(title))\n\n"
    case .html:
      text += """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>\(escaped(title))</title>
        <style>body{max-width:44em;margin:2em auto;padding:0 1em;font:16px/1.5 sans-serif}
        .right{color:#060}.wrong{color:#900}li{margin:.8em 0}small{color:#555}</style></head><body>
        <h1>\(escaped(title))</h1>

        """
    }
  }

  mutating func paragraph(_ words: String) {
    guard !words.isEmpty else { return }
    text += form == .html ? "<p>\(escaped(words))</p>\n" : wrapped(escaped(words), "") + "\n\n"
  }

  mutating func heading(_ name: String) {
    switch form {
    case .text: text += "\(name)\n\(String(repeating: "-", count: name.count))\n"
    case .markdown: text += "## \(escaped(name))\n\n"
    case .html: text += "<h2>\(escaped(name))</h2>\n"
    }
  }

  mutating func rule(_ rule: Rule, says message: String) {
    let level = rule.level == .error ? "" : " (\(rule.level.rawValue))"
    let wrong = rule.examples.wrong.prefix(3).enumerated().map { index, example in
      let fixed = index < rule.examples.fixed.count ? rule.examples.fixed[index] : nil
      return (example, fixed == example.text ? nil : fixed)
    }
    let right = rule.examples.right.prefix(2)
    switch form {
    case .text:
      text += wrapped("• \(message)\(level)", "  ") + "\n"
      if !rule.reason.isEmpty { text += wrapped("  \(rule.reason)", "  ") + "\n" }
      for (example, fixed) in wrong {
        text += "    wrong: \(shown(example))\(fixed.map { " → \(shown($0))" } ?? "")\n"
      }
      for example in right { text += "    right: \(shown(example))\n" }
      for list in rule.lists {
        text += wrapped("    \(list.label): \(list.items.joined(separator: ", "))", "      ") + "\n"
      }
      text += "    rule: \(rule.id)\n\n"
    case .markdown:
      text += "- **\(escaped(message))**\(level) `\(rule.id)`\n"
      if !rule.reason.isEmpty { text += "  \(escaped(rule.reason))\n" }
      for (example, fixed) in wrong {
        text += "  - wrong: \(code(shown(example)))\(fixed.map { " → \(code(shown($0)))" } ?? "")\n"
      }
      for example in right { text += "  - right: \(code(shown(example)))\n" }
      for list in rule.lists {
        text += "  - \(list.label): \(escaped(list.items.joined(separator: ", ")))\n"
      }
      text += "\n"
    case .html:
      text += "<ul><li><b>\(escaped(message))</b>\(level) <small>\(rule.id)</small>"
      if !rule.reason.isEmpty { text += "<br>\(escaped(rule.reason))" }
      for (example, fixed) in wrong {
        text += "<br><span class=\"wrong\">✗ \(code(shown(example)))</span>"
        text += fixed.map { " → \(code(shown($0)))" } ?? ""
      }
      for example in right {
        text += "<br><span class=\"right\">✓ \(code(shown(example)))</span>"
      }
      for list in rule.lists {
        text += "<br><small>\(list.label): \(escaped(list.items.joined(separator: ", ")))</small>"
      }
      text += "</li></ul>\n"
    }
  }

  mutating func end() { if form == .html { text += "</body></html>\n" } }

  /// An example with what must be known of its clip.
  private func shown(_ example: Rule.Examples.Example) -> String {
    let duration = example.duration.map { OccurrenceCheck.shown($0.seconds) }
    return shown(example.text) + (duration.map { " (in a clip of \($0) s)" } ?? "")
  }

  /// An example on one line, short, with what cannot be seen made visible.
  private func shown(_ example: String) -> String {
    guard !example.isEmpty else { return "(nothing)" }
    let scalars = Array(example.unicodeScalars)
    let line = scalars.indices.map { index -> String in
      let before = index > 0 ? scalars[index - 1] : "\n"
      let after = index + 1 < scalars.count ? scalars[index + 1] : "\n"
      return switch scalars[index] {
      case "\n": "⏎"
      case "\t": "⇥"
      case " " where [" ", "\n"].contains(before) || [" ", "\n"].contains(after): "␠"
      case let scalar where scalar.properties.generalCategory == .control: "␣"
      case let scalar where Code(scalar) == 0x200B: "␣"
      case let scalar: String(scalar)
      }
    }.joined()
    return line.count <= 90 ? line : line.prefix(89) + "…"
  }

  private func code(_ line: String) -> String {
    guard form == .markdown else { return "<code>\(escaped(line))</code>" }
    return line.contains("`") ? "`` \(line) ``" : "`\(line)`"
  }

  private func escaped(_ words: String) -> String {
    switch form {
    case .text: words
    case .markdown:
      words.map { "\\`*_[]<>#".contains($0) ? "\\\($0)" : String($0) }.joined()
    case .html:
      words.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
  }

  /// `words` in lines of at most 80 characters, all but the first after `indent`.
  private func wrapped(_ words: String, _ indent: String) -> String {
    guard form == .text else { return words }
    let start = words.prefix { $0 == " " }
    var lines = [String(start)]
    for word in words.split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.count + word.count + 1 > 80 {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] = last.allSatisfy { $0 == " " } ? last + word : last + " " + word
      }
    }
    return lines.joined(separator: "\n")
  }
}
