import PeciaCore

/// Writes TTML: the IMSC 1.1 text profile, or EBU-TT-D.
struct TimedTextWriter {
  enum Profile { case imsc, ebu }
  var profile: Profile

  func write(_ captions: Captions) -> Rendered {
    var losses = Losses()
    var speakers: [String] = []
    for entry in captions.entries {
      if let speaker = entry.cue.speaker, !speakers.contains(speaker) { speakers.append(speaker) }
      if entry.cue.settings != nil { losses.note("is written without settings and positions") }
      if entry.cue.speaker == nil, entry.hasSpeaker {
        losses.note("cannot hold two speakers in one cue")
      }
      if entry.spans.contains(where: { !$0.classes.isEmpty || $0.time != nil }) {
        losses.note("cannot hold classes and time marks")
      }
    }
    if profile == .ebu, !speakers.isEmpty { losses.note("cannot hold the names of speakers") }
    let languages = captions.entries.flatMap { $0.spans.compactMap(\.language) }
    if (languages + [captions.language ?? ""]).contains(where: { !$0.isLanguageTag && !$0.isEmpty })
    {
      losses.note("cannot hold a language that is no tag such as fr-CA")
    }
    let language = captions.language.flatMap { $0.isLanguageTag ? $0 : nil } ?? ""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += head(language, title: captions.title, speakers: speakers)
    // EBU-TT-D has no body without a cue.
    if profile == .imsc || !captions.entries.isEmpty {
      text += profile == .imsc ? "  <body style=\"text\" region=\"bottom\">" : "  <tt:body>"
      text += "<\(t)div>\n"
      for (index, entry) in captions.entries.enumerated() {
        text += paragraph(entry, number: index + 1, speakers: speakers)
      }
      text += "  </\(t)div></\(t)body>\n"
    }
    text += "</\(t)tt>\n"
    return Rendered(
      text: text, losses: losses.sentences(profile == .imsc ? "TTML" : "EBU-TT-D"))
  }

  /// The prefix of TTML's own elements: EBU-TT-D's examples and tools expect one.
  private var t: String { profile == .imsc ? "" : "tt:" }

  private func head(_ language: String, title: String?, speakers: [String]) -> String {
    switch profile {
    case .imsc:
      let agents = speakers.enumerated().map { number, name in
        "\n      <ttm:agent xml:id=\"speaker\(number + 1)\" type=\"character\">"
          + "<ttm:name type=\"alias\">\(XMLText.escaped(name))</ttm:name></ttm:agent>"
      }
      return """
        <tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata" \
        xmlns:ttp="http://www.w3.org/ns/ttml#parameter" \
        xmlns:tts="http://www.w3.org/ns/ttml#styling" xml:lang="\(language)" \
        ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text">
          <head>
            <metadata>
              <ttm:title>\(XMLText.escaped(title ?? ""))</ttm:title>\(agents.joined())
            </metadata>
            <styling>
              <style xml:id="text" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" \
        tts:lineHeight="125%" tts:textAlign="center" tts:color="#FFFFFF"/>
              <style xml:id="box" tts:backgroundColor="#000000C0"/>
            </styling>
            <layout>
              <region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" \
        tts:displayAlign="after" tts:showBackground="whenActive"/>
            </layout>
          </head>

        """
    case .ebu:
      return """
        <tt:tt xmlns:tt="http://www.w3.org/ns/ttml" \
        xmlns:ttp="http://www.w3.org/ns/ttml#parameter" \
        xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ebuttm="urn:ebu:tt:metadata" \
        ttp:timeBase="media" ttp:cellResolution="32 15" xml:lang="\(language)">
          <tt:head>
            <tt:metadata>
              <ebuttm:documentMetadata>
                <ebuttm:conformsToStandard>urn:ebu:tt:distribution:2018-04</ebuttm:conformsToStandard>
              </ebuttm:documentMetadata>
            </tt:metadata>
            <tt:styling>
              <tt:style xml:id="text" tts:fontFamily="proportionalSansSerif" tts:fontSize="100%" \
        tts:lineHeight="normal" tts:textAlign="center"/>
              <tt:style xml:id="box" tts:color="#FFFFFF" tts:backgroundColor="#000000"/>
              <tt:style xml:id="italic" tts:fontStyle="italic"/>
              <tt:style xml:id="bold" tts:fontWeight="bold"/>
              <tt:style xml:id="underline" tts:textDecoration="underline"/>
              <tt:style xml:id="rightToLeft" tts:direction="rtl"/>
            </tt:styling>
            <tt:layout>
              <tt:region xml:id="bottom" tts:origin="10% 10%" tts:extent="80% 80%" \
        tts:displayAlign="after" tts:writingMode="lrtb"/>
            </tt:layout>
          </tt:head>

        """
    }
  }

