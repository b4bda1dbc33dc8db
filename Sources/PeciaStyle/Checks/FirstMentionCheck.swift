/// `firstMention`: a person is named in full the first time, by the last name alone only later.
///
/// Full names are those of the vocabulary (`Ann Lee`); without such, those that the text itself
/// gives later on.
struct FirstMentionCheck: Check {
  static let key = "firstMention"
  static let placeholders: Set<String> = ["name"]
  /// The vocabulary's full names, as words.
  private let names: [[String]]
  /// Titles that stand before a last name and make no full name of it.
  private let titles: Set<String>

  init(_ fields: inout Fields, _ context: RuleContext) throws {
    titles = Set(try fields.strings("titles").map { $0.lowercased() })
    names = context.vocabulary.names.map { $0.split(separator: " ").map(String.init) }
      .filter { $0.count > 1 }
  }

  func violations(in reading: Reading, hits: [Lexicon.Hit]) -> [Violation] {
    var full = fullNames(in: reading)
    // Names in a header of labels (`Narrator: Ann Lee`) or of the vocabulary may come at any time.
    for name in names { full[name[name.count - 1], default: [:]][name[0]] = Int.max }
    guard !full.isEmpty else { return [] }
    var seen: Set<String> = []
    var violations: [Violation] = []
    for index in reading.words.indices {
      let last = reading.string(reading.words[index].range)
      guard let firsts = full[last], !seen.contains(last) else { continue }
      if isFull(index, firsts, reading) || standsInName(index, reading) {
        seen.insert(last)
        continue
      }
      guard let (first, place) = firsts.min(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
        place > index
      else { continue }
      seen.insert(last)
      violations.append(
        Violation(range: reading.words[index].range, values: ["name": "\(first) \(last)"]))
    }
    return violations
  }

  /// The text's own full names, by last and first word: where each is given first.
  private func fullNames(in reading: Reading) -> [String: [String: Int]] {
    guard names.isEmpty else { return [:] }
    var full: [String: [String: Int]] = [:]
    for index in reading.words.indices.dropFirst() {
      let (first, last) = (reading.words[index - 1], reading.words[index])
      guard isName(first, reading), isName(last, reading),
        reading.isOnlyBlank(between: index - 1, and: index),
        !reading.opensSentence(Int(first.start)), !standsInName(index - 1, reading),
        index + 1 == reading.words.count || !standsInName(index + 1, reading)
          || !isName(reading.words[index + 1], reading)
      else { continue }
      let before = index > 1 ? reading.folded(reading.words[index - 2].range) : ""
      guard before != "the", !titles.contains(reading.folded(first.range)) else { continue }
      let (name, surname) = (reading.string(first.range), reading.string(last.range))
      full[surname, default: [:]][name] = min(full[surname]?[name] ?? index, index)
    }
    return full
  }

  /// A word of letters that begins with a capital and goes on small.
  private func isName(_ word: Reading.Word, _ reading: Reading) -> Bool {
    word.range.count > 1 && reading.plain[Int(word.start)].isUpper
      && reading.plain[Int(word.end) - 1].isLower && !reading.plain[word.range].contains(39)
      && !reading.plain[word.range].contains(0x2019)
  }

  /// Whether one of the first names stands before this word, in the text or as `[Ann]`.
  private func isFull(_ index: Int, _ firsts: [String: Int], _ reading: Reading) -> Bool {
    if index > 0, reading.isOnlyBlank(between: index - 1, and: index),
      firsts[reading.string(reading.words[index - 1].range)] != nil
    {
      return true
    }
    let start = Int(reading.words[index].start)
    guard let tag = reading.marks(.tag).last(where: { $0.range.upperBound <= start }),
      reading.codes[tag.range.upperBound..<start].allSatisfy(\.isBlank)
    else { return false }
    let inside = reading.string(tag.range.lowerBound + 1..<tag.range.upperBound - 1)
    return inside.split(separator: " ").contains { firsts[String($0)] != nil }
  }

  /// Whether another name stands right before this word: it is then part of another name.
  private func standsInName(_ index: Int, _ reading: Reading) -> Bool {
    guard index > 0, reading.isOnlyBlank(between: index - 1, and: index) else { return false }
    let before = reading.words[index - 1]
    return isName(before, reading) && !titles.contains(reading.folded(before.range))
      && !reading.opensSentence(Int(before.start))
  }
}
