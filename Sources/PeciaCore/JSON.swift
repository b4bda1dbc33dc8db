/// A JSON value whose objects keep their keys in order.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  /// A number with at most four decimals.
  case number(Double)
  /// A number with all its decimals.
  case exact(Double)
  /// Seconds with three decimals: `12.480`.
  case time(Timestamp)
  case string(String)
  case array([JSON])
  case object(KeyValuePairs)

  /// Keys and values in the order in which they are written.
  public struct KeyValuePairs: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    public struct Pair: Hashable, Sendable {
      public var key: String
      public var value: JSON
    }
    public var pairs: [Pair]

    public init(dictionaryLiteral elements: (String, JSON)...) {
      pairs = elements.map { Pair(key: $0.0, value: $0.1) }
    }
  }

  /// `value` as a string, or null for nil.
  public static func string(orNull value: String?) -> JSON { value.map(JSON.string) ?? .null }
  /// `value` as a number, or null for nil.
  public static func number(orNull value: Double?) -> JSON { value.map(JSON.number) ?? .null }
  public static func strings(_ values: some Sequence<String>) -> JSON {
    .array(values.map(JSON.string))
  }
  public static func integers(_ values: some Sequence<Int>) -> JSON {
    .array(values.map(JSON.integer))
  }
}

extension JSON {
  /// The value as one line of JSON text, without a line end.
  public var text: String {
    var output = ""
    write(to: &output)
    return output
  }

  private func write(to output: inout String) {
    switch self {
    case .null: output += "null"
    case .bool(let value): output += value ? "true" : "false"
    case .integer(let value): output += String(value)
    case .number(let value): output += Self.decimal(value)
    case .exact(let value): output += value.isFinite ? "\(value)" : "null"
    case .time(let value): output += value.description
    case .string(let value): Self.quote(value, to: &output)
    case .array(let values):
      output += "["
      for (index, value) in values.enumerated() {
        if index > 0 { output += "," }
        value.write(to: &output)
      }
      output += "]"
    case .object(let object):
      output += "{"
      for (index, pair) in object.pairs.enumerated() {
        if index > 0 { output += "," }
        Self.quote(pair.key, to: &output)
        output += ":"
        pair.value.write(to: &output)
      }
      output += "}"
    }
  }

  /// At most four decimals, without needless noughts; what is no number becomes `null`.
  private static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e14 else { return value.isFinite ? "\(value)" : "null" }
    let scaled = Int((value * 10_000).rounded())
    let (whole, rest) = scaled.magnitude.quotientAndRemainder(dividingBy: 10_000)
    let sign = scaled < 0 ? "-" : ""
    guard rest > 0 else { return "\(sign)\(whole).0" }
    var decimals = String(rest)
    decimals = String(repeating: "0", count: 4 - decimals.count) + decimals
    while decimals.hasSuffix("0") { decimals.removeLast() }
    return "\(sign)\(whole).\(decimals)"
  }

  private static func quote(_ text: String, to output: inout String) {
    output += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": output += "\\\""
      case "\\": output += "\\\\"
      case "\n": output += "\\n"
      case "\r": output += "\\r"
      case "\t": output += "\\t"
      case "\u{2028}", "\u{2029}", "\u{0}"..<" ", "\u{7F}":
        let digits = String(scalar.value, radix: 16)
        output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: output.unicodeScalars.append(scalar)
      }
    }
    output += "\""
  }
}
