/// A clip's sound in memory: frames of one or more channels, interleaved, from −1 to 1.
struct ClipSound: Equatable, Sendable {
  var rate: Int
  var channels: Int
  var samples: [Float]

  var frames: Int { channels > 0 ? samples.count / channels : 0 }
  var milliseconds: Int { rate > 0 ? frames * 1000 / rate : 0 }

  func frame(at milliseconds: Int) -> Int { milliseconds * rate / 1000 }
}

/// Which of a clip's channels are heard.
enum Channels: Equatable, Sendable {
  case all
  /// One of them, from 0, in both ears.
  case only(Int)

  /// The next choice of a sound of `count` channels.
  func next(of count: Int) -> Channels {
    switch self {
    case .all: count > 1 ? .only(0) : .all
    case .only(let number): number + 1 < count ? .only(number + 1) : .all
    }
  }
}
