import Foundation
import PeciaCore
import Testing

@testable import PeciaCaptions

/// What is written as TTML holds nothing that the standards do not have, in their order.
///
/// The tables say what EBU Tech 3380 (EBU-TT-D) and IMSC 1.1's text profile allow, as far as
/// captions need it: an element or attribute beyond them is a fault.
@Suite struct StrictTimedTextTests {
  private static let forms: [CaptionForm] = [.ttml, .ebuTTD]

  @Test(arguments: forms, 0..<20 as Range<UInt64>)
  func `transcripts by chance`(form: CaptionForm, seed: UInt64) throws {
    let rendered = render(Samples.chance(seed: seed), as: form, profile: try .named("netflix"))
    let found = try faults(of: rendered.text, form)
    #expect(found == [])
  }

  @Test(arguments: forms)
  func `no cue, one cue, and all that WebVTT can mark`(form: CaptionForm) throws {
    let marked = """
      WEBVTT

      00:01.000 --> 00:02.000 align:start
      <v Ann & Bob><i>one</i> <b>two <u>three</u></b> &lt;&amp;-->

      100:00:03.000 --> 100:00:04.000
      <lang he>שלום</lang> <c.yellow>four</c>  five\u{0}\u{FFFE}
      <lang fr-CA><ruby>six<rt>seven</rt></ruby></lang>

      100:00:04.000 --> 100:00:05.000
      <lang "><'&>eight</lang>
      """
    for text in ["WEBVTT\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n", marked] {
      let reading = try CaptionReading(Data(text.utf8), form: .vtt, file: "a.vtt")
      guard case .captions(let captions) = reading.content else {
        Issue.record("no captions")
        continue
      }
      let found = try faults(of: render(captions, as: form).text, form)
      #expect(found == [])
    }
  }

  @Test(arguments: [
    ("<tt:body>", "<tt:body begin=\"0s\">"), ("<tt:br/>", "<tt:br xml:id=\"a\"/>"),
    (" ttp:timeBase=\"media\"", ""), ("style=\"box\"", "style=\"bax\""),
    ("\" end=\"", "x\" end=\""), ("<tt:layout>", "<tt:layout><tt:region/>"),
    ("xml:id=\"cue2\"", "xml:id=\"cue1\""), ("</tt:div>", "</tt:div>and more"),
  ])
  func `a fault is seen`(right: String, wrong: String) throws {
    let text = render(Samples.evening, as: .ebuTTD, profile: try .named("netflix")).text
    try #require(text.contains(right) && (try faults(of: text, .ebuTTD)) == [])
    #expect(try faults(of: text.replacing(right, with: wrong), .ebuTTD) != [])
  }

  private func faults(of text: String, _ form: CaptionForm) throws -> [String] {
    var walk = Walk(form == .ebuTTD ? Walk.ebu : Walk.imsc)
    walk.visit(try XMLReader.document(text), in: "tt")
    walk.references()
    return walk.faults
  }
}

/// A walk over a document by a table of what may stand where.
private struct Walk {
  struct Rule {
    /// A pattern of the children's names, each behind a blank.
    var children = ""
    /// Whether it may hold words.
    var isMixed = false
    /// Attributes by their usual prefix; those with a `!` are required.
    var attributes = ""
  }
  let rules: [String: Rule]
  private(set) var faults: [String] = []
  private var ids: Set<String> = []
  private var wanted: [(id: String, kind: String)] = []
  private var kinds: [String: String] = [:]

  init(_ rules: [String: Rule]) { self.rules = rules }

