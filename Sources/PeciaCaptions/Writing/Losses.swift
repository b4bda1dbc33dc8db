import PeciaCore

/// What a form cannot hold of some captions, counted while they are written.
struct Losses {
  private var counts: [(what: String, unit: String, count: Int)] = []

  mutating func note(_ what: String, unit: String = "cue") {
    if let index = counts.firstIndex(where: { $0.what == what }) {
      counts[index].count += 1
    } else {
      counts.append((what, unit, 1))
    }
  }

  /// One sentence for each kind: ‘SubRip cannot hold speakers (3 cues)’.
  func sentences(_ form: String) -> [String] {
    counts.map { "\(form) \($0.what) (\($0.count) \($0.unit)\($0.count == 1 ? "" : "s"))" }
  }
}

extension Captions.Entry {
  /// Whether any of its words is a named speaker's.
  var hasSpeaker: Bool {
    cue.speaker != nil || spans.contains { $0.voice != nil }
      || cue.words.contains { $0.speaker != nil }
  }

  /// Whether any of its text looks unlike the rest.
  var isMarked: Bool {
    spans.contains { !$0.style.isEmpty || !$0.classes.isEmpty || $0.language != nil }
  }
}
