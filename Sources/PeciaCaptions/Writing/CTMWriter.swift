import PeciaCore

/// Writes NIST's CTM: a word a line, `file channel begin duration word confidence`.
struct CTMWriter {
  func write(_ transcript: Transcript) -> Rendered {
    var losses = Losses()
    let name = oneWord(transcript.recording.name)
    let lines = transcript.words.map { word in
      if word.speaker != nil { losses.note("cannot hold the names of speakers", unit: "word") }
      let text = oneWord(word.text)
      if text != word.text {
        losses.note("has no blanks in a word; they became ‘_’", unit: "word")
      }
      let length = Timestamp(milliseconds: word.range.milliseconds)
      let confidence = word.confidence.map { " " + JSON.number($0).text } ?? ""
      return "\(name) A \(word.range.lowerBound) \(length) \(text)\(confidence)\n"
    }
    return Rendered(text: lines.joined(), losses: losses.sentences("CTM"))
  }
}

/// Writes RTTM: a turn of a speaker a line.
struct RTTMWriter {
  /// The pause, in milliseconds, that ends a turn.
  private static let pause = 1000

  func write(_ transcript: Transcript) -> Rendered {
    let name = oneWord(transcript.recording.name)
    var turns: [(speaker: String?, start: Timestamp, end: Timestamp)] = []
    for word in transcript.words {
      if let last = turns.last, last.speaker == word.speaker,
        word.range.lowerBound - last.end < Self.pause
      {
        turns[turns.count - 1].end = max(last.end, word.range.upperBound)
      } else {
        turns.append((word.speaker, word.range.lowerBound, word.range.upperBound))
      }
    }
    let lines = turns.map { turn in
      let length = Timestamp(milliseconds: turn.end - turn.start)
      return "SPEAKER \(name) 1 \(turn.start) \(length) <NA> <NA> "
        + "\(oneWord(turn.speaker ?? "unknown")) <NA> <NA>\n"
    }
    return Rendered(
      text: lines.joined(),
      losses: transcript.words.isEmpty ? [] : ["RTTM holds who speaks when, and no words"])
  }
}

/// `text` as one word: `_` for blanks, and for nothing at all.
func oneWord(_ text: String) -> String {
  let word = text.split(whereSeparator: \.isWhitespace).joined(separator: "_")
  return word.isEmpty ? "_" : word
}
