import PeciaCore

/// What a form cannot hold of some captions, counted while they are written.
struct Losses {
  private var counts: [(what: String, count: Int)] = []

  mutating func note(_ what: String) {
    if let index = counts.firstIndex(where: { $0.what == what }) {
      counts[index].count += 1
    } else {
      counts.append((what, 1))
    }
  }

  /// One sentence for each kind: ‘SubRip cannot hold speakers (3 cues)’.
  func sentences(_ form: String) -> [String] {
    counts.map { "\(form) \($0.what) (\($0.count == 1 ? "1 cue" : "\($0.count) cues"))" }
  }
}

extension Captions.Entry {
  /// Whether any of its words is a named speaker's.
  var hasSpeaker: Bool {
    cue.speaker != nil || spans.contains { $0.voice != nil }
      || cue.words.contains { $0.speaker != nil }
  }
}