  private func paragraph(_ entry: Captions.Entry, number: Int, speakers: [String]) -> String {
    let cue = entry.cue
    var attributes = " xml:id=\"cue\(number)\""
    let isRightToLeft = cue.text.isRightToLeft
    if profile == .ebu {
      attributes += " region=\"bottom\" style=\"text\(isRightToLeft ? " rightToLeft" : "")\""
    }
    attributes += " begin=\"\(cue.range.lowerBound.clock())\" end=\"\(entry.end.clock())\""
    if profile == .imsc {
      if let speaker = cue.speaker, let place = speakers.firstIndex(of: speaker) {
        attributes += " ttm:agent=\"speaker\(place + 1)\""
      }
      if isRightToLeft { attributes += " tts:direction=\"rtl\"" }
    }
    // XML folds blanks: where they matter, say so.
    if cue.text.contains("  ")
      || cue.lines.contains(where: { $0.hasPrefix(" ") || $0.hasSuffix(" ") })
    {
      attributes += " xml:space=\"preserve\""
    }
    let spans = entry.isMarked ? entry.spans : [Span(cue.text)]
    return "    <\(t)p\(attributes)>\(spans.map(span).joined())</\(t)p>\n"
  }

  private func span(_ span: Span) -> String {
    let text = XMLText.escaped(span.text).split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: "<\(t)br/>")
    let style = span.style
    var language = ""
    if let tag = span.language, tag.isLanguageTag { language = " xml:lang=\"\(tag)\"" }
    switch profile {
    case .imsc:
      var attributes = " style=\"box\""
      if style.contains(.italic) { attributes += " tts:fontStyle=\"italic\"" }
      if style.contains(.bold) { attributes += " tts:fontWeight=\"bold\"" }
      if style.contains(.underline) { attributes += " tts:textDecoration=\"underline\"" }
      return "<span\(attributes)\(language)>\(text)</span>"
    case .ebu:
      var styles = ["box"]
      if style.contains(.italic) { styles.append("italic") }
      if style.contains(.bold) { styles.append("bold") }
      if style.contains(.underline) { styles.append("underline") }
      let style = styles.joined(separator: " ")
      return "<tt:span style=\"\(style)\"\(language)>\(text)</tt:span>"
    }
  }
}

extension String {
  /// Whether this can be a language tag (BCP 47), as `xml:lang` wants it: `fr-CA`.
  var isLanguageTag: Bool {
    let parts = utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.enumerated().allSatisfy { number, part in
      (1...8).contains(part.count)
        && part.allSatisfy { byte in
          let isLetter = (0x61...0x7A).contains(byte | 0x20)
          return isLetter || number > 0 && (0x30...0x39).contains(byte)
        }
    }
  }

  /// Whether the first letter with a direction runs from right to left.
  var isRightToLeft: Bool {
    guard utf8.contains(where: { $0 >= 0xD6 }) else { return false }
    for scalar in unicodeScalars where scalar.properties.isAlphabetic {
      switch scalar.value {
      case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
        return true
      default: return false
      }
    }
    return false
  }
}
