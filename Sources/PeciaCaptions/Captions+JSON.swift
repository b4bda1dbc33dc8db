public import PeciaCore

extension Captions {
  /// The cues as `captions -o x.json` writes them: format `pecia-cues`.
  public var json: JSON {
    .object([
      "format": .string("pecia-cues"), "version": .integer(1),
      "language": .string(orNull: language),
      "cues": .array(
        cues.map { cue in
          .object([
            "id": .string(orNull: cue.id), "start": .time(cue.range.lowerBound),
            "end": .time(cue.range.upperBound), "text": .string(cue.text),
            "speaker": .string(orNull: cue.speaker), "settings": .string(orNull: cue.settings),
          ])
        }),
    ])
  }
}
