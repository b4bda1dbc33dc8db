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
      for rule in rules { page.rule(rule) }
    }
    page.end()
    return page.text
  }

  /// The rules by the part of their id before the point, in the order of the guide.
  private var sections: [(name: String, rules: [Rule])] {
    var sections: [(name: String, rules: [Rule])] = []
    for rule in rules {
      let name = String(rule.id.split(separator: ".").first ?? "")
      if let index = sections.firstIndex(where: { $0.name == name }) {
        sections[index].rules.append(rule)
      } else {
        sections.append((name, [rule]))
      }
    }
    return sections.map { (Self.words($0.name), $0.rules) }
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

  mutating func rule(_ rule: Rule) {
    let message = Self.general(rule.message.template)
    let level = rule.level == .error ? "" : " (\(rule.level.rawValue))"
    let pairs = rule.examples.wrong.prefix(3).enumerated().map { index, example in
      (example.text, index < rule.examples.fixed.count ? rule.examples.fixed[index] : nil)
    }
    let right = rule.examples.right.prefix(2).map(\.text)
    switch form {
    case .text:
      text += wrapped("• \(message)\(level)", "  ") + "\n"
      if !rule.reason.isEmpty { text += wrapped("  \(rule.reason)", "  ") + "\n" }
      for example in right { text += "    right: \(shown(example))\n" }
      for (wrong, fixed) in pairs {
        text += "    wrong: \(shown(wrong))\(fixed.map { " → \(shown($0))" } ?? "")\n"
      }
      text += "    rule: \(rule.id)\n\n"
    case .markdown:
      text += "- **\(escaped(message))**\(level) `\(rule.id)`\n"
      if !rule.reason.isEmpty { text += "  \(escaped(rule.reason))\n" }
      for example in right { text += "  - right: \(code(example))\n" }
      for (wrong, fixed) in pairs {
        text += "  - wrong: \(code(wrong))\(fixed.map { " → \(code($0))" } ?? "")\n"
      }
      text += "\n"
    case .html:
      text += "<ul><li><b>\(escaped(message))</b>\(level) <small>\(rule.id)</small>"
      if !rule.reason.isEmpty { text += "<br>\(escaped(rule.reason))" }
      for example in right { text += "<br><span class=\"right\">✓ \(code(example))</span>" }
      for (wrong, fixed) in pairs {
        text += "<br><span class=\"wrong\">✗ \(code(wrong))</span>"
        text += fixed.map { " → \(code($0))" } ?? ""
      }
      text += "</li></ul>\n"
    }
  }

  mutating func end() { if form == .html { text += "</body></html>\n" } }

  /// A message without a text to speak of: what stands in braces becomes an ellipsis.
  private static func general(_ template: String) -> String {
    var text = ""
    var inside = false
    for character in template {
      switch character {
      case "{":
        inside = true
        text += "…"
      case "}": inside = false
      default: if !inside { text.append(character) }
      }
    }
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  /// An example on one line, short, with what cannot be seen made visible.
  private func shown(_ example: String) -> String {
    let line = example.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\n": return "⏎"
      case "\t": return "⇥"
      default:
        return scalar.properties.generalCategory == .control || Code(scalar) == 0x200B
          ? "␣" : String(scalar)
      }
    }.joined()
    return line.count <= 90 ? line : line.prefix(89) + "…"
  }

  private func code(_ example: String) -> String {
    let line = shown(example)
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
