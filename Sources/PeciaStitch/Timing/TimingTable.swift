import Foundation

/// What the word timer knows of a language: its spelling, and how its units sound.
///
/// A table is a text. Its head is written by hand: `language`, `letters`, `vowels`, one `unit NAME
/// FRAMES STATES` a unit with the least frames that it lasts and the mixtures that it passes
/// through, `rule`, `word` and `letter` lines (see `Spelling`). Behind it stand the lines that
/// `pecia-train` writes: `about`, `limit NAME VALUE`, and one `mixture UNIT STATE NUMBERS` a
/// mixture, whose numbers are bytes in base64.
public struct TimingTable: Sendable {
  /// A unit of sound: about a phone.
  package struct Unit: Sendable, Hashable {
    package var name: String
    /// The least number of frames that it lasts.
    package var frames: Int
    /// The row of its first mixture, and how many follow each other.
    package var rows: Range<Int>
  }

  public var language: String
  /// What it was trained on.
  public package(set) var about: String
  package var units: [Unit]
  var spelling: Spelling
  package var model: AcousticModel
  /// The bounds of the check of a text against its sound, by name.
  package var limits: [String: Double]
  /// The hand-written part, as it stood in the file.
  package var head: String
  /// Whether it was learnt from the very recording that it times.
  package var isLearnt = false

  package var rowCount: Int { units.last?.rows.upperBound ?? 0 }

  /// The unit that stands for pauses.
  package static let silence = "_"
  package var silenceUnit: Int { units.firstIndex { $0.name == Self.silence } ?? 0 }

  /// The language code for any language: its table knows broad classes of sound alone.
  public static let anyLanguage = "und"
  /// Whether this is the table for any language.
  var isBroad: Bool { language == Self.anyLanguage }
  /// How far the gap of a text that belongs to its sound lies under the one backwards.
  ///
  /// A sound and a text belong together if the gap is under so much of the one backwards (see
  /// `TextContrast`). Another language than the table's lies from 0.76 on; for the broad table no
  /// language is another one, and noise takes it to 0.9. What was learnt from the recording itself
  /// lies under 0.65 where there is something to learn, and over 0.92 for noise, music and other
  /// texts.
  var likelyShare: Double { isLearnt ? 0.8 : isBroad ? 0.92 : 0.85 }
  /// The same where half a minute of speech and more was compared: read English lies under 0.6 with
  /// a tenth of its words wrong, and read French, taken for it, at 0.76.
  var sureShare: Double { isBroad ? likelyShare : 0.7 }

  /// The table that the program ships for a language code (`en`, `en-GB`); nil where it has none.
  public static func shipped(for language: String) throws -> TimingTable? {
    let code = language.lowercased().prefix { $0.isLetter }
    guard let text = EmbeddedTexts.all["\(code).table"] else { return nil }
    let table = try TimingTable(text: text, file: "\(code).table")
    return table.model.isEmpty ? nil : table
  }
}

