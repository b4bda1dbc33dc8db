import PeciaCore

/// Writes a table with a line for each cue: CSV (RFC 4180) or TSV.
struct TableWriter {
  enum Form { case csv, tsv }
  var form: Form

  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    let head = line(["start", "end", "speaker", "text"])
    let rows = captions.entries.map { entry in
      if entry.isMarked { losses.note("cannot hold markup") }
      if entry.cue.speaker == nil, entry.hasSpeaker {
        losses.note("cannot hold two speakers in one cue")
      }
      if entry.cue.settings != nil { losses.note("cannot hold settings and positions") }
      return line([
        entry.cue.range.lowerBound.description, entry.end.description, entry.cue.speaker ?? "",
        entry.cue.text,
      ])
    }
    return Rendered(
      text: head + rows.joined(), losses: losses.sentences(form == .csv ? "CSV" : "TSV"))
  }

  private func line(_ fields: [String]) -> String {
    switch form {
    case .csv: fields.map(quoted).joined(separator: ",") + "\r\n"
    case .tsv: fields.map(flat).joined(separator: "\t") + "\n"
    }
  }

  private func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\""
      + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// TSV has no quoting: a tab or a line's end becomes a blank.
  private func flat(_ field: String) -> String {
    String(field.map { $0 == "\t" || $0.isNewline ? " " : $0 })
  }
}

/// Writes Audacity's label track: start, end and text between tabs, a cue a line.
struct AudacityWriter {
  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    let lines = captions.entries.map { entry in
      if entry.hasSpeaker { losses.note("cannot hold the names of speakers") }
      if entry.isMarked { losses.note("cannot hold markup") }
      let text = String(entry.cue.text.map { $0 == "\t" || $0.isNewline ? " " : $0 })
      return "\(entry.cue.range.lowerBound)000\t\(entry.end)000\t\(text)\n"
    }
    return Rendered(text: lines.joined(), losses: losses.sentences("Audacity labels"))
  }
}
