extension String {
  /// The text for a terminal: controls, which could drive it, are shown as `·`; line ends and tabs
  /// stay.
  public var printable: String {
    guard unicodeScalars.contains(where: \.drivesTerminals) else { return self }
    var text = ""
    for scalar in unicodeScalars {
      text.unicodeScalars.append(scalar.drivesTerminals ? "·" : scalar)
    }
    return text
  }
}

extension Unicode.Scalar {
  fileprivate var drivesTerminals: Bool {
    value < 0x20 ? value != 0x0A && value != 0x09 : (0x7F...0x9F).contains(value)
  }
}