extension TimingTable {
  /// Reads a table.
  ///
  /// - Throws: `StitchError.malformedTable`, which names the line.
  public init(text: String, file: String = "table") throws {
    var reader = Reader(file: file)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      try reader.read(line)
    }
    self = try reader.table()
  }

  /// The table as a text that `init(text:)` reads.
  package var text: String {
    var lines = [head, "about \(about)"]
    lines += limits.sorted { $0.key < $1.key }.map { "limit \($0.key) \(Self.decimal($0.value))" }
    for unit in units {
      for (state, row) in unit.rows.enumerated() {
        lines.append(
          "mixture \(unit.name) \(state) \(model.bytes(ofRow: row).base64EncodedString())")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func decimal(_ value: Double) -> String {
    String(format: "%.4f", locale: Locale(identifier: "en_US_POSIX"), value)
  }

  /// Takes a table's lines one by one.
  private struct Reader {
    let file: String
    var line = 0
    var language = ""
    var about = ""
    var letters = ""
    var vowels = ""
    var units: [Unit] = []
    var spelling: Spelling?
    var mixtures: [Int: Data] = [:]
    var limits: [String: Double] = [:]
    var head: [Substring] = []

    mutating func read(_ text: Substring) throws {
      line += 1
      let parts = text.split(separator: " ", maxSplits: 1)
      let rest = parts.count > 1 ? parts[1] : ""
      switch parts.first {
      case nil: head.append(text)
      case "about": about = String(rest)
      case "limit": try readLimit(rest)
      case "mixture": try readMixture(rest)
      default:
        head.append(text)
        try readHead(parts[0], rest)
      }
    }

    private mutating func readHead(_ kind: Substring, _ rest: Substring) throws {
      switch kind {
      case _ where kind.hasPrefix("//"): break
      case "language": language = String(rest)
      case "letters": letters = String(rest)
      case "vowels": vowels = String(rest)
      case "unit":
        let parts = rest.split(separator: " ")
        guard parts.count == 3, let frames = Int(parts[1]), let states = Int(parts[2]),
          (1...9).contains(frames), (1...frames).contains(states), units.count < 200
        else { throw fault("‘unit NAME FRAMES STATES’ is meant") }
        let first = units.last?.rows.upperBound ?? 0
        units.append(
          Unit(name: String(parts[0]), frames: frames, rows: first..<first + states))
      case "rule":
        let (place, units) = try entry(rest)
        let rule = try rule(place, units)
        spelling?.add(rule: rule)
      case "word":
        let (word, units) = try entry(rest)
        spelling?.add(word: String(word), units: units)
      case "letter":
        let (letter, units) = try entry(rest)
        guard let letter = letter.first else { throw fault("a letter is missing") }
        spelling?.add(letter: letter, units: units)
      default: throw fault("‘\(kind)’ is none of a table's lines")
      }
    }

    /// The two sides of an equals sign; the first entry of a table begins its spelling.
    private mutating func entry(_ text: Substring) throws -> (Substring, [UInt8]) {
      if spelling == nil { spelling = Spelling(letters: letters, vowels: vowels) }
      let sides = text.split(separator: " = ", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2 || text.hasSuffix(" =") else { throw fault("‘… = UNITS’ is meant") }
      let units = try (sides.count == 2 ? sides[1] : "").split(separator: " ").map { name in
        guard let unit = self.units.firstIndex(where: { $0.name == name }) else {
          throw fault("‘\(name)’ is no unit")
        }
        return UInt8(unit)
      }
      return (sides.count == 2 ? sides[0] : text.dropLast(2), units)
    }

    private func rule(_ text: Substring, _ units: [UInt8]) throws -> Spelling.Rule {
      guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close
      else { throw fault("a rule is ‘left(letters)right = units’") }
      let letters = text[text.index(after: open)..<close]
      guard !letters.isEmpty else { throw fault("the rule has no letters") }
      return Spelling.Rule(
        left: text[..<open].reversed(), letters: Array(letters),
        right: Array(text[text.index(after: close)...]), units: units)
    }

    private mutating func readLimit(_ rest: Substring) throws {
      let parts = rest.split(separator: " ")
      guard parts.count == 2, let value = Double(parts[1]) else {
        throw fault("‘limit NAME VALUE’ is meant")
      }
      limits[String(parts[0])] = value
    }

    private mutating func readMixture(_ rest: Substring) throws {
      let parts = rest.split(separator: " ")
      guard parts.count == 3, let unit = units.first(where: { $0.name == parts[0] }),
        let state = Int(parts[1]), unit.rows.indices.contains(unit.rows.lowerBound + state),
        let data = Data(base64Encoded: String(parts[2]))
      else { throw fault("‘mixture UNIT STATE NUMBERS’ is meant") }
      mixtures[unit.rows.lowerBound + state] = data
    }

    func table() throws -> TimingTable {
      guard let spelling, units.contains(where: { $0.name == TimingTable.silence }) else {
        throw fault("there is no spelling, or no unit ‘\(TimingTable.silence)’")
      }
      let rows = units.last?.rows.upperBound ?? 0
      guard mixtures.isEmpty || mixtures.count == rows else {
        throw fault("\(rows - mixtures.count) mixtures are missing")
      }
      guard let model = AcousticModel(bytes: (0..<rows).compactMap { mixtures[$0] }) else {
        throw fault("a mixture has the wrong length")
      }
      return TimingTable(
        language: language, about: about, units: units, spelling: spelling, model: model,
        limits: limits, head: head.joined(separator: "\n").trimmingCharacters(in: .newlines))
    }

    private func fault(_ reason: String) -> StitchError {
      .malformedTable(reason: "\(file):\(line): \(reason)")
    }
  }
}
