import PeciaCore

/// Writes SBV: `0:00:01.000,0:00:02.500`, then the text.
struct SBVWriter {
  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    let blocks = captions.entries.map { entry in
      if entry.hasSpeaker { losses.note("cannot hold the names of speakers") }
      if entry.isMarked { losses.note("cannot hold markup") }
      if entry.cue.settings != nil { losses.note("cannot hold settings and positions") }
      let lines = entry.cue.lines.filter { !$0.allSatisfy(\.isWhitespace) }
      if lines.count < entry.cue.lines.count, !entry.cue.text.isEmpty {
        losses.note("cannot hold empty lines")
      }
      return entry.cue.range.lowerBound.clock(hours: 1) + "," + entry.end.clock(hours: 1) + "\n"
        + lines.map { $0 + "\n" }.joined()
    }
    return Rendered(text: blocks.joined(separator: "\n"), losses: losses.sentences("SBV"))
  }
}
