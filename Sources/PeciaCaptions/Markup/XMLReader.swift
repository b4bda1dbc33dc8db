/// What is wrong with an XML document.
struct XMLFault: Error {
  var line: Int
  var reason: String
}

/// A small strict reader of XML 1.0 with namespaces.
///
/// It knows elements, attributes, text, CDATA, comments, processing instructions and the
/// references that need no declaration. Document types are refused, so there are no entities to
/// expand and nothing to fetch; so is nesting deeper than any caption file has.
struct XMLReader {
  static let xmlNamespace = "http://www.w3.org/XML/1998/namespace"
  private static let deepest = 200

  private let bytes: [UInt8]
  private var index = 0
  private var line = 1

  /// Elements that are open, with the prefixes that they declare.
  private var open: [(element: XMLElement, tag: ArraySlice<UInt8>, prefixes: [String: String])] = []
  private var root: XMLElement?

  /// Reads a whole document.
  static func document(_ text: String) throws(XMLFault) -> XMLElement {
    var reader = XMLReader(text)
    return try reader.document()
  }

  private init(_ text: String) { bytes = Array(text.utf8) }

  private func fault(_ reason: String) -> XMLFault { XMLFault(line: line, reason: reason) }

  private mutating func document() throws(XMLFault) -> XMLElement {
    if starts("\u{FEFF}") { index += 3 }
    if starts("<?xml"), index + 5 < bytes.count, Self.isBlank(bytes[index + 5]) {
      try skip(past: "?>", "the XML declaration")
    }
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "<") {
        try markup()
      } else {
        try text()
      }
    }
    if let last = open.last {
      throw XMLFault(
        line: last.element.line,
        reason: "the element ‘\(String(decoding: last.tag, as: UTF8.self))’ is never closed")
    }
    guard let root else { throw fault("there is no element in this file") }
    return root
  }

  // MARK: Bytes

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  private static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A) || byte == 0x5F || byte >= 0x80
  }

  private static func isName(_ byte: UInt8) -> Bool {
    isNameStart(byte) || (byte >= 0x30 && byte <= 0x3A) || byte == 0x2D || byte == 0x2E
  }

  private func starts(_ text: StaticString) -> Bool {
    guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { buffer in
      for offset in 0..<buffer.count where bytes[index + offset] != buffer[offset] { return false }
      return true
    }
  }

  private mutating func step() {
    if bytes[index] == 0x0A { line += 1 }
    index += 1
  }

  private mutating func skipBlanks() {
    while index < bytes.count, Self.isBlank(bytes[index]) { step() }
  }

  /// Moves behind `end`; what stands before it is given back.
  @discardableResult
  private mutating func skip(past end: StaticString, _ what: String) throws(XMLFault)
    -> ArraySlice<UInt8>
  {
    let (from, first) = (index, line)
    while index < bytes.count {
      if starts(end) {
        let inside = bytes[from..<index]
        index += end.utf8CodeUnitCount
        return inside
      }
      step()
    }
    throw XMLFault(line: first, reason: "\(what) never ends")
  }

  private mutating func name() throws(XMLFault) -> ArraySlice<UInt8> {
    let from = index
    guard index < bytes.count, Self.isNameStart(bytes[index]) else {
      throw fault("a name is missing behind ‘<’ or in a tag")
    }
    while index < bytes.count, Self.isName(bytes[index]) { index += 1 }
    return bytes[from..<index]
  }

  // MARK: Markup

  private mutating func markup() throws(XMLFault) {
    if starts("<!--") {
      index += 4
      try skip(past: "-->", "a comment")
    } else if starts("<![CDATA[") {
      index += 9
      try append(String(decoding: try skip(past: "]]>", "a CDATA section"), as: UTF8.self))
    } else if starts("<!") {
      throw fault("document types are refused: take out the line that begins with ‘<!’")
    } else if starts("<?") {
      index += 2
      try skip(past: "?>", "a processing instruction")
    } else if starts("</") {
      index += 2
      try endTag()
    } else {
      index += 1
      try startTag()
    }
  }

  private mutating func endTag() throws(XMLFault) {
    let tag = try name()
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else {
      throw fault("the end tag ‘\(String(decoding: tag, as: UTF8.self))’ lacks its ‘>’")
    }
    index += 1
    guard let last = open.popLast(), last.tag.elementsEqual(tag) else {
      throw fault("‘</\(String(decoding: tag, as: UTF8.self))>’ closes nothing that is open")
    }
    close(last.element)
  }

  private mutating func close(_ element: XMLElement) {
    if open.isEmpty {
      root = element
    } else {
      open[open.count - 1].element.children.append(.element(element))
    }
  }

  private mutating func startTag() throws(XMLFault) {
    guard root == nil || !open.isEmpty else { throw fault("there is a second outermost element") }
    guard open.count < Self.deepest else { throw fault("elements are nested too deep") }
    let at = line
    let tag = try name()
    var stated: [(name: String, value: String)] = []
    var names: Set<String> = []
    while true {
      let before = index
      skipBlanks()
      guard index < bytes.count else { throw fault("a tag never ends") }
      if bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "/") { break }
      guard index > before else { throw fault("a blank is missing between two attributes") }
      let attribute = try attribute()
      guard names.insert(attribute.name).inserted else {
        throw fault("the attribute ‘\(attribute.name)’ stands twice in one tag")
      }
      stated.append(attribute)
    }
    let isEmpty = bytes[index] == UInt8(ascii: "/")
    index += 1
    if isEmpty {
      guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else {
        throw fault("‘/’ stands in a tag, but not at its end")
      }
      index += 1
    }
    try begin(tag, stated, isEmpty: isEmpty, line: at)
  }

  private mutating func begin(
    _ tag: ArraySlice<UInt8>, _ stated: [(name: String, value: String)], isEmpty: Bool, line: Int
  ) throws(XMLFault) {
    var prefixes = open.last?.prefixes ?? ["xml": Self.xmlNamespace]
    for (name, value) in stated {
      if name == "xmlns" { prefixes[""] = value }
      if name.hasPrefix("xmlns:") { prefixes[String(name.dropFirst(6))] = value }
    }
    var element = XMLElement(
      name: try resolved(String(decoding: tag, as: UTF8.self), prefixes, isAttribute: false),
      line: line)
    for (name, value) in stated where name != "xmlns" && !name.hasPrefix("xmlns:") {
      element.attributes[try resolved(name, prefixes, isAttribute: true)] = value
    }
    if isEmpty {
      close(element)
    } else {
      open.append((element, tag, prefixes))
    }
  }

  private func resolved(_ name: String, _ prefixes: [String: String], isAttribute: Bool)
    throws(XMLFault) -> XMLName
  {
    let parts = name.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count <= 2, !parts.contains("") else {
      throw fault("‘\(name)’ is no name with one prefix")
    }
    guard parts.count == 2 else {
      return XMLName(namespace: isAttribute ? "" : prefixes[""] ?? "", local: name)
    }
    guard let namespace = prefixes[String(parts[0])] else {
      throw fault("the prefix ‘\(parts[0])’ is not declared")
    }
    return XMLName(namespace: namespace, local: String(parts[1]))
  }

  private mutating func attribute() throws(XMLFault) -> (name: String, value: String) {
    let name = String(decoding: try name(), as: UTF8.self)
    skipBlanks()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      throw fault("the attribute ‘\(name)’ has no value")
    }
    index += 1
    skipBlanks()
    guard index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 else {
      throw fault("the value of ‘\(name)’ has no quotes")
    }
    let quote = bytes[index]
    index += 1
    let from = index
    while index < bytes.count, bytes[index] != quote {
      guard bytes[index] != UInt8(ascii: "<") else {
        throw fault("‘<’ stands in the value of ‘\(name)’")
      }
      step()
    }
    guard index < bytes.count else { throw fault("the value of ‘\(name)’ never ends") }
    let raw = bytes[from..<index].map { Self.isBlank($0) ? 0x20 : $0 }
    index += 1
    return (name, try plain(raw[...]))
  }

  // MARK: Text

  private mutating func text() throws(XMLFault) {
    let from = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
      if starts("]]>") { throw fault("‘]]>’ stands in text") }
      step()
    }
    try append(try plain(bytes[from..<index]))
  }

  private mutating func append(_ text: String) throws(XMLFault) {
    guard !open.isEmpty else {
      guard text.utf8.allSatisfy(Self.isBlank) else {
        throw fault("there is text outside the outermost element")
      }
      return
    }
    if text.unicodeScalars.contains(where: XMLText.isForbidden) {
      throw fault("there is a control character that XML does not allow")
    }
    open[open.count - 1].element.children.append(.text(text))
  }

  /// Bytes with their references replaced.
  private func plain(_ raw: ArraySlice<UInt8>) throws(XMLFault) -> String {
    guard raw.contains(UInt8(ascii: "&")) else { return String(decoding: raw, as: UTF8.self) }
    var output: [UInt8] = []
    var rest = raw
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&") else {
        output.append(byte)
        continue
      }
      let name = rest.prefix(12).prefix { $0 != UInt8(ascii: ";") }
      guard name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: ";"),
        let text = Self.character(String(decoding: name, as: UTF8.self))
      else { throw fault("‘&’ begins no reference that XML knows; write ‘&amp;’") }
      output += text.utf8
      rest = rest[(name.endIndex + 1)...]
    }
    return String(decoding: output, as: UTF8.self)
  }

  private static func character(_ name: String) -> String? {
    switch name {
    case "amp": return "&"
    case "lt": return "<"
    case "gt": return ">"
    case "quot": return "\""
    case "apos": return "'"
    default: break
    }
    guard name.hasPrefix("#") else { return nil }
    let digits = name.dropFirst()
    let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    guard let scalar = value.flatMap(Unicode.Scalar.init), !XMLText.isForbidden(scalar) else {
      return nil
    }
    return String(scalar)
  }
}
