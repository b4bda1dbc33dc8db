import PeciaCore

/// Reads NIST's CTM: a word a line, `file channel begin duration word confidence`.
///
/// Of alternatives the first counts. More than one channel means more than one speaker.
struct CTMReader {
  let file: String

  func read(_ text: String) throws -> CaptionReading {
    var words: [(channel: String, word: TimedWord)] = []
    var name: Substring?
    var notices = Notices()
    var alternative = 0
    for (index, line) in lines(of: text).enumerated() {
      let fields = line.split { $0 == " " || $0 == "\t" }
      guard let first = fields.first, !first.hasPrefix(";;") else { continue }
      if fields.contains("<ALT_BEGIN>") { alternative = 1 }
      if fields.contains("<ALT>"), alternative > 0 { alternative += 1 }
      if fields.contains("<ALT_END>") { alternative = 0 }
      guard alternative <= 1, !fields.contains(where: { $0.hasPrefix("<ALT") }) else { continue }
      guard fields.count >= 5, let start = Double(fields[2]), let length = Double(fields[3]),
        start >= 0, length >= 0, start < 1e9, length < 1e9
      else {
        throw CaptionsError.damaged(
          file: file, line: index + 1,
          reason: "a CTM line is ‘file channel begin duration word’, and this is not")
      }
      name = name ?? first
      guard first == name else {
        notices.note("words of a second recording were passed over", index + 1)
        continue
      }
      let from = Timestamp(seconds: start)
      let confidence = fields.count > 5 ? Double(fields[5]).map { min(max($0, 0), 1) } : nil
      words.append(
        (
          String(fields[1]),
          TimedWord(
            text: String(fields[4]),
            range: from..<max(from, Timestamp(seconds: start + length)), confidence: confidence)
        ))
    }
    guard let name else { throw CaptionsError.empty(file: file, form: "CTM") }
    let hasSpeakers = Set(words.map(\.channel)).count > 1
    let sorted = words.enumerated().sorted {
      ($0.element.word.range.lowerBound, $0.offset) < ($1.element.word.range.lowerBound, $1.offset)
    }
    let timed = sorted.map { entry in
      var word = entry.element.word
      if hasSpeakers { word.speaker = entry.element.channel }
      return word
    }
    return CaptionReading(
      .transcript(
        Transcript(
          recording: .init(
            name: String(name), duration: timed.map(\.range.upperBound).max() ?? .zero),
          language: "", style: "", words: timed)), notices: notices.sentences(file))
  }
}
