import PeciaCore
import PeciaWorkflow

extension PlayerView {
  /// The workers' texts, two rows each, with the words marked that the reviewer's text lacks.
  mutating func drawVariants() {
    guard let review = player.clip?.task.review, !regions.variants.isEmpty else { return }
    let own = Self.words(of: player.editor.lines.map { String($0) }.joined(separator: " "))
    var row = regions.variants.lowerBound
    for (index, variant) in review.variants.enumerated() {
      guard row + 1 < regions.variants.upperBound else { break }
      drawVariant(variant, number: index + 1, against: own, row: row)
      row += 2
    }
    screen.fill("┄", .faint, row: regions.variants.upperBound - 1)
  }

  private mutating func drawVariant(
    _ variant: Variant, number: Int, against own: [Substring], row: Int
  ) {
    let words = Self.words(of: variant.text)
    let differs = Self.differing(words, from: own)
    let name = "\(number) \(variant.worker) ".fitted(to: 14)
    let start = screen.put(" \(name)", Look(.key, .bold), row: row, column: 0)
    // From a little before the first word that differs, so that it is in sight.
    let first = max((differs.firstIndex(of: true) ?? 0) - 6, 0)
    var (line, column) = (row, start)
    if first > 0 { column = screen.put("… ", .faint, row: line, column: column) }
    for index in words.indices.dropFirst(first) {
      let word = String(words[index])
      if column + word.columns >= player.columns {
        line += 1
        column = start
        guard line < row + 2 else { return }
      }
      let look = differs[index] ? Look(.warning, [.bold, .underlined]) : .plain
      column = screen.put(word, look, row: line, column: column) + 1
    }
  }

  private static func words(of text: String) -> [Substring] {
    text.split(whereSeparator: \.isWhitespace)
  }

  /// Which of `words` stand outside a longest common run of words with `other`.
  ///
  /// Case and signs at the ends of words do not count.
  static func differing(_ words: [Substring], from other: [Substring]) -> [Bool] {
    func key(_ word: Substring) -> String {
      word.lowercased().filter { $0.isLetter || $0.isNumber }
    }
    let (left, right) = (words.map(key), other.map(key))
    var differs = Array(repeating: true, count: left.count)
    let removed = Set(
      left.difference(from: right).insertions.compactMap { change -> Int? in
        if case .insert(let offset, _, _) = change { offset } else { nil }
      })
    for index in differs.indices {
      differs[index] = removed.contains(index) && !left[index].isEmpty
    }
    return differs
  }
}
