import PeciaCore

/// Writes a transcript as one HTML page that anyone can open.
///
/// Words light up as the sound plays, and start it where they are clicked. It asks nothing of a
/// network.
struct PageWriter {
  /// Where the sound is, as seen from the page; nil for none.
  var sound: String?

  /// Below this confidence a word is marked as unsure.
  private static let unsure = 0.6

  func write(_ transcript: Transcript) -> Rendered {
    let title = transcript.recording.name.isEmpty ? "Transcript" : transcript.recording.name
    let legend =
      (transcript.words.contains(where: isUnsure)
        ? "<span class=\"unsure\">unsure</span> " : "")
      + (transcript.disputes.isEmpty
        ? "" : "<span class=\"dispute\">disputed</span>")
    let values = [
      "language": XMLText.escaped(transcript.language), "title": XMLText.escaped(title),
      "source": sound.map { " src=\"\(XMLText.escaped($0))\"" } ?? "",
      "legend": legend, "paragraphs": paragraphs(of: transcript),
    ]
    return Rendered(text: filled(values))
  }

  /// The page with each `{{name}}` in it replaced; what is put in is not looked at again.
  private func filled(_ values: [String: String]) -> String {
    var text = ""
    var rest = (EmbeddedTexts.all["transcript.html"] ?? "")[...]
    while let open = rest.firstRange(of: "{{"), let close = rest.firstRange(of: "}}") {
      text += rest[..<open.lowerBound]
      text += values[String(rest[open.upperBound..<close.lowerBound])] ?? ""
      rest = rest[close.upperBound...]
    }
    return text + rest + "\n"
  }

  private func isUnsure(_ word: TimedWord) -> Bool { (word.confidence ?? 1) < Self.unsure }

  /// Turns of speakers with their words, and the gaps between them.
  private func paragraphs(of transcript: Transcript) -> String {
    var disputes = transcript.disputes.sorted { $0.range.lowerBound < $1.range.lowerBound }[...]
    var text = ""
    for section in Section.sections(of: transcript) {
      let paragraph: Paragraph
      switch section {
      case .gap(let gap):
        text += line(gap)
        continue
      case .paragraph(let next): paragraph = next
      }
      text += "<p dir=\"auto\"><span class=\"time\">\(paragraph.start.clock)</span>"
      if let speaker = paragraph.speaker {
        text += "<span class=\"speaker\">\(XMLText.escaped(speaker)):</span>"
      }
      var last: Character?
      for word in paragraph.words {
        while let dispute = disputes.first, dispute.range.upperBound <= word.range.lowerBound {
          disputes.removeFirst()
        }
        if let last, !(Script.isUnspaced(last) && Script.isUnspaced(word.text.first)) {
          text += " "
        }
        text += span(word, dispute: disputes.first { $0.range.overlaps(word.range) })
        last = word.text.last
      }
      text += "</p>\n"
    }
    return text
  }

  private func line(_ gap: Gap) -> String {
    "<p class=\"gap\"><span class=\"time\">\(gap.range.lowerBound.clock)</span>"
      + "\(gap.reason.rawValue), to \(gap.range.upperBound.clock)</p>\n"
  }

  private func span(_ word: TimedWord, dispute: Transcript.Dispute?) -> String {
    var classes = "w"
    var title = ""
    if isUnsure(word) {
      classes += " unsure"
      title = "unsure (\(JSON.number(word.confidence ?? 0).text))"
    }
    if let dispute {
      classes += " dispute"
      title = "disputed: " + dispute.texts.map { "‘\($0)’" }.joined(separator: " or ")
    }
    let hint = title.isEmpty ? "" : " title=\"\(XMLText.escaped(title))\""
    return "<span class=\"\(classes)\" data-start=\"\(word.range.lowerBound)\" "
      + "data-end=\"\(word.range.upperBound)\"\(hint)>\(XMLText.escaped(word.text))</span>"
  }
}