  static let ebu: [String: Rule] = [
    "tt": Rule(
      children: " head( body)?",
      attributes: "xml:lang! ttp:timeBase! ttp:cellResolution xml:space"),
    "head": Rule(children: "( metadata)? styling layout"),
    "metadata": Rule(children: "( ebuttm:documentMetadata)?"),
    "ebuttm:documentMetadata": Rule(children: "( ebuttm:conformsToStandard)+"),
    "ebuttm:conformsToStandard": Rule(isMixed: true),
    "styling": Rule(children: "( style)+"),
    "style": Rule(
      attributes: """
        xml:id! tts:direction tts:fontFamily tts:fontSize tts:lineHeight tts:textAlign tts:color \
        tts:backgroundColor tts:fontStyle tts:fontWeight tts:textDecoration tts:unicodeBidi \
        tts:wrapOption
        """),
    "layout": Rule(children: "( region)+"),
    "region": Rule(
      attributes: """
        xml:id! tts:origin! tts:extent! style tts:displayAlign tts:padding tts:writingMode \
        tts:showBackground tts:overflow
        """),
    "body": Rule(children: "( div)+", attributes: "style"),
    "div": Rule(children: "( p)+", attributes: "xml:id region style xml:lang"),
    "p": Rule(
      children: "( br| span)*", isMixed: true,
      attributes: "xml:id! xml:space xml:lang region style begin end"),
    "span": Rule(
      children: "( br)*", isMixed: true, attributes: "xml:id xml:space xml:lang style begin end"),
    "br": Rule(),
  ]

  static let imsc: [String: Rule] = {
    let core = "xml:id xml:lang xml:space"
    let styled = """
       style region ttm:agent ttm:role tts:backgroundColor tts:color tts:direction tts:fontFamily \
      tts:fontSize tts:fontStyle tts:fontWeight tts:lineHeight tts:textAlign tts:textDecoration \
      tts:unicodeBidi
      """
    return [
      "tt": Rule(
        children: "( head)?( body)?",
        attributes: "xml:lang! ttp:contentProfiles! ttp:timeBase ttp:cellResolution tts:extent"),
      "head": Rule(children: "( metadata)*( styling)?( layout)?", attributes: core),
      "metadata": Rule(children: "( ttm:title)?( ttm:agent)*", attributes: core),
      "ttm:title": Rule(isMixed: true, attributes: core),
      "ttm:agent": Rule(children: "( ttm:name)+", attributes: core + " type!"),
      "ttm:name": Rule(isMixed: true, attributes: core + " type!"),
      "styling": Rule(children: "( style)*", attributes: core),
      "style": Rule(attributes: core + styled),
      "layout": Rule(children: "( region)*", attributes: core),
      "region": Rule(
        attributes: "xml:id! tts:origin! tts:extent! style tts:displayAlign tts:showBackground"),
      "body": Rule(children: "( div)*", attributes: core + styled),
      "div": Rule(children: "( div| p)*", attributes: core + styled),
      "p": Rule(
        children: "( br| span)*", isMixed: true, attributes: core + styled + " begin end"),
      "span": Rule(
        children: "( br| span)*", isMixed: true, attributes: core + styled + " begin end"),
      "br": Rule(attributes: core),
    ]
  }()

  private static let prefixes = [
    "": "", "http://www.w3.org/ns/ttml": "", "http://www.w3.org/ns/ttml#styling": "tts:",
    "http://www.w3.org/ns/ttml#parameter": "ttp:", "http://www.w3.org/ns/ttml#metadata": "ttm:",
    "urn:ebu:tt:metadata": "ebuttm:", XMLReader.xmlNamespace: "xml:",
  ]

  private static func name(_ name: XMLName) -> String {
    (prefixes[name.namespace] ?? "{\(name.namespace)}") + name.local
  }

  mutating func visit(_ element: XMLElement, in wanted: String? = nil) {
    let name = Self.name(element.name)
    let isRoot = wanted == nil || wanted == name
    guard let rule = rules[name], isRoot, name.contains(":") || !element.name.namespace.isEmpty
    else {
      faults.append("line \(element.line): no element ‘\(name)’")
      return
    }
    let children = element.elements.map { " " + Self.name($0.name) }.joined()
    if let pattern = try? Regex("(?:\(rule.children))"), children.wholeMatch(of: pattern) == nil {
      faults.append("line \(element.line): ‘\(name)’ holds\(children)")
    }
    let words = element.children.contains { child in
      if case .text(let text) = child { !text.allSatisfy(\.isWhitespace) } else { false }
    }
    if words, !rule.isMixed { faults.append("line \(element.line): ‘\(name)’ holds words") }
    attributes(of: element, name, rule)
    for child in element.elements { visit(child) }
  }

