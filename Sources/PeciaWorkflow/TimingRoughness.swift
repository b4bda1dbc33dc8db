import PeciaStitch

extension TimedText.Method {
  /// How words are timed where that is rougher than by a table of their language, to go on a
  /// sentence with; nil where it is not.
  ///
  /// - `hasTable`: whether there is a table for `language`, which did not fit, then.
  func roughness(in language: String, hasTable: Bool) -> String? {
    switch self {
    case .sounds: nil
    case .classes where hasTable:
      "by pauses and broad classes of sounds, since they do not sound like ‘\(language)’"
    case .classes: "by pauses and broad classes of sounds, for want of a table for ‘\(language)’"
    case .learnt: "by punctuation and pauses, and by how its letters sound where these put them"
    case .pauses: "by punctuation and pauses alone"
    }
  }
}
