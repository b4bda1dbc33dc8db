import Yams

/// A piece of a guide's YAML, with the place where it stands.
struct Entry: Hashable, Sendable {
  indirect enum Value: Hashable, Sendable {
    /// `plain` is false where the text stands in quotes or in a block.
    case scalar(String, plain: Bool)
    case list([Entry])
    case map([Pair])
  }
  struct Pair: Hashable, Sendable {
    var key: Entry
    var value: Entry
  }
  var value: Value
  var place: StyleError.Place

  /// The text of a scalar; nil for lists and maps.
  var text: String? { if case .scalar(let text, _) = value { text } else { nil } }
  var list: [Entry]? { if case .list(let entries) = value { entries } else { nil } }
  var pairs: [Pair]? { if case .map(let pairs) = value { pairs } else { nil } }
  var isNull: Bool {
    if case .scalar(let text, plain: true) = value {
      ["", "~", "null"].contains(text)
    } else {
      false
    }
  }

  subscript(key: String) -> Entry? { pairs?.first { $0.key.text == key }?.value }

  func wrong(_ problem: String, _ remedy: String) -> StyleError {
    .wrong(at: place, problem: problem, remedy: remedy)
  }
}

extension Entry {
  /// How much a guide may hold: beyond it a file is no guide, but an attack or a mistake.
  static let mostBytes = 1_000_000
  static let mostEntries = 100_000
  static let deepest = 40

  /// Reads the YAML text of the guide file `file`.
  init(yaml: String, file: String) throws {
    let start = StyleError.Place(file: file, line: 1, column: 1)
    guard yaml.utf8.count <= Self.mostBytes else {
      throw StyleError.wrong(
        at: start, problem: "the file is larger than 1 MB", remedy: "a style guide is a short text")
    }
    if let place = Self.tooDeep(yaml, file: file) {
      throw StyleError.wrong(
        at: place, problem: "lists and maps stand too deep in one another",
        remedy: "at most \(Self.deepest) brackets may be open")
    }
    let node: Node?
    do { node = try Yams.compose(yaml: yaml) } catch let error as YamlError {
      throw Self.refusal(of: error, yaml: yaml, file: file)
    }
    guard let node else {
      throw StyleError.wrong(
        at: start, problem: "the file is empty", remedy: "begin with ‘name: …’ and ‘rules: …’")
    }
    var left = Self.mostEntries
    self = try Self.entry(node, at: start, depth: 0, left: &left)
  }

  /// Where more brackets are open than a guide ever needs; nil where all is well.
  private static func tooDeep(_ yaml: String, file: String) -> StyleError.Place? {
    var (line, column, open) = (1, 0, 0)
    for byte in yaml.utf8 {
      column += 1
      switch byte {
      case UInt8(ascii: "\n"): (line, column, open) = (line + 1, 0, open)
      case UInt8(ascii: "["), UInt8(ascii: "{"): open += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open = max(0, open - 1)
      default: break
      }
      if open > 400 || column > 100_000 {
        return StyleError.Place(file: file, line: line, column: column)
      }
    }
    return nil
  }

  private static func entry(
    _ node: Node, at outer: StyleError.Place, depth: Int, left: inout Int
  ) throws -> Entry {
    let place =
      node.mark.map { StyleError.Place(file: outer.file, line: $0.line, column: $0.column) }
      ?? outer
    left -= 1
    guard left > 0, depth < deepest else {
      throw StyleError.wrong(
        at: place, problem: "the guide is too large or too deep when its aliases are written out",
        remedy: "use fewer aliases (*name)")
    }
    switch node {
    case .scalar(let scalar):
      return Entry(value: .scalar(scalar.string, plain: scalar.style == .plain), place: place)
    case .sequence(let sequence):
      return Entry(
        value: .list(
          try sequence.map { try entry($0, at: place, depth: depth + 1, left: &left) }),
        place: place)
    case .mapping(let mapping):
      return Entry(
        value: .map(
          try mapping.map { key, value in
            Pair(
              key: try entry(key, at: place, depth: depth + 1, left: &left),
              value: try entry(value, at: place, depth: depth + 1, left: &left))
          }), place: place)
    case .alias:
      throw StyleError.wrong(
        at: place, problem: "an alias (*name) stands for nothing",
        remedy: "name the piece with &name before it is used")
    }
  }

  private static func refusal(of error: YamlError, yaml: String, file: String) -> StyleError {
    func wrong(_ mark: Mark?, _ problem: String, _ remedy: String) -> StyleError {
      .wrong(
        at: .init(file: file, line: mark?.line ?? 1, column: mark?.column ?? 1),
        problem: problem, remedy: remedy)
    }
    let remedy = "check the indentation, the quotes and the colons there"
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
      return wrong(mark, "this is not YAML: \(problem)", remedy)
    case .composer(_, let problem, let mark, _):
      return wrong(
        mark, "this is not YAML: \(problem)",
        problem.contains("document")
          ? "a guide is one document: take out the line ‘---’" : remedy)
    case .duplicatedKeysInMapping(let keys, let context):
      return wrong(
        context.mark, "the key ‘\(keys.first ?? "")’ stands twice here", "leave one of the two")
    case .reader(let problem, let offset, _, _):
      let before = yaml.utf8.prefix(offset ?? 0)
      let line = 1 + before.count { $0 == UInt8(ascii: "\n") }
      return .wrong(
        at: .init(file: file, line: line, column: 1),
        problem: "a character cannot stand in YAML (\(problem))",
        remedy: "write it as an escape in double quotes, such as \"\\u200B\"")
    default: return wrong(nil, "this is not YAML: \(error)", remedy)
    }
  }
}