  private mutating func attributes(of element: XMLElement, _ name: String, _ rule: Rule) {
    let listed = rule.attributes.split(separator: " ")
    let known = Set(listed.map { $0.hasSuffix("!") ? String($0.dropLast()) : String($0) })
    var found: Set<String> = []
    for (key, value) in element.attributes {
      let attribute = Self.name(key)
      found.insert(attribute)
      if !known.contains(attribute) || !isValue(value, of: attribute, at: element, name) {
        faults.append("line \(element.line): ‘\(name)’ with \(attribute)=\"\(value)\"")
      }
    }
    for needed in listed where needed.hasSuffix("!") && !found.contains(String(needed.dropLast())) {
      faults.append("line \(element.line): ‘\(name)’ lacks \(needed.dropLast())")
    }
  }

  private mutating func isValue(
    _ value: String, of attribute: String, at element: XMLElement, _ name: String
  ) -> Bool {
    switch attribute {
    case "xml:id":
      kinds[value] = name
      return value.wholeMatch(of: /[A-Za-z_][\w.-]*/) != nil && ids.insert(value).inserted
    case "style", "region", "ttm:agent":
      let kind = attribute == "ttm:agent" ? "ttm:agent" : attribute
      let parts = value.split(separator: " ").map(String.init)
      wanted += parts.map { ($0, kind) }
      return !parts.isEmpty && (attribute == "style" || parts.count == 1)
    case "begin", "end": return value.wholeMatch(of: /\d\d+:[0-5]\d:[0-5]\d(\.\d+)?/) != nil
    case "xml:space": return ["preserve", "default"].contains(value)
    case "xml:lang": return value.isEmpty || value.wholeMatch(of: /[A-Za-z]{1,8}(-\w{1,8})*/) != nil
    case "ttp:timeBase": return value == "media"
    case "ttp:cellResolution": return value.wholeMatch(of: /\d+ \d+/) != nil
    case "ttp:contentProfiles":
      return value == "http://www.w3.org/ns/ttml/profile/imsc1.1/text"
    case "tts:origin", "tts:extent": return value.wholeMatch(of: /[\d.]+% [\d.]+%/) != nil
    case "tts:color", "tts:backgroundColor":
      return value.wholeMatch(of: /#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?/) != nil
    case "tts:direction": return ["ltr", "rtl"].contains(value)
    case "tts:fontStyle": return ["normal", "italic"].contains(value)
    case "tts:fontWeight": return ["normal", "bold"].contains(value)
    case "tts:textDecoration": return ["none", "underline"].contains(value)
    case "tts:textAlign": return ["left", "center", "right", "start", "end"].contains(value)
    case "tts:displayAlign": return ["before", "center", "after"].contains(value)
    case "tts:writingMode": return ["lrtb", "rltb", "tbrl", "tblr"].contains(value)
    case "tts:showBackground": return ["always", "whenActive"].contains(value)
    case "tts:lineHeight": return value == "normal" || value.wholeMatch(of: /[\d.]+%/) != nil
    case "tts:fontSize": return value.wholeMatch(of: /[\d.]+%/) != nil
    case "type":
      return ["person", "character", "group", "organization", "other", "alias"]
        .contains(value)
    default: return !value.isEmpty
    }
  }

  /// Checks that whatever is referred to is there, and is of the right kind.
  mutating func references() {
    for (id, kind) in wanted where kinds[id] != kind { faults.append("no \(kind) ‘\(id)’") }
  }
}
