/// A table of texts: TSV or CSV with a header, read row by row with the line that each began on.
public struct Table: Sendable {
  public struct Row: Hashable, Sendable {
    /// The line in the file where the row begins, from 1.
    public var line: Int
    public var fields: [String]
  }
  public var header: [String]
  public var rows: [Row]

  /// Reads `text`; the columns are parted by tabs if its first line holds one, else by commas.
  ///
  /// Fields in double quotes may hold line ends, the separator, and quotes written twice, as in
  /// RFC 4180. In a TSV a quote that does not close a whole field is an ordinary character.
  ///
  /// - Parameters:
  ///   - text: the whole file.
  ///   - file: its name, for messages.
  ///   - header: the column names of a file that has none of its own.
  /// - Throws: `StitchError.malformedTable` with file and line.
  public init(_ text: String, file: String, header: [String]? = nil) throws {
    var scanner = TableScanner(text: text, file: file)
    var rows: [Row] = []
    while let row = try scanner.next() { rows.append(row) }
    if let header {
      self.header = header
      // The header may stand in the file all the same.
      if rows.first.map({ Array($0.fields.prefix(header.count)) }) == header { rows.removeFirst() }
    } else {
      guard let first = rows.first else {
        throw StitchError.malformedTable(reason: "\(file): the table is empty")
      }
      self.header = first.fields
      rows.removeFirst()
    }
    self.rows = rows
    for row in rows where row.fields.count < self.header.count {
      throw StitchError.malformedTable(
        reason: "\(file):\(row.line): \(row.fields.count) of \(self.header.count) columns")
    }
  }

  /// The place of the column called `name`.
  public func column(_ name: String, file: String) throws -> Int {
    let places = header.indices.filter { header[$0] == name }
    guard let place = places.first else {
      throw StitchError.malformedTable(
        reason: "\(file):1: no column ‘\(name)’; there are "
          + header.map { "‘\($0)’" }.joined(separator: ", "))
    }
    guard places.count == 1 else {
      throw StitchError.malformedTable(reason: "\(file):1: two columns are called ‘\(name)’")
    }
    return place
  }

  /// A field as it stands in a TSV: in quotes where it holds a tab, a line end or a leading quote.
  public static func field(_ text: String) -> String {
    guard text.first == "\"" || text.contains(where: { $0 == "\t" || $0.isNewline }) else {
      return text
    }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}

/// Walks a table's bytes once.
private struct TableScanner {
  let file: String
  let bytes: [UInt8]
  let separator: UInt8
  var index = 0
  var line = 1

  private enum Byte {
    static let quote = UInt8(ascii: "\"")
    static let newline = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
    static let tab = UInt8(ascii: "\t")
  }

  init(text: String, file: String) {
    self.file = file
    var bytes = Array(text.utf8)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    self.bytes = bytes
    let first = bytes.prefix { $0 != Byte.newline && $0 != Byte.carriageReturn }
    separator = first.contains(Byte.tab) ? Byte.tab : UInt8(ascii: ",")
  }

  /// The next row that is not empty.
  mutating func next() throws -> Table.Row? {
    while index < bytes.count, endsLine(index) { skipLineEnd() }
    guard index < bytes.count else { return nil }
    var row = Table.Row(line: line, fields: [])
    while true {
      row.fields.append(try field())
      if index < bytes.count, bytes[index] == separator {
        index += 1
        continue
      }
      if index < bytes.count { skipLineEnd() }
      return row
    }
  }

  private func endsLine(_ index: Int) -> Bool {
    bytes[index] == Byte.newline || bytes[index] == Byte.carriageReturn
  }

  private mutating func skipLineEnd() {
    if bytes[index] == Byte.carriageReturn, index + 1 < bytes.count,
      bytes[index + 1] == Byte.newline
    {
      index += 1
    }
    index += 1
    line += 1
  }

  private mutating func field() throws -> String {
    if index < bytes.count, bytes[index] == Byte.quote, let field = try quoted() { return field }
    let start = index
    while index < bytes.count, bytes[index] != separator, !endsLine(index) { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  /// A field in quotes; nil, with nothing read, where a TSV's quote is an ordinary character.
  private mutating func quoted() throws -> String? {
    var content: [UInt8] = []
    var (place, lines) = (index + 1, 0)
    while place < bytes.count {
      if bytes[place] != Byte.quote {
        if bytes[place] == Byte.newline { lines += 1 }
        content.append(bytes[place])
        place += 1
        continue
      }
      if place + 1 < bytes.count, bytes[place + 1] == Byte.quote {
        content.append(Byte.quote)
        place += 2
        continue
      }
      if place + 1 == bytes.count || bytes[place + 1] == separator || endsLine(place + 1) {
        index = place + 1
        line += lines
        return String(decoding: content, as: UTF8.self)
      }
      break
    }
    if separator == Byte.tab { return nil }
    throw StitchError.malformedTable(
      reason: place == bytes.count
        ? "\(file):\(line): a quote is opened here and never closed"
        : "\(file):\(line + lines): text goes on behind a closing quote")
  }
}
