import Foundation

/// Words of any script in Latin letters.
enum Romanised {
  /// `words` with those of them that have letters which `letters` lacks written in Latin ones, as
  /// Unicode's transliteration has it; nothing changes where there is none.
  ///
  /// Short vowels that Arabic and Hebrew leave out stay out, and Chinese signs are read as in
  /// Mandarin whatever the language: it is a rough reading, for rough classes of sound.
  static func words(_ words: [String], unless letters: Set<Character>) -> [String] {
    let strange = words.indices.filter { index in
      words[index].contains { $0.isLetter && !Spelling.folded($0).allSatisfy(letters.contains) }
    }
    guard !strange.isEmpty else { return words }
    // In one go: to set a transliteration up takes longer than to run it.
    let text = strange.map { words[$0] }.joined(separator: "\n")
    let latin = text.applyingTransform(StringTransform("Any-Latin; Latin-ASCII"), reverse: false)
    let lines = latin?.components(separatedBy: "\n") ?? []
    guard lines.count == strange.count else { return words }
    var words = words
    for (index, line) in zip(strange, lines) { words[index] = line }
    return words
  }
}
