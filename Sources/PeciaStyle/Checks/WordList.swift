/// The words, phrases and patterns that a check looks for.
struct WordList: Sendable {
  /// Plain words and phrases: they are looked up in the guide's lexicon.
  private(set) var phrases: [(number: Int, text: String)] = []
  /// Everything else, with the number of the first entry that it came from.
  private var patterns: [(number: Int, pattern: Pattern)] = []
  private let scope: Scope

  init(scope: Scope) { self.scope = scope }

  var isEmpty: Bool { phrases.isEmpty && patterns.isEmpty }

  /// Adds a word, a phrase or any other text, to be found as it is, whatever its capitals.
  mutating func add(_ text: String, number: Int, at entry: Entry) throws {
    guard !text.isEmpty, text == text.trimmed else {
      throw entry.wrong("an entry is empty or has blanks at its ends", "take them out")
    }
    if Lexicon.words(of: text) != nil, ![.tag, .label, .raw].contains(scope) {
      phrases.append((number, text))
    } else {
      try add(pattern: Pattern.literal(text), number: number, at: entry, ignoresCase: true)
    }
  }

  mutating func add(
    pattern: String, number: Int, at entry: Entry, ignoresCase: Bool
  ) throws {
    patterns.append((number, try entry.pattern(pattern, ignoresCase: ignoresCase)))
  }

  /// A place where an entry was found.
  struct Hit: Hashable {
    var number: Int
    var range: Range<Int>
    var groups: [Range<Int>?] = []
  }

  /// The hits that no exception overlaps.
  private static func without(_ exceptions: [Hit], in hits: [Hit]) -> [Hit] {
    let sorted = exceptions.sorted { $0.range.lowerBound < $1.range.lowerBound }
    var first = 0
    return hits.filter { $0.number >= 0 }.sorted { $0.range.lowerBound < $1.range.lowerBound }
      .filter { hit in
        // Exceptions of one list are few words long: those far behind are done with.
        while first < sorted.count, sorted[first].range.upperBound + 1000 < hit.range.lowerBound {
          first += 1
        }
        return !sorted[first...].prefix { $0.range.lowerBound < hit.range.upperBound }
          .contains { $0.range.overlaps(hit.range) }
      }
  }

  /// Every place of an entry in the scope's stretches, from left to right.
  func hits(in reading: Reading, _ found: [Lexicon.Hit]) -> [Hit] {
    let stretches = reading.stretches(scope)
    var hits = found.map { Hit(number: $0.number, range: $0.range) }
    if ![.text, .clip, .transcript].contains(scope) {
      var stretch = 0
      hits = hits.filter { hit in
        while stretch < stretches.count, stretches[stretch].upperBound <= hit.range.lowerBound {
          stretch += 1
        }
        return stretch < stretches.count && stretches[stretch].contains(hit.range.lowerBound)
      }
    } else if stretches.isEmpty {
      hits = []
    }
    let characters = reading.characters(scope)
    let parts = [.sentence, .turn, .tag, .label, .cue].contains(scope) ? stretches : [reading.text]
    for (number, pattern) in patterns where !stretches.isEmpty {
      for part in parts {
        hits += pattern.matches(in: characters, range: part).map {
          Hit(number: number, range: $0.range, groups: $0.groups)
        }
      }
    }
    let exceptions = hits.filter { $0.number < 0 }
    if !exceptions.isEmpty { hits = Self.without(exceptions, in: hits) }
    hits.sort {
      ($0.range.lowerBound, -$0.range.upperBound, $0.number) < (
        $1.range.lowerBound, -$1.range.upperBound, $1.number
      )
    }
    var end = 0
    return hits.filter { hit in
      guard hit.range.lowerBound >= end else { return false }
      end = hit.range.upperBound
      return true
    }
  }
}

extension Entry {
  /// The pattern that this entry states, its errors with the place in the file.
  func pattern(_ text: String? = nil, ignoresCase: Bool = true, whole: Bool = false) throws
    -> Pattern
  {
    let text = try text ?? string("pattern")
    do { return try Pattern(text, ignoresCase: ignoresCase, whole: whole) } catch let error
      as PatternError
    {
      var place = place
      if case .scalar(let written, let plain) = value, written == text, !written.contains("\n") {
        place.column += error.offset + (plain ? 0 : 1)
      }
      throw StyleError.wrong(at: place, problem: error.problem, remedy: error.remedy)
    }
  }
}

extension String {
  var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
