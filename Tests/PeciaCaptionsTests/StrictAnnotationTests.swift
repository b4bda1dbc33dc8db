import PeciaCore
import Testing

@testable import PeciaCaptions

/// What is written for ELAN and Praat has their order, their counts and whole references.
@Suite struct StrictAnnotationTests {
  /// The parts that may stand in each element of EAF 3.0, behind a blank each, and its attributes.
  private static let eaf: [String: (children: String, attributes: Set<String>)] = [
    "ANNOTATION_DOCUMENT": (
      " HEADER TIME_ORDER( TIER)*( LINGUISTIC_TYPE)+( CONSTRAINT){4}",
      ["AUTHOR", "DATE", "FORMAT", "VERSION", "noNamespaceSchemaLocation"]
    ),
    "HEADER": ("( MEDIA_DESCRIPTOR)*( PROPERTY)*", ["MEDIA_FILE", "TIME_UNITS"]),
    "MEDIA_DESCRIPTOR": ("", ["MEDIA_URL", "MIME_TYPE", "RELATIVE_MEDIA_URL"]),
    "PROPERTY": ("", ["NAME"]),
    "TIME_ORDER": ("( TIME_SLOT)*", []),
    "TIME_SLOT": ("", ["TIME_SLOT_ID", "TIME_VALUE"]),
    "TIER": ("( ANNOTATION)*", ["LINGUISTIC_TYPE_REF", "PARTICIPANT", "TIER_ID"]),
    "ANNOTATION": (" ALIGNABLE_ANNOTATION", []),
    "ALIGNABLE_ANNOTATION": (
      " ANNOTATION_VALUE", ["ANNOTATION_ID", "TIME_SLOT_REF1", "TIME_SLOT_REF2"]
    ),
    "ANNOTATION_VALUE": ("", []),
    "LINGUISTIC_TYPE": ("", ["GRAPHIC_REFERENCES", "LINGUISTIC_TYPE_ID", "TIME_ALIGNABLE"]),
    "CONSTRAINT": ("", ["DESCRIPTION", "STEREOTYPE"]),
  ]

  /// The element and all within it, each of which may stand where it stands.
  private func checked(_ element: XMLElement) throws -> [XMLElement] {
    let name = element.name.local
    let rule = try #require(Self.eaf[name], "\(name)")
    let children = element.elements
    let names = children.map { " " + $0.name.local }.joined()
    #expect(try names.wholeMatch(of: Regex(rule.children)) != nil, "\(name) holds\(names)")
    #expect(Set(element.attributes.keys.map(\.local)) == rule.attributes, "\(name)")
    return try [element] + children.flatMap(checked)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `an EAF file has every part in its place and nothing that refers to nothing`(seed: UInt64)
    throws
  {
    let text = render(Samples.chance(seed: seed), as: .eaf, profile: try .named("netflix")).text
    let all = try checked(XMLReader.document(text))
    func named(_ name: String) -> [XMLElement] { all.filter { $0.name.local == name } }
    func values(_ attribute: String, of name: String) throws -> [String] {
      try named(name).map { element in
        try #require(element.attribute(attribute))
      }
    }
    let slots = try values("TIME_SLOT_ID", of: "TIME_SLOT")
    let times = try values("TIME_VALUE", of: "TIME_SLOT").map { try #require(Int($0)) }
    #expect(times == times.sorted() && times.allSatisfy { $0 >= 0 })
    let ids = slots + (try values("ANNOTATION_ID", of: "ALIGNABLE_ANNOTATION"))
    #expect(Set(ids).count == ids.count)
    let tiers = try values("TIER_ID", of: "TIER")
    #expect(Set(tiers).count == tiers.count)
    let types = try values("LINGUISTIC_TYPE_ID", of: "LINGUISTIC_TYPE")
    #expect(try values("LINGUISTIC_TYPE_REF", of: "TIER").allSatisfy(types.contains))
    let clock = Dictionary(uniqueKeysWithValues: zip(slots, times))
    for tier in named("TIER") {
      var last = 0
      for annotation in tier.elements.flatMap(\.elements) {
        let ends = try ["TIME_SLOT_REF1", "TIME_SLOT_REF2"].map { reference in
          let id = try #require(annotation.attribute(reference))
          return try #require(clock[id])
        }
        #expect(last <= ends[0] && ends[0] < ends[1])
        last = ends[1]
      }
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `a TextGrid's tiers are whole, and its counts right`(seed: UInt64) throws {
    let text = render(Samples.chance(seed: seed), as: .textGrid, profile: try .named("netflix"))
      .text
    let head =
      #/File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0 *\nxmax = ([\d.]+) *\ntiers\? <exists> *\nsize = (\d+) *\nitem \[\]: *\n/#
    let begun = try #require(text.prefixMatch(of: head))
    let end = try #require(Double(begun.1))
    let tier =
      #/ {4}item \[(\d+)\]: *\n {8}class = "IntervalTier" *\n {8}name = "(?:[^"]|"")*" *\n {8}xmin = 0 *\n {8}xmax = ([\d.]+) *\n {8}intervals: size = (\d+) *\n/#
    let interval =
      #/ {8}intervals \[(\d+)\]: *\n {12}xmin = ([\d.]+) *\n {12}xmax = ([\d.]+) *\n {12}text = "(?:[^"]|"")*" *\n/#
    var rest = text[begun.range.upperBound...]
    var tiers = 0
    while let found = rest.prefixMatch(of: tier) {
      tiers += 1
      #expect(Int(found.1) == tiers && Double(found.2) == end)
      rest = rest[found.range.upperBound...]
      var (count, last) = (0, 0.0)
      while let next = rest.prefixMatch(of: interval) {
        count += 1
        #expect(Int(next.1) == count && Double(next.2) == last)
        let upper = try #require(Double(next.3))
        #expect(upper > last)
        last = upper
        rest = rest[next.range.upperBound...]
      }
      #expect(Int(found.3) == count && last == end)
    }
    #expect(rest.isEmpty && Int(begun.2) == tiers, "left: \(rest.prefix(200))")
  }
}
