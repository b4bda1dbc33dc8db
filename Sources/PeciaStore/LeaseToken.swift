/// A lease's token: the number of its row, then a secret of 130 bits (`1k-7v0q…`).
///
/// The number finds the row without an index of secrets. Digits and lower-case letters without
/// those that look alike: safe in a shell, and read out loud without a slip.
struct LeaseToken: CustomStringConvertible {
  var row: Int64
  var secret: String

  private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")

  init(row: Int64, secret: String) {
    self.row = row
    self.secret = secret
  }

  /// Nil for what cannot be a token.
  init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, (1...12).contains(parts[0].count), parts[1].count == 26,
      parts.joined().allSatisfy(Self.alphabet.contains)
    else { return nil }
    row = parts[0].reduce(0) { $0 << 5 | Int64(Self.alphabet.firstIndex(of: $1) ?? 0) }
    secret = String(parts[1])
  }

  static func newSecret() -> String {
    // Twelve characters of five bits from each number: one call of the system for many.
    var random = SystemRandomNumberGenerator()
    let numbers = [random.next(), random.next(), random.next()]
    return String((0..<26).map { alphabet[Int(numbers[$0 / 12] >> (5 * ($0 % 12)) & 31)] })
  }

  var description: String {
    var (rest, digits) = (row, "")
    repeat {
      digits = String(Self.alphabet[Int(rest & 31)]) + digits
      rest >>= 5
    } while rest > 0
    return "\(digits)-\(secret)"
  }
}
