public import PeciaCore

extension Captions {
  /// The cues as `captions -o x.json` writes them: format `pecia-cues`.
  public var json: JSON {
    .object([
      "format": .string("pecia-cues"), "version": .integer(1),
      "language": .string(orNull: language),
      "cues": .array(
        entries.map { entry in
          let cue = entry.cue
          return .object([
            "id": .string(orNull: cue.id), "start": .time(cue.range.lowerBound),
            "end": .time(entry.end), "text": .string(cue.text),
            "speaker": .string(orNull: cue.speaker), "settings": .string(orNull: cue.settings),
          ])
        }),
    ])
  }
}

/// Writes `pecia-cues`.
struct JSONCuesWriter {
  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    for entry in captions.entries {
      if entry.isMarked { losses.note("cannot hold markup") }
      if entry.cue.speaker == nil, entry.hasSpeaker {
        losses.note("cannot hold two speakers in one cue")
      }
    }
    return Rendered(text: captions.json.text + "\n", losses: losses.sentences("JSON"))
  }
}
