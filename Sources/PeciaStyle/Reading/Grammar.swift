/// What a guide's texts are marked up with, beyond the tags, labels and time marks of all texts.
struct Grammar: Hashable, Sendable {
  /// Whether `(…)` is a tag as `[…]` is.
  var roundTags = false
  /// Labels without a colon, at a line's start, in order of length: `Q.`, `A.`, `>>`, `-`.
  var shortLabels: [[Code]] = []
  /// The rules whose findings may be silenced with `[keep RULE: WHY]`.
  var allowsKeep = true
}
