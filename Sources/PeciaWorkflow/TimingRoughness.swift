import PeciaStitch

extension TimedText.Method {
  /// How words are timed where that is rougher than by a table of their language, to go on a
  /// sentence with; nil where it is not.
  func roughness(in language: String) -> String? {
    switch self {
    case .sounds: nil
    case .classes: "by pauses and broad classes of sounds, for want of a table for ‘\(language)’"
    case .pauses: "by punctuation and pauses alone"
    }
  }
}
