/// What a way of cutting costs, in three kinds: no gain in a later one is worth any of an earlier.
struct Price: Comparable {
  /// Lines and cues that end badly, cues that begin late.
  var fault = 0.0
  /// The milliseconds of reading that the cues' times lack.
  var lack = 0
  /// How it reads: sentences, clauses, pauses, balance.
  var taste = 0.0

  static let none = Price(fault: .infinity)

  static func < (left: Self, right: Self) -> Bool {
    if left.fault != right.fault { return left.fault < right.fault }
    if left.lack != right.lack { return left.lack < right.lack }
    return left.taste < right.taste
  }

  static func + (left: Self, right: Self) -> Self {
    Price(
      fault: left.fault + right.fault, lack: left.lack + right.lack,
      taste: left.taste + right.taste)
  }

  static func += (left: inout Self, right: Self) { left = left + right }
}

/// The costs that weigh one way of cutting against another of the same kind.
enum Cost {
  // Faults.
  static let bound = 60_000.0
  static let leaning = 40_000.0
  /// Between a word and itself: no bad end, but one on another word is mostly near.
  static let repeated = 20_000.0
  static let splitNumber = 45_000.0
  static let splitName = 3_000.0
  static let late = 120_000.0
  static let lateMillisecond = 10.0
  // Tastes.
  static let cue = 100.0
  static let splitWord = 5_000.0
  /// A text stands for three seconds and more before it is said.
  static let longPause = 3_000.0
  static let orphan = 2_500.0
}
