public import PeciaCore

/// What a text is: it decides which rules hold at its edges, and what times are known.
public enum TextKind: Hashable, Sendable {
  /// A worker's text of one clip: it may begin and end in mid-sentence.
  ///
  /// `duration` is the clip's; nil where it is not known. `opens` and `closes` say that the clip
  /// holds the recording's start and end, where sentences are whole. `language` is what is spoken;
  /// nil where it is the guide's.
  case submission(
    duration: Timestamp? = nil, opens: Bool = false, closes: Bool = false, language: String? = nil)
  /// A whole transcript.
  case transcript(duration: Timestamp? = nil)
  /// The text of a SubRip or WebVTT file: its numbers, times and settings are no words.
  case captions

  var duration: Timestamp? {
    switch self {
    case .submission(let duration, _, _, _), .transcript(let duration): duration
    case .captions: nil
    }
  }
  var isClip: Bool { if case .submission = self { true } else { false } }
  var isCaptions: Bool { self == .captions }
  /// Whether the text begins where a sentence begins.
  var opens: Bool { if case .submission(_, let opens, _, _) = self { opens } else { true } }
  /// Whether the text ends where a sentence ends.
  var closes: Bool { if case .submission(_, _, let closes, _) = self { closes } else { true } }
  var language: String? {
    if case .submission(_, _, _, let language) = self { language } else { nil }
  }
}
