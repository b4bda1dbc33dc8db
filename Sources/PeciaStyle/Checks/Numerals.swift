/// English number words.
enum Numerals {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  /// Words that are part of larger numbers.
  static let scales: Set<String> = ["hundred", "thousand", "million", "billion", "dozen", "half"]

  private static let values: [String: Int] = {
    var values: [String: Int] = [:]
    for number in 0..<100 { values[words(number)] = number }
    return values
  }()

  /// `number` in words: `forty-two`, `three hundred and six`; for 0 to 999 999.
  static func words(_ number: Int) -> String {
    switch number {
    case ..<20: return small[max(0, number)]
    case ..<100:
      let rest = number % 10
      return tens[number / 10] + (rest > 0 ? "-" + small[rest] : "")
    case ..<1000:
      let rest = number % 100
      return small[number / 100] + " hundred" + (rest > 0 ? " and " + words(rest) : "")
    default:
      let rest = number % 1000
      let tail = rest == 0 ? "" : (rest < 100 ? " and " : " ") + words(rest)
      return words(number / 1000) + " thousand" + tail
    }
  }

  /// The number from 0 to 99 that one word names; nil for any other word.
  static func value(_ word: String) -> Int? { values[word] }

  /// Whether a word is part of a number in words: `twenty`, `hundred`.
  static func isNumber(_ word: String) -> Bool { values[word] != nil || scales.contains(word) }
}
