import PeciaCore

/// Writes Praat's TextGrid in its long form: a tier for each speaker, an interval for each word.
struct TextGridWriter {
  private struct Interval {
    var start: Int
    var end: Int
    var text: String
  }

  func write(_ transcript: Transcript) -> Rendered {
    var losses = Losses()
    let words = transcript.words
    let end = max(
      transcript.recording.duration.milliseconds,
      words.map(\.range.upperBound.milliseconds).max() ?? 0, 1)
    var names: [String?] = []
    for word in words where !names.contains(word.speaker) { names.append(word.speaker) }
    let tiers = (names.isEmpty ? [nil] : names).map { name in
      (name ?? "transcript", intervals(words.filter { $0.speaker == name }, end: end, &losses))
    }
    var text = """
      File type = "ooTextFile"
      Object class = "TextGrid"

      xmin = 0
      xmax = \(seconds(end))
      tiers? <exists>
      size = \(tiers.count)
      item []:

      """
    for (number, tier) in tiers.enumerated() {
      text += """
            item [\(number + 1)]:
                class = "IntervalTier"
                name = "\(doubled(tier.0))"
                xmin = 0
                xmax = \(seconds(end))
                intervals: size = \(tier.1.count)

        """
      for (place, interval) in tier.1.enumerated() {
        text += """
                  intervals [\(place + 1)]:
                      xmin = \(seconds(interval.start))
                      xmax = \(seconds(interval.end))
                      text = "\(doubled(interval.text))"

          """
      }
    }
    return Rendered(text: text, losses: losses.sentences("TextGrid"))
  }

  /// Intervals that tile the tier, empty ones between the words.
  private func intervals(_ words: [TimedWord], end: Int, _ losses: inout Losses) -> [Interval] {
    var intervals: [Interval] = []
    var clock = 0
    for word in words {
      let start = max(clock, word.range.lowerBound.milliseconds)
      let stop = word.range.upperBound.milliseconds
      guard stop > start else {
        // An interval cannot be empty of time: the word joins the one before.
        losses.note("has no words without length; they joined their neighbours", unit: "word")
        if intervals.last?.text.isEmpty == false {
          intervals[intervals.count - 1].text += " " + word.text
        } else if start < end {
          intervals += start > clock ? [Interval(start: clock, end: start, text: "")] : []
          intervals.append(Interval(start: start, end: start + 1, text: word.text))
          clock = start + 1
        } else if let last = intervals.indices.last {
          intervals[last].text = word.text
        }
        continue
      }
      if start > clock { intervals.append(Interval(start: clock, end: start, text: "")) }
      intervals.append(Interval(start: start, end: stop, text: word.text))
      clock = stop
    }
    if clock < end { intervals.append(Interval(start: clock, end: end, text: "")) }
    return intervals
  }

  private func seconds(_ milliseconds: Int) -> String {
    Timestamp(milliseconds: milliseconds).description
  }

  private func doubled(_ text: String) -> String {
    text.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
  }
}

/// Writes captions as a TextGrid: a tier for each speaker, an interval for each cue.
struct CueGridWriter {
  func write(_ captions: Captions) -> Rendered {
    let sorted = captions.cues.sorted { $0.range.lowerBound < $1.range.lowerBound }
    let words = sorted.map { cue in
      TimedWord(
        text: cue.text.replacingLineEnds(with: " "), range: cue.range,
        speaker: cue.speaker ?? "captions")
    }
    let end = sorted.map(\.range.upperBound).max() ?? .zero
    return TextGridWriter().write(
      Transcript(
        recording: .init(name: "", duration: end), language: captions.language ?? "", style: "",
        words: words))
  }
}
