/// How well a text fits its sound: figures, no judgement.
public struct TextFit: Sendable, Hashable {
  /// How far the units of the text score behind the best ones, a frame of speech.
  public var gap: Double

  public init(gap: Double) { self.gap = gap }
}
