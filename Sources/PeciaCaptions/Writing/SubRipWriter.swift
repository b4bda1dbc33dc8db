import PeciaCore

/// Writes SubRip (`.srt`): numbers, times and text with `<i>`, `<b>` and `<u>`.
struct SubRipWriter {
  func write(_ captions: Captions) -> Rendered {
    var text = ""
    var losses = Losses()
    for (index, entry) in captions.entries.enumerated() {
      let range = entry.cue.range
      text += "\(index + 1)\n\(range.lowerBound.clock(sign: ",")) --> "
      text += "\(entry.end.clock(sign: ","))\n"
      if entry.cue.settings == "line:0" { text += "{\\an8}" }
      text += payload(entry, &losses) + "\n\n"
      if entry.hasSpeaker { losses.note("cannot hold the names of speakers") }
      if let settings = entry.cue.settings, settings != "line:0" {
        losses.note("cannot hold settings and positions")
      }
    }
    if !captions.entries.isEmpty { text.removeLast() }
    return Rendered(text: text, losses: losses.sentences("SubRip"))
  }

  private func payload(_ entry: Captions.Entry, _ losses: inout Losses) -> String {
    if SubRipMarkup(entry.cue.text).text != entry.cue.text {
      losses.note("would take a ‘<…>’ or ‘{…}’ of the text for markup")
    }
    let marked = entry.spans.contains { !$0.style.isEmpty } ? tagged(entry.spans) : entry.cue.text
    let lines = PeciaCaptions.lines(of: marked).filter { !String($0).isBlank }
    if lines.count < entry.cue.lines.count, !entry.cue.text.isEmpty {
      losses.note("cannot hold empty lines")
    }
    return lines.map { line in
      guard SubRipReader.times(line) != nil else { return String(line) }
      losses.note("would take a text with ‘-->’ for times, so it has ‘->’")
      return line.split(separator: "-->", omittingEmptySubsequences: false).joined(separator: "->")
    }.joined(separator: "\n")
  }

  private func tagged(_ spans: [Span]) -> String {
    spans.map { span in
      var text = span.text
      if span.style.contains(.underline) { text = "<u>\(text)</u>" }
      if span.style.contains(.italic) { text = "<i>\(text)</i>" }
      if span.style.contains(.bold) { text = "<b>\(text)</b>" }
      return text
    }.joined()
  }
}
