import ArgumentParser

/// A length of time as people write it: `45s`, `30m`, `12h`, `7d`; seconds without a letter.
struct Span: ExpressibleByArgument {
  var seconds: Int

  init?(argument: String) {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    let unit = argument.last.flatMap { units[$0] }
    let digits = unit == nil ? Substring(argument) : argument.dropLast()
    guard digits.count <= 8, digits.allSatisfy({ ("0"..."9").contains($0) }),
      let number = Int(digits), (1...31_536_000).contains(number * (unit ?? 1))
    else { return nil }
    seconds = number * (unit ?? 1)
  }
}
