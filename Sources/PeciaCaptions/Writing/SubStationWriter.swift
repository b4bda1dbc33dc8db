import PeciaCore

/// Writes Advanced SubStation Alpha (`.ass`), version 4.00+.
struct SubStationWriter {
  /// Whether each word carries its length.
  var karaoke = false

  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    var text = """
      [Script Info]
      Title: \((captions.title ?? "").replacingLineEnds(with: " "))
      ScriptType: v4.00+
      WrapStyle: 2
      ScaledBorderAndShadow: yes
      PlayResX: 1920
      PlayResY: 1080

      [V4+ Styles]
      Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, \
      Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, \
      Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
      Style: Default,Arial,60,&H00FFFFFF,&H0000FFFF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,\
      2,100,100,60,1

      [Events]
      Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text

      """
    for entry in captions.entries {
      let name = (entry.cue.speaker ?? "").replacingLineEnds(with: " ").map { $0 == "," ? ";" : $0 }
      if entry.cue.speaker == nil, entry.hasSpeaker {
        losses.note("cannot hold two speakers in one cue")
      }
      if let settings = entry.cue.settings, settings != "line:0" {
        losses.note("cannot hold settings and positions")
      }
      if entry.cue.range.lowerBound.milliseconds % 10 != 0 || entry.end.milliseconds % 10 != 0 {
        losses.note("holds times in hundredths of a second only")
      }
      text += "Dialogue: 0,\(clock(entry.cue.range.lowerBound)),\(clock(entry.end)),Default,"
      text += "\(String(name)),0,0,0,,\(payload(entry))\n"
    }
    return Rendered(text: text, losses: losses.sentences("ASS"))
  }

  /// `0:00:01.25`, to the nearest hundredth.
  private func clock(_ time: Timestamp) -> String {
    let hundredths = (max(time.milliseconds, 0) + 5) / 10
    return String(Timestamp(milliseconds: hundredths * 10).clock(hours: 1).dropLast())
  }

  private func payload(_ entry: Captions.Entry) -> String {
    let top = entry.cue.settings == "line:0" ? "{\\an8}" : ""
    if karaoke, entry.cue.words.count > 1 { return top + sung(entry.cue) }
    guard entry.isMarked else { return top + escaped(entry.cue.text) }
    return top
      + entry.spans.map { span in
        var text = escaped(span.text)
        if span.style.contains(.underline) { text = "{\\u1}\(text){\\u0}" }
        if span.style.contains(.italic) { text = "{\\i1}\(text){\\i0}" }
        if span.style.contains(.bold) { text = "{\\b1}\(text){\\b0}" }
        return text
      }.joined()
  }

  /// Each word behind `{\k}` and how long it lasts, in hundredths of a second.
  private func sung(_ cue: Cue) -> String {
    var text = ""
    var rest = cue.text[...]
    var clock = (cue.range.lowerBound.milliseconds + 5) / 10
    for (index, word) in cue.words.enumerated() {
      let next =
        index + 1 < cue.words.count ? cue.words[index + 1].range.lowerBound : cue.range.upperBound
      let end = max(clock, (next.milliseconds + 5) / 10)
      let found = rest.firstRange(of: word.text) ?? rest.startIndex..<rest.startIndex
      text += escaped(String(rest[..<found.lowerBound]))
      text += "{\\k\(end - clock)}" + escaped(String(rest[found]))
      rest = rest[found.upperBound...]
      clock = end
    }
    return text + escaped(String(rest))
  }

  /// Braces and line ends as this form writes them.
  private func escaped(_ text: String) -> String {
    text.reduce(into: "") { output, character in
      switch character {
      case "\n": output += "\\N"
      case "{": output += "\\{"
      case "}": output += "\\}"
      // A backslash before a letter would be a command: a joiner without width parts them.
      case "\\": output += "\\\u{2060}"
      default: output.append(character)
      }
    }
  }
}
