extension Editor {
  /// The place one character to the left; over the start of a line to the end of the one before.
  func left(of place: Place) -> Place {
    if place.column > 0 { return Place(line: place.line, column: place.column - 1) }
    guard place.line > 0 else { return place }
    return Place(line: place.line - 1, column: lines[place.line - 1].count)
  }

  func right(of place: Place) -> Place {
    if place.column < lines[place.line].count {
      return Place(line: place.line, column: place.column + 1)
    }
    guard place.line + 1 < lines.count else { return place }
    return Place(line: place.line + 1, column: 0)
  }

  /// The start of the word to the left, over blanks and signs.
  func wordStart(before place: Place) -> Place {
    guard place.column > 0 else { return left(of: place) }
    let line = lines[place.line]
    var column = place.column
    while column > 0, !line[column - 1].isInWord { column -= 1 }
    while column > 0, line[column - 1].isInWord { column -= 1 }
    return Place(line: place.line, column: column)
  }

  /// The end of the word to the right.
  func wordEnd(after place: Place) -> Place {
    let line = lines[place.line]
    guard place.column < line.count else { return right(of: place) }
    var column = place.column
    while column < line.count, !line[column].isInWord { column += 1 }
    while column < line.count, line[column].isInWord { column += 1 }
    return Place(line: place.line, column: column)
  }

  /// The part of a word that stands directly before the cursor; empty at a blank.
  var wordBeforeCursor: Range<Place> {
    let line = lines[cursor.line]
    var column = cursor.column
    while column > 0, line[column - 1].isInWord { column -= 1 }
    return Place(line: cursor.line, column: column)..<cursor
  }

  var lineStart: Place { Place(line: cursor.line, column: 0) }
  var lineEnd: Place { Place(line: cursor.line, column: lines[cursor.line].count) }

  /// The number of words, as blanks part them; labels, tags and marks count too.
  var wordCount: Int {
    lines.reduce(0) { sum, line in
      var count = 0
      var inside = false
      for character in line {
        let blank = character.isWhitespace
        if !blank, !inside { count += 1 }
        inside = !blank
      }
      return sum + count
    }
  }

  /// The speakers' labels in the order of their first appearance.
  var speakers: [String] {
    var seen: [String] = []
    for line in lines {
      if let name = Self.label(of: line), !seen.contains(name) { seen.append(name) }
    }
    return seen
  }

  /// The speaker who holds at the cursor; nil before the first label.
  var speakerAtCursor: String? {
    for line in lines[...cursor.line].reversed() {
      if let name = Self.label(of: line) { return name }
    }
    return nil
  }

  /// `Name` of a line that begins with `Name: `.
  private static func label(of line: [Character]) -> String? {
    guard let colon = line.prefix(61).firstIndex(of: ":"), colon > 0,
      colon + 1 == line.count || line[colon + 1].isWhitespace,
      line[0].isUppercase || line[0].isNumber || (line[0].isLetter && !line[0].isCased),
      line[..<colon].allSatisfy({ $0.isLetter || $0.isNumber || " .'’-_&#".contains($0) })
    else { return nil }
    return String(line[..<colon])
  }
}

extension Character {
  /// Whether the character belongs to words: letters, digits, and the signs inside them.
  var isInWord: Bool { isLetter || isNumber || self == "'" || self == "’" || self == "-" }
}
