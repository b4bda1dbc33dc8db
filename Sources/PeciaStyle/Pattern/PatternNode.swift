/// A pattern as it was written, in its parts.
indirect enum PatternNode: Hashable, Sendable {
  case empty
  case set(CodeSet)
  case assertion(PatternAssertion)
  case sequence([PatternNode])
  /// The first that matches wins.
  case choice([PatternNode])
  case group(number: Int, PatternNode)
  /// `most` is nil where there is no bound.
  case repeated(PatternNode, least: Int, most: Int?, greedy: Bool)
}

/// A condition on a place between two characters.
enum PatternAssertion: Hashable, Sendable {
  case lineStart, lineEnd, textStart, textEnd, wordEdge, noWordEdge
}

/// Why a text is no pattern that Pecia can run.
struct PatternError: Error {
  /// Unicode scalars from the pattern's start.
  var offset: Int
  var problem: String
  var remedy: String
}
