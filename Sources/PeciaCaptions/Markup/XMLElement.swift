/// A name with the namespace that its prefix stands for; empty for none.
struct XMLName: Hashable {
  var namespace: String
  var local: String
}

/// An element of an XML document with all that it holds.
struct XMLElement {
  enum Child {
    case element(XMLElement)
    case text(String)
  }
  var name: XMLName
  var attributes: [XMLName: String] = [:]
  var children: [Child] = []
  /// The line of its start tag, from 1.
  var line: Int

  /// The attribute of that local name, in whatever namespace but that of `xml:`.
  func attribute(_ local: String) -> String? {
    if let value = attributes[XMLName(namespace: "", local: local)] { return value }
    return attributes.first {
      $0.key.local == local && $0.key.namespace != XMLReader.xmlNamespace
    }?.value
  }

  /// `xml:lang`, `xml:id`, `xml:space`.
  func xml(_ local: String) -> String? {
    attributes[XMLName(namespace: XMLReader.xmlNamespace, local: local)]
  }

  var elements: [XMLElement] {
    children.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  func elements(_ local: String) -> [XMLElement] { elements.filter { $0.name.local == local } }

  /// All text inside, in order.
  var text: String {
    children.map { child in
      switch child {
      case .text(let text): text
      case .element(let element): element.text
      }
    }.joined()
  }
}
