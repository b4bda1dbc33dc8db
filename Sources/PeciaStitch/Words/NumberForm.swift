/// The English words that a whole number is compared as.
enum NumberForm {
  /// The words for a number of up to six digits; nil for anything else.
  ///
  /// 1100 to 1999 are read as years (`1905`: nineteen oh five), but for full hundreds, which are
  /// read as such (`1900`: nineteen hundred).
  static func words(for digits: String) -> [String]? {
    guard (1...6).contains(digits.utf8.count), digits.allSatisfy(\.isDigit),
      let number = Int(digits)
    else { return nil }
    guard digits.utf8.count == 4, (1100...1999).contains(number) else { return cardinal(number) }
    let (century, year) = number.quotientAndRemainder(dividingBy: 100)
    if year == 0 { return cardinal(century) + ["hundred"] }
    return cardinal(century) + (year < 10 ? ["oh"] : []) + cardinal(year)
  }

  /// The words for `21st`, `2nd` and their like; nil for anything else.
  static func ordinal(_ text: String) -> [String]? {
    guard ["st", "nd", "rd", "th"].contains(text.suffix(2)),
      var words = words(for: String(text.dropLast(2))), let last = words.popLast()
    else { return nil }
    return words + [
      ordinals[last] ?? (last.hasSuffix("y") ? last.dropLast() + "ieth" : last + "th")
    ]
  }

  private static let ordinals = [
    "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
    "nine": "ninth", "twelve": "twelfth",
  ]
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]

  private static func cardinal(_ number: Int) -> [String] {
    switch number {
    case ..<20: [small[number]]
    case ..<100: [tens[number / 10]] + (number % 10 == 0 ? [] : [small[number % 10]])
    case ..<1000:
      [small[number / 100], "hundred"] + (number % 100 == 0 ? [] : cardinal(number % 100))
    default:
      cardinal(number / 1000) + ["thousand"] + (number % 1000 == 0 ? [] : cardinal(number % 1000))
    }
  }
}
