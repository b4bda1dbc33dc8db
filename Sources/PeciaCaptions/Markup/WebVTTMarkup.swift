import PeciaCore

/// A WebVTT cue's text without its markup, and what the markup said.
///
/// The recommendation's cue text parser (section 6.4): tags that it does not know vanish, ends
/// that close nothing are passed over, what stays open ends with the cue.
struct WebVTTMarkup {
  private(set) var text = ""
  /// Empty where nothing is marked.
  private(set) var spans: [Span] = []
  /// The voice that all of the text has; nil where voices change or there is none.
  private(set) var speaker: String?

  private struct Node {
    var name: String
    var classes: [String]
    var annotation: String
  }

  private var open: [Node] = []
  private var time: Timestamp?
  private var stretch = ""

  init(_ source: String) {
    guard source.utf8.contains(where: { $0 == 0x3C || $0 == 0x26 }) else {
      text = source
      return
    }
    var rest = source.unicodeScalars[...]
    while let sign = rest.popFirst() {
      switch sign {
      case "<":
        let tag = rest.prefix { $0 != ">" }
        rest = rest[tag.endIndex...].dropFirst()
        take(String(tag))
      case "&": stretch += CharacterReference.take(&rest)
      default: stretch.unicodeScalars.append(sign)
      }
    }
    close()
    finish()
  }

  private mutating func finish() {
    text = spans.map(\.text).joined()
    let voices = Set(spans.filter { !$0.text.allSatisfy(\.isWhitespace) }.map(\.voice))
    if voices.count == 1, let voice = voices.first { speaker = voice }
    // One voice for the whole cue is its speaker, not markup.
    if speaker != nil {
      for index in spans.indices { spans[index].voice = nil }
    }
    if spans.allSatisfy(\.isPlain) {
      spans = []
    } else if let speaker {
      for index in spans.indices { spans[index].voice = speaker }
    }
  }

  /// Ends the stretch of text that has one look.
  private mutating func close() {
    guard !stretch.isEmpty else { return }
    var span = Span(stretch, time: time)
    for node in open {
      span.classes += node.classes
      switch node.name {
      case "b": span.style.insert(.bold)
      case "i": span.style.insert(.italic)
      case "u": span.style.insert(.underline)
      case "ruby": span.style.insert(.rubyBase)
      case "rt": span.style.insert(.rubyText)
      case "v": span.voice = node.annotation
      case "lang": span.language = node.annotation
      default: break
      }
    }
    if span.style.contains(.rubyText) { span.style.remove(.rubyBase) }
    spans.append(span)
    (stretch, time) = ("", nil)
  }

  private mutating func take(_ tag: String) {
    if tag.hasPrefix("/") {
      end(tag.dropFirst())
    } else if let first = tag.unicodeScalars.first, ("0"..."9").contains(first) {
      var scanner = ByteScanner(tag[...])
      guard let mark = WebVTTReader.time(&scanner), scanner.isAtEnd else { return }
      close()
      time = Timestamp(milliseconds: mark)
    } else {
      start(tag)
    }
  }

  private mutating func start(_ tag: String) {
    let parts = tag.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: \.isWhitespace)
    let names = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let name = names.first.map(String.init) ?? ""
    guard ["b", "i", "u", "c", "v", "lang", "ruby", "rt"].contains(name) else { return }
    if name == "rt", open.last?.name != "ruby" { return }
    close()
    var annotation = (parts.count > 1 ? String(parts[1]) : "").unicodeScalars[...]
    var plain = ""
    while let sign = annotation.popFirst() {
      if sign == "&" {
        plain += CharacterReference.take(&annotation)
      } else {
        plain.unicodeScalars.append(sign)
      }
    }
    open.append(
      Node(
        name: name, classes: names.dropFirst().filter { !$0.isEmpty }.map(String.init),
        annotation: plain.split(whereSeparator: \.isWhitespace).joined(separator: " ")))
  }

  private mutating func end(_ name: Substring) {
    let current = open.last?.name
    if name == "ruby", current == "rt" {
      close()
      open.removeLast(2)
    } else if let current, name == current {
      close()
      open.removeLast()
    }
  }
}

/// HTML's references to characters: `&amp;`, `&#233;`, `&eacute;`.
enum CharacterReference {
  /// The character that the reference at the front of `rest` (behind its `&`) stands for; a plain
  /// `&` where none stands there.
  static func take(_ rest: inout Substring.UnicodeScalarView) -> String {
    let name = rest.prefix(32).prefix {
      $0.isASCII && ($0.properties.isAlphabetic || $0.value < 0x3A && $0.value >= 0x30 || $0 == "#")
    }
    guard !name.isEmpty else { return "&" }
    let behind = rest[name.endIndex...]
    let isClosed = behind.first == ";"
    if let text = character(Substring(name)) ?? named[String(name)],
      isClosed || name.first == "#" || legacy.contains(String(name))
    {
      rest = isClosed ? behind.dropFirst() : behind
      return text
    }
    return "&"
  }

  private static func character(_ name: Substring) -> String? {
    guard name.first == "#" else { return nil }
    let digits = name.dropFirst()
    let isHex = digits.first == "x" || digits.first == "X"
    guard let value = isHex ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits) else {
      return nil
    }
    let scalar = value == 0 ? nil : Unicode.Scalar(value)
    return String(scalar ?? "\u{FFFD}")
  }

  private static let named: [String: String] = {
    var names = [
      "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
      "lrm": "\u{200E}", "rlm": "\u{200F}", "zwj": "\u{200D}", "zwnj": "\u{200C}",
      "hellip": "…", "mdash": "—", "ndash": "–", "lsquo": "‘", "rsquo": "’", "ldquo": "“",
      "rdquo": "”", "bull": "•", "euro": "€", "trade": "™", "laquo": "«", "raquo": "»",
      "OElig": "Œ", "oelig": "œ", "sung": "♪", "AMP": "&", "LT": "<", "GT": ">", "QUOT": "\"",
    ]
    let latin = """
      nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn \
      sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave \
      Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml \
      ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN \
      szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute \
      icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml \
      yacute thorn yuml
      """
    for (offset, name) in latin.split(separator: " ").enumerated() {
      if let scalar = Unicode.Scalar(0xA0 + UInt32(offset)) { names[String(name)] = String(scalar) }
    }
    return names
  }()

  /// Names that count without a semicolon too.
  private static let legacy: Set<String> = ["amp", "lt", "gt", "quot", "nbsp", "copy", "reg"]
}
