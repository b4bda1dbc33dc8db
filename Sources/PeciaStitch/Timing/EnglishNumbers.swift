import Foundation

/// Reads numbers as English words, as people mostly say them.
enum EnglishNumbers {
  private static let small = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
  ]
  private static let tens = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
  ]
  private static let units = [
    "%": "percent", "$": "dollars", "€": "euros", "£": "pounds", "&": "and", "+": "plus",
    "=": "equals",
  ]

  /// A piece of text between blanks with its digits and signs as words.
  static func reading(of piece: String) -> String {
    var words: [String] = []
    var unit: String?
    var rest = Substring(piece)
    while let character = rest.first {
      if character.isDigit {
        let run = rest.prefix { $0.isDigit || ",.:".contains($0) }
        let number = String(run).trimmingCharacters(in: [",", ".", ":"])
        rest = rest.dropFirst(number.count)
        let ending = rest.prefix { $0.isLetter }.lowercased()
        if ["st", "nd", "rd", "th"].contains(ending) {
          words.append(ordinal(of: reading(ofNumber: number)))
          rest = rest.dropFirst(2)
        } else if ending == "s" {
          words.append(reading(ofNumber: number) + "s")
          rest = rest.dropFirst()
        } else {
          words.append(reading(ofNumber: number))
        }
        if let name = unit { words.append(name) }
        unit = nil
      } else if let name = units[String(character)] {
        rest = rest.dropFirst()
        if "$€£".contains(character) { unit = name } else { words.append(name) }
      } else {
        let run = rest.prefix { !$0.isDigit && units[String($0)] == nil }
        words.append(String(run))
        rest = rest.dropFirst(run.count)
      }
    }
    return words.joined(separator: " ")
  }

  private static func reading(ofNumber number: String) -> String {
    let parts = number.split(separator: ":")
    if parts.count > 1 { return parts.map { reading(ofNumber: String($0)) }.joined(separator: " ") }
    let halves = number.split(separator: ".", maxSplits: 1)
    if halves.count == 2 {
      return "\(reading(ofNumber: String(halves[0]))) point \(digits(halves[1]))"
    }
    let plain = number.filter(\.isDigit)
    guard let value = Int(plain), plain.count <= 12 else { return digits(plain) }
    let isPlain = plain.count == number.count
    if isPlain, plain.count > 6 || (plain.count > 1 && plain.hasPrefix("0")) {
      return digits(plain)
    }
    if isPlain, (1100...1999).contains(value) || (2010...2099).contains(value) {
      return year(value)
    }
    return cardinal(value)
  }

  private static func digits(_ text: some StringProtocol) -> String {
    text.compactMap { $0.wholeNumberValue.map { small[$0] } }.joined(separator: " ")
  }

  private static func year(_ value: Int) -> String {
    let rest = value % 100
    let end = rest == 0 ? "hundred" : rest < 10 ? "oh \(small[rest])" : cardinal(rest)
    return "\(cardinal(value / 100)) \(end)"
  }

  private static func cardinal(_ value: Int) -> String {
    if value < 20 { return small[value] }
    if value < 100 {
      return tens[value / 10] + (value % 10 == 0 ? "" : " \(small[value % 10])")
    }
    for (size, name) in [
      (1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred"),
    ] where value >= size {
      let head = "\(cardinal(value / size)) \(name)"
      return value % size == 0 ? head : "\(head) \(cardinal(value % size))"
    }
    return small[0]
  }

  private static func ordinal(of words: String) -> String {
    let irregular = [
      "one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth",
      "nine": "ninth", "twelve": "twelfth",
    ]
    var parts = words.split(separator: " ").map(String.init)
    guard let last = parts.popLast() else { return words }
    parts.append(
      irregular[last] ?? (last.hasSuffix("y") ? last.dropLast() + "ieth" : last + "th"))
    return parts.joined(separator: " ")
  }
}
