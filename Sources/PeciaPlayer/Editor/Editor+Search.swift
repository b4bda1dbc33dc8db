extension Editor {
  /// Where `needle` stands next, from `start` on and around the end; nil where it is nowhere.
  ///
  /// Case counts only where `needle` holds a capital.
  func next(_ needle: String, from start: Place) -> Range<Place>? {
    let needle = Needle(needle)
    guard !needle.isEmpty else { return nil }
    for step in 0...lines.count {
      let line = (start.line + step) % lines.count
      let first = step == 0 ? start.column : 0
      if let column = needle.column(in: lines[line], from: first) {
        return Place(line: line, column: column)..<Place(line: line, column: column + needle.count)
      }
    }
    return nil
  }

  /// How often `needle` stands in the text.
  func count(of needle: String) -> Int {
    let needle = Needle(needle)
    guard !needle.isEmpty else { return 0 }
    return lines.reduce(0) { sum, line in
      var (found, column) = (0, 0)
      while let place = needle.column(in: line, from: column) {
        found += 1
        column = place + needle.count
      }
      return sum + found
    }
  }

  /// Puts `replacement` everywhere in `needle`'s place, as one step; gives how often.
  mutating func replaceAll(_ needle: String, with replacement: String) -> Int {
    let parts = Needle(needle)
    guard !parts.isEmpty else { return 0 }
    let put = Array(replacement)
    var count = 0
    let changed = lines.map { line in
      var result: [Character] = []
      var column = 0
      while let place = parts.column(in: line, from: column) {
        result += line[column..<place] + put
        column = place + parts.count
        count += 1
      }
      return result + line[column...]
    }
    guard count > 0 else { return 0 }
    let place = cursor
    replace(.start..<end, with: changed.map { String($0) }.joined(separator: "\n"))
    move(to: place)
    return count
  }

  /// What is looked for; a line end in it is never found.
  private struct Needle {
    let characters: [Character]
    let minded: Bool
    var isEmpty: Bool { characters.isEmpty }
    var count: Int { characters.count }

    init(_ text: String) {
      minded = text.contains(where: \.isUppercase)
      characters = Array(text)
    }

    func column(in line: [Character], from start: Int) -> Int? {
      guard line.count >= count, start <= line.count - count else { return nil }
      return (start...(line.count - count)).first { column in
        for index in 0..<count where !same(line[column + index], characters[index]) {
          return false
        }
        return true
      }
    }

    private func same(_ left: Character, _ right: Character) -> Bool {
      left == right || (!minded && left.lowercased() == right.lowercased())
    }
  }
}
